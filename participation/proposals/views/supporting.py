"""附议: one button; a visitor logs in first and comes back to the same page."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from participation.moderation.rules import Refused

from .. import services
from ..permissions import user_can_support_proposal, user_can_view_proposal
from ..selectors import proposal_by_number


@require_POST
def support(request: HttpRequest, number: str) -> HttpResponse:
    """POST `do=support` or `do=withdraw`; a repeat changes nothing and gets the same answer."""
    row = proposal_by_number(number)
    if row is None or not user_can_view_proposal(request.user, row):
        raise Http404
    back = f"{row.get_absolute_url()}#support"
    if not request.user.is_authenticated:
        return redirect_to_login(row.get_absolute_url())
    if not getattr(request.user, "is_verified", False):
        return redirect(f"{reverse('account_change_phone')}?{urlencode({'next': row.get_absolute_url()})}")
    try:
        if request.POST.get("do") == "withdraw":
            services.withdraw_support(proposal=row, user=request.user)
        elif not user_can_support_proposal(request.user, row):
            messages.info(request, _("这是您自己提出的建议，附议留给其他居民。"))
        else:
            services.support_proposal(proposal=row, user=request.user)
    except PermissionDenied:
        messages.error(request, _("您暂时不能附议这件建议。"))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(back)

"""The member's page: secret, once, and nothing of the answer comes back to it."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from participation.evaluations.states import Channel
from participation.moderation.rules import Refused

from ..forms import RateForm
from ..models import OfficeAppraisal
from ..selectors import place_in_round
from ..services import rate_appraisal
from .reading import public_appraisal


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, pk: int) -> HttpResponse:
    """403 for who is not on the roll. The page after the answer is the page that anybody who answered sees."""
    appraisal = public_appraisal(pk)
    rater = place_in_round(appraisal, request.user)
    if rater is None:
        raise PermissionDenied(_("本次测评由名册上的议事代表进行，您不在名册上。"))
    form, status = RateForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                rate_appraisal(appraisal=appraisal, by=request.user, value=form.cleaned_data["value"])
            except Refused as refusal:
                form = RateForm()
                return _page(request, appraisal, form, str(refusal.message), 422)
            return redirect("oversight:rate", pk=appraisal.pk)
    said = ""
    if rater.answered_on is not None:
        said = _("您已领取现场纸质票。") if rater.channel == Channel.PAPER else _("您已参加测评。")
    elif not appraisal.round.is_open:
        said = _("测评已经截止。")
    return _page(request, appraisal, form, said, status)


def _page(request: HttpRequest, appraisal: OfficeAppraisal, form: RateForm, said: str, status: int) -> HttpResponse:
    context = {"appraisal": appraisal, "form": form, "said": said}
    return render(request, "oversight/appraisal_rate.html", context, status=status)

"""What a resident does with an item: rate the reply, object to a close-off; and the list of one's own."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from participation.moderation.rules import Refused
from portal.frame.paging import keyset_page
from portal.idempotency.selectors import answer_of
from portal.idempotency.services import fingerprint, once

from .. import services
from ..forms import ObjectionForm, RatingForm
from ..models import LedgerItem
from ..permissions import user_can_object, user_can_view, user_is_party
from ..selectors import (
    awaiting_rating,
    clocks_of,
    is_open_to_objection,
    item_by_reference,
    matters_of,
    objection_until,
    open_rating_of,
    own_open_objection,
)

DONE = "done"


def _item_or_404(request: HttpRequest, reference: str) -> LedgerItem:
    item = item_by_reference(reference)
    if item is None or not user_can_view(request.user, item):
        raise Http404
    return item


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, reference: str) -> HttpResponse:
    """解决了吗？ Asked once per reply, of those who raised it."""
    item = _item_or_404(request, reference)
    if not user_is_party(request.user, item):
        raise Http404
    is_posted = request.method == "POST"
    form = RatingForm(request.POST if is_posted else None)
    scope = f"ledger.rate:{request.user.pk}:{item.reference}:{item.leg}"
    if open_rating_of(item, request.user) is None:
        return _too_late(request, item, form, "ledger/item_rate.html", _("这件事现在不需要您评价。"))
    if form.is_bound and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("value", "reason", "is_public")}

        def action() -> str:
            services.rate_reply(item=item, by=request.user, **data)
            return DONE

        try:
            once(key=form.cleaned_data["form_key"], scope=scope, fingerprint=fingerprint(data), action=action)
        except PermissionDenied:
            raise Http404 from None
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("谢谢，您的评价已经记下。"))
            return redirect(item)
    status = 422 if form.errors else 200
    return render(request, "ledger/item_rate.html", {"form": form, "item": item}, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def object_to_close_off(request: HttpRequest, reference: str) -> HttpResponse:
    """对销号提出异议: any verified resident within the window."""
    item = _item_or_404(request, reference)
    if not item.is_public:
        raise Http404
    if not getattr(request.user, "is_verified", False):
        here = reverse("ledger:object", args=[item.reference])
        return redirect(f"{reverse('account_change_phone')}?{urlencode({'next': here})}")
    if not user_can_object(request.user, item):
        raise Http404
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    template = "ledger/item_object.html"
    if own_open_objection(item, request.user) is not None:
        return _too_late(request, item, form, template, _("您已提出异议，工委正在处理。"))
    if not is_open_to_objection(item):
        return _too_late(request, item, form, template, _("这件事现在不能提出异议：还没有销号，或者异议期已过。"))
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]

        def action() -> str:
            services.object_to_close_off(item=item, by=request.user, reason=reason)
            return DONE

        try:
            once(
                key=form.cleaned_data["form_key"],
                scope=f"ledger.object:{request.user.pk}:{item.reference}",
                fingerprint=fingerprint({"reason": reason}),
                action=action,
            )
        except Refused as refusal:
            form.add_error("reason", refusal.message)
        else:
            messages.success(request, _("异议已经收到，人大街道工委会在五个工作日内答复，理由会公开。"))
            return redirect(item)
    status = 422 if form.errors else 200
    context = {"form": form, "item": item, "until": objection_until(item)}
    return render(request, template, context, status=status)


def _too_late(request: HttpRequest, item: LedgerItem, form: Any, template: str, message: str) -> HttpResponse:
    """A repeat of what was done finds it done; other words that come too late are given back, not lost."""
    if not form.is_bound:
        messages.info(request, message)
        return redirect(item)
    is_repeat = form.is_valid() and any(
        answer_of(key=form.cleaned_data["form_key"], scope=scope)
        for scope in (
            f"ledger.rate:{request.user.pk}:{item.reference}:{item.leg}",
            f"ledger.rate:{request.user.pk}:{item.reference}:{item.leg - 1}",
            f"ledger.object:{request.user.pk}:{item.reference}",
        )
    )
    if is_repeat:
        messages.info(request, _("已经收到过，不必再交。"))
        return redirect(item)
    form.add_error(None, message)
    return render(request, template, {"form": form, "item": item, "is_over": True}, status=409)


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """我提出的事项, with what waits for one's word."""
    page = keyset_page(matters_of(request.user), order="-created_at", cursor=request.GET.get("cursor"))
    clocks = clocks_of(list(page))
    context = {
        "page": page,
        "rows": [(item, clocks[item.pk]) for item in page],
        "waiting": awaiting_rating(request.user),
    }
    return render(request, "ledger/item_mine.html", context)

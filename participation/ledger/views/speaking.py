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

from participation.evaluations.models import SOURCES
from participation.moderation.rules import Refused
from portal.frame.paging import keyset_page
from portal.idempotency.selectors import answer_of
from portal.idempotency.services import fingerprint, once

from .. import services
from ..forms import ObjectionForm, RatingForm, SecretRatingForm
from ..models import LedgerItem
from ..permissions import user_can_object, user_can_rate_publicly, user_can_view, user_is_party
from ..selectors import (
    Place,
    awaiting_rating,
    clocks_of,
    has_open_public_leg,
    is_open_to_objection,
    item_by_reference,
    matters_of,
    objection_until,
    own_open_objection,
    place_of,
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
    """评价, each by the own leg: 居民评议 by proposers, 议事代表测评 by members, 社会监督 by anybody verified."""
    item = _item_or_404(request, reference)
    place = place_of(item, request.user, may_publicly=user_can_rate_publicly(request.user, item))
    if user_is_party(request.user, item):
        return _rate_as_proposer(request, item, place)
    if place is not None:
        return _rate_in_secret(request, item, place)
    if has_open_public_leg(item) and not getattr(request.user, "is_verified", False):
        here = reverse("ledger:rate", args=[item.reference])
        return redirect(f"{reverse('account_change_phone')}?{urlencode({'next': here})}")
    raise Http404


def _rate_in_secret(request: HttpRequest, item: LedgerItem, place: Place) -> HttpResponse:
    """Nothing of the answer is kept beside the answer: no form key, no fingerprint; the database tells a repeat."""
    data = request.POST if request.method == "POST" else None
    form = SecretRatingForm(data, questions=place.round.questions, is_unfolded=True)
    if place.has_answered:
        messages.info(request, _("您已经评价过，每人只评一次。"))
        return redirect(item)
    template = "ledger/item_rate_in_secret.html"
    if not place.is_open:
        return _too_late(request, item, form, template, _("评价已经截止。"))
    if form.is_bound and form.is_valid():
        try:
            services.rate_in_secret(item=item, by=request.user, **form.given())
        except PermissionDenied:
            raise Http404 from None
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("谢谢，您的评价已经记下。"))
            return redirect(item)
    context = {"form": form, "item": item, "place": place, "label": dict(SOURCES)[place.source]}
    return render(request, template, context, status=422 if form.errors else 200)


def _rate_as_proposer(request: HttpRequest, item: LedgerItem, place: Place | None) -> HttpResponse:
    """解决了吗？ Asked once per reply."""
    questions = place.round.questions if place else ()
    form = RatingForm(request.POST if request.method == "POST" else None, questions=questions, is_unfolded=True)
    scope = f"ledger.rate:{request.user.pk}:{item.reference}:{item.leg}"
    if place is None or not place.awaits:
        return _too_late(request, item, form, "ledger/item_rate.html", _("这件事现在不需要您评价。"))
    if form.is_bound and form.is_valid():
        data = form.given()

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
    is_repeat = (
        form.is_valid()
        and "form_key" in form.cleaned_data
        and any(
            answer_of(key=form.cleaned_data["form_key"], scope=scope)
            for scope in (
                f"ledger.rate:{request.user.pk}:{item.reference}:{item.leg}",
                f"ledger.rate:{request.user.pk}:{item.reference}:{item.leg - 1}",
                f"ledger.object:{request.user.pk}:{item.reference}",
            )
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

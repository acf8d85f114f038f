"""What senders do: report, correct, look on site, say that they saw it too."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from participation.moderation.rules import Refused
from portal.jurisdictions.selectors import full_name, site_places
from portal.lookup.selectors import current_query_code, may_see_number
from portal.lookup.services import grant_sight

from .. import services
from ..forms import AmendForm, SnapForm, VerifyForm
from ..models import SnapReport
from ..permissions import (
    user_can_resubmit_snap,
    user_can_see_too,
    user_can_verify_snap,
    user_can_view_original,
    user_is_deputy,
)
from ..selectors import photos_of, places_open_to, places_reported_from, same_matter, snap_by_number
from ..states import State
from .reading import preferred_places


def _snap_or_404(number: str) -> SnapReport:
    snap = snap_by_number(number)
    if snap is None:
        raise Http404
    return snap


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """拍照上报. A photo cannot wait for a log-in, so this one form asks for it first."""
    user, places = request.user, site_places()
    is_deputy = user_is_deputy(user)
    divisions = places_open_to(places, is_deputy=is_deputy)
    context = {"is_open": bool(divisions), "is_deputy": is_deputy}
    if not divisions:
        return render(request, "snaps/snap_new.html", context, status=403 if request.method == "POST" else 200)
    if not user.is_authenticated:
        if request.method == "POST":
            return redirect_to_login(request.path)
        return render(request, "snaps/snap_new.html", context)
    if not is_deputy and not getattr(user, "is_verified", False):
        return redirect(f"{reverse('account_change_phone')}?{urlencode({'next': request.path})}")
    own = [row for row in [*places_reported_from(user, places), *preferred_places(request, places)] if row in divisions]
    initial = {"division": own[0].key if own else divisions[0].key if len(divisions) == 1 else ""}
    if request.method != "POST":
        form = SnapForm(request=request, divisions=divisions, initial=initial)
        return render(request, "snaps/snap_new.html", {**context, "form": form})
    form = SnapForm(request.POST, request.FILES, request=request, divisions=divisions)
    if form.is_valid():
        names = ("form_key", "division", "text", "place", "position", "photos")
        try:
            number = services.capture_snap(sender=user, **{name: form.cleaned_data[name] for name in names})
        except Refused as refusal:
            form.add_error("photos" if isinstance(refusal, services.PhotoRefused) else None, refusal.message)
        else:
            # whoever just sent it in sees it, also on a device that still owes the second fact
            grant_sight(request=request, number=number)
            return redirect("snaps:submitted", number)
    return render(request, "snaps/snap_new.html", {**context, "form": form}, status=422)


@never_cache
@require_safe
def submitted(request: HttpRequest, number: str) -> HttpResponse:
    """收到了: the number, the code, what happens next. Stays reachable."""
    snap = _snap_or_404(number)
    if not user_can_view_original(request.user, snap) and not may_see_number(request, snap.number):
        raise Http404
    words = f"{snap.review.original_title} {snap.review.original_body}"
    context = {
        "snap": snap,
        "place": full_name(snap.division),
        "query_code": current_query_code(snap.number),
        "similar": [row for row in same_matter(words, snap.division, snap.position) if row.pk != snap.pk],
    }
    return render(request, "snaps/snap_submitted.html", context)


@login_required
@require_POST
def seen(request: HttpRequest, number: str) -> HttpResponse:
    """我也看到."""
    snap = _snap_or_404(number)
    if not snap.is_public:
        raise Http404
    if not user_can_see_too(request.user, snap):
        messages.error(request, _("自己上报的不用再点；账号核实手机号后才能点。"))
        return redirect(snap)
    try:
        is_new = services.see_too(snap=snap, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        said = _("已记下，有进展会告诉您。") if is_new else _("您已经点过了，有进展会告诉您。")
        messages.success(request, said)
    return redirect(snap)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, number: str) -> HttpResponse:
    """补正: what was returned, with the reviewer's reason above it."""
    snap = _snap_or_404(number)
    if not user_can_resubmit_snap(request.user, snap):
        raise Http404
    if snap.state != State.RETURNED:
        messages.info(request, _("这件随手拍现在不需要补正。"))
        return redirect(snap)
    initial = {"text": snap.review.original_body, "place": snap.review.original_title}
    form = AmendForm(*((request.POST, request.FILES) if request.method == "POST" else ()), initial=initial)
    if form.is_bound and form.is_valid():
        try:
            services.resubmit_snap(snap=snap, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("photos" if isinstance(refusal, services.PhotoRefused) else "text", refusal.message)
        else:
            messages.success(request, _("已重新提交，编号不变。"))
            return redirect(snap)
    return render(request, "snaps/snap_amend.html", {"form": form, "snap": snap}, status=422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, number: str) -> HttpResponse:
    """现场核实, by the sender or a deputy of the place."""
    snap = _snap_or_404(number)
    if not user_can_verify_snap(request.user, snap):
        raise Http404
    if not snap.is_answered:
        messages.info(request, _("现在不需要现场核实。"))
        return redirect(snap)
    form = VerifyForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        cleaned = form.cleaned_data
        is_mended = cleaned["is_mended"] == "yes"
        try:
            services.verify_snap(
                snap=snap, by=request.user, is_mended=is_mended, note=cleaned["note"], photos=cleaned["photos"]
            )
        except Refused as refusal:
            form.add_error("photos" if isinstance(refusal, services.PhotoRefused) else None, refusal.message)
        else:
            messages.success(request, _("已记下现场核实的情况。照片审核后公开。"))
            return redirect(snap)
    item = snap.ledger_item
    context = {
        "form": form,
        "snap": snap,
        "before": photos_of(snap, sees_original=user_can_view_original(request.user, snap))["before"],
        "item": item if item is not None and item.is_public else None,
    }
    return render(request, "snaps/snap_verify.html", context, status=422 if form.errors else 200)

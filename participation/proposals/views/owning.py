"""One's own proposals: the confirmation, the slip, the list, correcting and withdrawing."""

import io
from typing import Any

import qrcode
import qrcode.image.svg
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from participation.ledger.rules.diversion import CHANNELS
from participation.moderation.rules import Refused
from portal.frame.paging import keyset_page
from portal.jurisdictions.selectors import full_name
from portal.lookup.selectors import current_query_code, may_see_number

from .. import forms, services
from ..models import Proposal
from ..permissions import user_can_resubmit_proposal, user_can_view_original, user_can_withdraw_proposal
from ..selectors import may_be_promised, promised_date, proposal_by_number, proposals_of
from ..states import Action, State, next_state
from .drafts import unfinished


def qr_svg(text: str) -> SafeString:
    """The QR code as inline SVG: black on white whatever the mode, no style attribute."""
    image = qrcode.make(text, image_factory=qrcode.image.svg.SvgPathImage, box_size=10, border=2)
    buffer = io.BytesIO()
    image.save(buffer)
    svg = buffer.getvalue().decode()
    return mark_safe(svg[svg.index("<svg") :])  # noqa: S308 - drawn by the library from our own address


def _holder_or_404(request: HttpRequest, number: str) -> Proposal:
    """For the author, for staff in scope, and for whoever showed the slip's code."""
    row = proposal_by_number(number)
    if row is None:
        raise Http404
    if not user_can_view_original(request.user, row) and not may_see_number(request, row.number):
        raise Http404
    return row


def _slip(request: HttpRequest, row: Proposal) -> dict[str, Any]:
    look_up = request.build_absolute_uri(f"{reverse('lookup:lookup')}?number={row.number}")
    return {
        "proposal": row,
        "place": full_name(row.community or row.division),
        "number_start": row.number[:-6],
        "number_end": row.number[-6:],
        "query_code": current_query_code(row.number),
        "promise": promised_date(row),
        "may_be_promised": may_be_promised(row),
        "diversion": CHANNELS.get(row.diverted_to),
        "qr": qr_svg(look_up),
    }


@never_cache
@require_safe
def submitted(request: HttpRequest, number: str) -> HttpResponse:
    """收到了: the number, the code, what happens next and by when. Stays reachable."""
    row = _holder_or_404(request, number)
    return render(request, "proposals/proposal_submitted.html", _slip(request, row))


@never_cache
@require_safe
def slip(request: HttpRequest, number: str) -> HttpResponse:
    """回执 in large type, for paper."""
    row = _holder_or_404(request, number)
    return render(request, "proposals/proposal_slip.html", _slip(request, row))


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    page = keyset_page(proposals_of(request.user), order="-submitted_at", cursor=request.GET.get("cursor"))
    context = {"page": page, "unfinished": unfinished(request)}
    return render(request, "proposals/proposal_mine.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, number: str) -> HttpResponse:
    """补正: what was returned, with the reviewer's reason above the text."""
    row = proposal_by_number(number)
    if row is None or not user_can_resubmit_proposal(request.user, row):
        raise Http404
    initial = {
        "title": row.review.original_title,
        "body": row.review.original_body,
        "is_confidential": row.is_confidential,
    }
    form = forms.AmendForm(request.POST if request.method == "POST" else None, initial=initial)
    if row.state != State.RETURNED:
        if form.is_bound and {"title", "body"} & set(form.changed_data):
            return _too_late(request, form, "proposals/proposal_amend.html", row)
        messages.info(request, _("这件建议现在不需要补正。"))
        return redirect(row)
    if form.is_bound and form.is_valid():
        try:
            services.resubmit_proposal(proposal=row, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("body", refusal.message)
        else:
            messages.success(request, _("已重新提交，编号不变。"))
            return redirect("proposals:detail", row.number)
    status = 422 if form.errors else 200
    return render(request, "proposals/proposal_amend.html", {"form": form, "proposal": row}, status=status)


def _too_late(request: HttpRequest, form: Any, template: str, row: Proposal) -> HttpResponse:
    """The proposal moved on while this was being written, on another device perhaps: the words are given back."""
    form.is_valid()
    form.add_error(None, _("这件建议的状态已经变了，您这次填写的没有提交。需要的话请先复制下来，再回到建议页面查看。"))
    return render(request, template, {"form": form, "proposal": row, "is_over": True}, status=409)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    row = proposal_by_number(number)
    if row is None or row.author_id != request.user.pk:
        raise Http404
    if not user_can_withdraw_proposal(request.user, row) or not next_state(Action.WITHDRAW, State(row.state)):
        is_withdrawn = row.state == State.WITHDRAWN
        form = forms.WithdrawForm(request.POST if request.method == "POST" else None)
        if form.is_bound and form.has_changed() and not is_withdrawn:
            return _too_late(request, form, "proposals/proposal_withdraw.html", row)
        messages.info(
            request, _("这件建议已经撤回了。") if is_withdrawn else _("这件建议已经在办理或已经结束，不能撤回。")
        )
        return redirect(row)
    form = forms.WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            services.withdraw_proposal(proposal=row, by=request.user, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("已撤回。"))
            return redirect("proposals:detail", row.number)
    status = 422 if form.errors else 200
    return render(request, "proposals/proposal_withdraw.html", {"form": form, "proposal": row}, status=status)

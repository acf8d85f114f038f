"""What a deputy is asked: the list, and the page on which they answer. Nobody else sees either."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from participation.moderation.rules import Refused
from portal.frame.paging import keyset_page
from portal.idempotency.services import fingerprint, once
from portal.jurisdictions.selectors import full_names

from .. import services
from ..forms import AnswerForm
from ..models import AskedDeputy
from ..selectors import replies_of
from ..selectors.suggestions import asked_of
from ..states import State

DONE = "done"


@never_cache
@login_required
@require_safe
def asked_list(request: HttpRequest) -> HttpResponse:
    """商请我提出代表建议的事项, newest first."""
    page = keyset_page(asked_of(request.user), order="-pk", cursor=request.GET.get("cursor"))
    return render(request, "ledger/asked_list.html", {"page": page, "rows": list(page)})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: what is asked, and the answer while it waits. 404 for everybody but the deputy."""
    row = asked_of(request.user).filter(pk=pk).first()
    if row is None:
        raise Http404
    is_posted = request.method == "POST"
    form = AnswerForm(request.POST if is_posted else None) if may_answer(row) else None
    if is_posted and form is None:
        messages.info(request, _("这件事现在不需要您答复。"))
        return redirect("ledger:asked", pk=row.pk)
    if form is not None and form.is_bound and form.is_valid():
        try:
            _answer(request, row, form)
        except PermissionDenied:
            raise Http404 from None
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("您的答复已经登记，人大街道工委会收到通知。"))
            return redirect("ledger:asked", pk=row.pk)
    item = row.suggestion.item
    place = item.community or item.division
    context = {
        "row": row,
        "item": item,
        "suggestion": row.suggestion,
        "form": form,
        "place": full_names([place])[place.pk],
        "replies": [reply for reply in replies_of(item) if reply.leg == row.suggestion.leg],
    }
    return render(request, "ledger/asked_detail.html", context, status=422 if form and form.errors else 200)


def may_answer(row: AskedDeputy) -> bool:
    """While the request is out; a first refusal may still become a suggestion."""
    if row.suggestion.ended_on is not None or row.state == AskedDeputy.State.PROPOSED:
        return False
    return row.suggestion.item.state in {State.SUGGESTED, State.PROPOSED}


def _answer(request: HttpRequest, row: AskedDeputy, form: AnswerForm) -> None:
    cleaned = form.cleaned_data
    data: dict[str, Any] = {name: str(cleaned[name] or "") for name in ("answer", "outside_number", "on", "reason")}

    def action() -> str:
        if cleaned["answer"] == "proposed":
            services.propose_suggestion(
                asked=row, by=request.user, outside_number=cleaned["outside_number"], on=cleaned["on"]
            )
        else:
            services.decline_suggestion(asked=row, by=request.user, reason=cleaned["reason"])
        return DONE

    once(
        key=cleaned["form_key"],
        scope=f"ledger.asked:{request.user.pk}:{row.pk}",
        fingerprint=fingerprint(data),
        action=action,
    )

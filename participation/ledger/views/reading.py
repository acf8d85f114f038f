"""The public ledger: its list, the page of one item, and how an item goes its way."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from participation.evaluations.states import Source as Rated
from portal.frame.counting import bounded_count
from portal.frame.paging import keyset_page
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import Places, chosen_division, full_names, site_places
from portal.lookup.selectors import may_see_number

from ..forms import LedgerFilterForm, RatingForm
from ..models import LedgerItem
from ..permissions import user_can_rate_publicly, user_can_view, user_can_view_internal, user_is_party
from ..rules.clock import Basis
from ..selectors import (
    clock_of,
    clocks_of,
    is_open_to_objection,
    item_by_reference,
    objection_until,
    own_answer_of,
    own_open_objection,
    place_of,
    process,
    progress_of,
    public_timeline,
    replies_of,
    source_of,
    steps_of,
    usual_path,
)
from ..selectors.letters import public_letters
from ..selectors.suggestions import suggestions_of
from ..states import State

PAGE_SIZE = 20
BASIS_LABELS = {
    Basis.LAW: _("法定办理时限"),
    Basis.DOCUMENT: _("规定的办理时限"),
    Basis.PROMISE: _("本站承诺办理时限"),
}
# what the state means, in the words of a neighbour (conventions.md 15)
EXPLANATIONS = {
    State.ASSIGNING: _("已经登记入台账，等人大街道工委交办。"),
    State.ASSIGNED: _("已经交给承办单位，等单位签收。"),
    State.REASSIGN: _("承办单位认为不属于本单位职责，已退回，等人大街道工委重新交办。"),
    State.HANDLING: _("承办单位正在办理，会先与提出人联系，再书面答复。"),
    State.PAUSED: _("办理暂停，原因见下面的办理过程。"),
    State.SIGN_OFF: _("承办单位已经拟好答复，等单位负责人签发后公开。"),
    State.REPLIED: _("已经答复，答复反馈到每位提出人后办结。"),
    State.COMPLETED: _("承办单位已报办结，由提出人评价；人大街道工委核查后销号。"),
    State.DECIDING: _("提出人再次表示不满意，由人大街道工委研究决定，结果和理由都会公开。"),
    State.CLOSED_OFF: _("人大街道工委核查后已经销号。"),
    State.SUGGESTED: _("属于上级事权，已商请相应层级的人大代表提出代表建议，等代表答复。"),
    State.PROPOSED: _("人大代表已提出代表建议，由上级交有关单位办理，答复收到后在这里公开。"),
    State.HOTLINE: _("已转12345热线办理，答复收到后在这里公开。"),
    State.IMPORTED: _("从原来的平台导入的事项，供查阅。"),
    State.REPLIED_IMPORTED: _("从原来的平台导入的事项，当时已有答复。"),
    State.VOIDED: _("这个编号已经作废。"),
}

# of what no unit of ours handled
ELSEWHERE_EXPLANATIONS = {
    State.REPLIED: _("已经收到答复，答复反馈到每位提出人后办结。"),
    State.COMPLETED: _("已经办结，由提出人评价；人大街道工委核查后销号。"),
    State.DECIDING: _("提出人表示不满意，由人大街道工委研究决定，结果和理由都会公开。"),
}


@require_safe
def ledger_list(request: HttpRequest) -> HttpResponse:
    """What the address asks for, nothing else: division, unit, category, state, source, overdue, cursor."""
    places = site_places()
    form = LedgerFilterForm(request.GET, places=places, preferred=_preferred(request, places))
    rows = form.narrowed(LedgerItem.objects.public())
    if form.errors:
        rows = rows.none()
    page = keyset_page(rows.for_list(), order=form.order, cursor=request.GET.get("cursor"), size=PAGE_SIZE)
    clocks = clocks_of(list(page))
    context = {
        "form": form,
        "page": page,
        "rows": [(item, clocks[item.pk]) for item in page],
        "total": "0" if form.errors else bounded_count(rows),
        "names": full_names({place for item in page for place in (item.division, item.community) if place}),
        "is_filtered": form.is_narrowing,
    }
    return render(request, "ledger/item_list.html", context)


def _preferred(request: HttpRequest, places: Places) -> list[Division]:
    """The browser's remembered subdistrict, then the account's own."""
    known = [chosen_division(request.COOKIES), getattr(request.user, "division", None)]
    rows = [places.subdistrict_of(each) for each in known if each is not None]
    return list({row.pk: row for row in rows if row is not None}.values())


@require_safe
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """One item. Parties, staff in scope and the holder of its code also read what is confidential or hidden."""
    item = item_by_reference(reference)
    if item is None:
        raise Http404
    holds_code = may_see_number(request, item.reference)
    if not (user_can_view(request.user, item) or holds_code):
        raise Http404
    if item.reference != reference:
        return redirect(item, permanent=True)
    response = render(request, "ledger/item_detail.html", item_context(request, item, holds_code=holds_code))
    if not item.is_readable:
        response["Cache-Control"] = "private, no-store"
    return response


def item_context(request: HttpRequest, item: LedgerItem, *, holds_code: bool = False) -> dict[str, Any]:
    is_party = user_is_party(request.user, item)
    sees_all = is_party or holds_code or user_can_view_internal(request.user, item)
    reads = item.is_readable or sees_all
    place = item.community or item.division if reads else item.division
    clock = clock_of(item)
    own_place = place_of(item, request.user, may_publicly=user_can_rate_publicly(request.user, item))
    is_asked = own_place is not None and own_place.awaits and own_place.source == Rated.RESIDENT
    letters = public_letters(item) if reads else []
    return {
        "item": item,
        "title": item.title if sees_all else item.public_title,
        "reads": reads,
        "sees_all": sees_all,
        "is_party": is_party,
        "place": full_names([place])[place.pk],
        "source": source_of(item, request.user) if reads else None,
        "clock": clock,
        "basis": BASIS_LABELS.get(clock.basis, ""),
        "explanation": _explanation(item),
        "steps": steps_of(item),
        "replies": replies_of(item) if reads else [],
        "progress": progress_of(item) if reads else [],
        "helpers": item.assignments.filter(is_lead=False).exclude(state="ended").select_related("unit")
        if reads
        else [],
        "suggestions": suggestions_of(item) if reads else [],
        "close_off": item.close_offs.last() if reads and item.state == State.CLOSED_OFF else None,
        "objections": item.objections.all() if reads else [],
        "letters": letters,
        "timeline": public_timeline(item, sees_all=sees_all, letters=letters),
        "own_place": own_place,
        "rating_form": RatingForm(auto_id="rate_%s", questions=own_place.round.questions)
        if own_place and is_asked
        else None,
        "own_answer": own_answer_of(item, request.user) if is_party else None,
        "is_open_to_objection": is_open_to_objection(item),
        "objection_until": objection_until(item),
        "own_objection": own_open_objection(item, request.user),
    }


def _explanation(item: LedgerItem) -> Any:
    state = State(item.state)
    return (ELSEWHERE_EXPLANATIONS.get(state) if item.is_elsewhere else None) or EXPLANATIONS[state]


@require_safe
def process_page(request: HttpRequest) -> HttpResponse:
    """办理流程: every state and every legal move, drawn from the table that the portal itself obeys."""
    return render(request, "ledger/process.html", {"states": process(), "usual": usual_path()})

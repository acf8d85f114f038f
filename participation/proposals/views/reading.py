"""The public list and the page of one proposal."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from participation.ledger.rules.diversion import CHANNELS
from participation.ledger.selectors import clock_of
from participation.ledger.selectors import steps_of as ledger_steps
from participation.moderation.selectors import hidden_notes
from portal.frame.counting import bounded_count
from portal.frame.paging import keyset_page
from portal.jurisdictions.selectors import full_names, site_places
from portal.lookup.selectors import may_see_number
from portal.search.services import matches

from ..forms import ORDERS, ProposalFilterForm
from ..models import Proposal
from ..permissions import (
    user_can_resubmit_proposal,
    user_can_view_original,
    user_can_view_proposal,
    user_can_withdraw_proposal,
)
from ..selectors import may_be_promised, promised_date, proposal_by_number, public_timeline, supported_ids
from ..services.photographing import PHOTO_KIND
from ..states import Action, State, next_state
from .placing import own_places

PAGE_SIZE = 20
# what the state means, in the words of a neighbour (conventions.md 15)
EXPLANATIONS = {
    State.SUBMITTED: _("已经收到，等工作人员审核。"),
    State.UNDER_REVIEW: _("工作人员正在审核，隐去个人信息后公开。"),
    State.PUBLISHED: _("已经公开，居民可以附议和关注；之后由人大街道工委筛选研判。"),
    State.SCREENING: _("人大街道工委正在研究怎样办，结果和理由都会公开。"),
    State.WITHDRAWN: _("提出人已经撤回，不再办理。"),
    State.REJECTED: _("这件建议不公开，理由见下面的办理过程。"),
    State.VOIDED: _("这个编号已经作废。"),
    State.IMPORTED: _("从原来的平台导入的留言，供查阅。"),
    State.REPLIED_IMPORTED: _("从原来的平台导入的留言，当时已有答复。"),
}
# nothing of a confidential one is public but its number and its progress (decisions.md 18)
EXPLANATIONS_OF_CONFIDENTIAL = {
    State.UNDER_REVIEW: _("工作人员正在审核。"),
    State.PUBLISHED: _("已经审核通过，只公布编号和进度；之后由人大街道工委筛选研判。"),
    State.SCREENING: _("人大街道工委正在研究怎样办，结果和理由会告诉提出人。"),
}


@require_safe
def proposal_list(request: HttpRequest) -> HttpResponse:
    """What the address asks for, nothing else: division, category, state, since, until, q, order, cursor."""
    places = site_places()
    preferred = [own.division for own in own_places(request, places)]
    form = ProposalFilterForm(request.GET, places=places, preferred=preferred)
    rows = form.narrowed(Proposal.objects.public())
    order = form.chosen_order
    query = form.query
    if form.errors:
        # what was asked for is not clear: no list that looks like its answer
        rows, total = rows.none(), "0"
    elif query:
        found = matches(rows.filter(is_confidential=False), query)
        # naming the exact number of a frequent word would cost more than the page itself
        is_frequent = found.is_wide and not form.narrows_beyond_words
        rows, total = found.queryset, "1000+" if is_frequent else _shown(found.count())
    else:
        total = bounded_count(rows)
    page = keyset_page(rows.for_list(), order=ORDERS[order], cursor=request.GET.get("cursor"), size=PAGE_SIZE)
    context = {
        "form": form,
        "page": page,
        "total": total,
        "query": query,
        "order": order,
        "names": full_names([row.community or row.division for row in page]),
        "is_filtered": form.is_narrowing,
        "active": _active(request, form),
    }
    return render(request, "proposals/proposal_list.html", context)


def _active(request: HttpRequest, form: ProposalFilterForm) -> list[dict[str, str]]:
    """Each condition in force, with the address of the list without it."""
    rows = []
    for name, label, value in form.active:
        query = request.GET.copy()
        for gone in (name, "cursor"):
            query.pop(gone, None)
        rows.append({"label": label, "value": value, "url": f"{request.path}?{query.urlencode()}".removesuffix("?")})
    return rows


def _shown(count: int, limit: int = 1000) -> str:
    return f"{limit}+" if count > limit else str(count)


@require_safe
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """One proposal. Its author, staff in scope and the holder of the slip also see what is not public."""
    row = proposal_by_number(number)
    if row is None:
        raise Http404
    if row.number != number:
        return redirect(row, permanent=True)
    sees_original = user_can_view_original(request.user, row)
    holds_slip = may_see_number(request, row.number)
    if not (user_can_view_proposal(request.user, row) or holds_slip):
        raise Http404
    place = row.community or row.division
    photos = list(row.photos.all()) if row.is_readable or sees_original else []
    context: dict[str, Any] = {
        "proposal": row,
        "place": full_names([place])[place.pk],
        "photos": [photo for photo in photos if sees_original or not photo.is_withheld],
        "photo_kind": PHOTO_KIND,
        "hidden_photos": hidden_notes(PHOTO_KIND, [photo.pk for photo in photos if photo.is_withheld]).values(),
        "timeline": public_timeline(row, is_holder=sees_original or holds_slip),
        "steps": steps_of(row),
        "promise": promised_date(row),
        "may_be_promised": may_be_promised(row),
        "is_holder": sees_original or holds_slip,
        "is_author": row.author_id is not None and row.author_id == request.user.pk,
        "sees_original": sees_original,
        "is_supported": row.pk in supported_ids(request.user, [row]),
        "can_withdraw": user_can_withdraw_proposal(request.user, row)
        and next_state(Action.WITHDRAW, State(row.state)) is not None,
        "can_amend": row.state == State.RETURNED and user_can_resubmit_proposal(request.user, row),
        "holds_slip_page": (holds_slip or sees_original) and not row.is_imported,
        "holds_slip": holds_slip,
        "shows_original": sees_original and (not row.is_readable or bool(row.review.hits)),
        "explanation": explanation_of(row),
        "diversion": CHANNELS.get(row.diverted_to),
        "matter": row.ledger_item if row.state == State.ADOPTED else None,
        "matter_clock": clock_of(row.ledger_item) if row.ledger_item and row.state == State.ADOPTED else None,
    }
    response = render(request, "proposals/proposal_detail.html", context)
    if not row.is_public:
        response["Cache-Control"] = "private, no-store"
    return response


def explanation_of(row: Proposal) -> str:
    """What the state means, in plain words; a confidential one promises nothing that it does not offer."""
    state = State(row.state)
    own = EXPLANATIONS_OF_CONFIDENTIAL.get(state, "") if row.is_confidential else ""
    return str(own or EXPLANATIONS.get(state, ""))


def steps_of(row: Proposal) -> list[dict[str, Any]]:
    """The way of a proposal in plain words, with where it is now (conventions.md 15)."""
    if row.is_imported:
        done = "done" if row.state == State.REPLIED_IMPORTED else "todo"
        return [
            {"label": _("历史留言导入"), "state": "done"},
            {"label": _("已答复"), "state": done},
        ]
    reached = {
        State.SUBMITTED: 0, State.UNDER_REVIEW: 0, State.RETURNED: 0, State.REJECTED: 0, State.DIVERTED: 0,
        State.PUBLISHED: 1, State.SCREENING: 2, State.ADOPTED: 3, State.NOT_ADOPTED: 3,
        State.MERGED: 1 if row.published_at else 0,
        State.WITHDRAWN: 1 if row.published_at else 0, State.VOIDED: 0,
    }[State(row.state)]  # fmt: skip
    stopped = row.state in {
        State.REJECTED, State.DIVERTED, State.NOT_ADOPTED, State.MERGED, State.WITHDRAWN, State.VOIDED,
    }  # fmt: skip
    second = _("公布编号") if row.is_confidential else _("公开征求附议")
    labels = [_("受理审核"), second, _("筛选研判"), _("采纳办理")]
    if row.state == State.ADOPTED and row.ledger_item is not None:
        # from here on its progress is the ledger item's (architecture.md, 2)
        own = [{"label": label, "state": "done"} for label in (*labels[:-1], _("采纳"))]
        return [*own, *ledger_steps(row.ledger_item)]
    steps = []
    for position, label in enumerate(labels):
        state = "done" if position < reached else "todo"
        if position == reached:
            state = "stopped" if stopped else "done" if row.state == State.ADOPTED else "current"
        steps.append({"label": label, "state": state, "note": row.get_state_display() if position == reached else ""})
    return steps

"""What every transition does: lock and re-read, ask the table of moves, write, record."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.search import index
from wagtail.search.backends import get_search_backends

from participation.discussion.services import keep_thread, open_thread
from participation.ledger.rules.happening import Happening
from participation.moderation.rules import Refused
from portal.trail.services import record

from ..models import Author, Proposal
from ..models.proposal import STATE_LABELS
from ..states import OPEN_TO_DISCUSSION, Action, State, next_state

SUBJECT_KIND = "proposal"


def locked(proposal: Proposal) -> Proposal:
    """The row as it is now, locked until the transaction ends; always before its review."""
    rows = Proposal.objects.select_for_update(of=("self",))
    return rows.select_related("division", "review", "ledger_item", "thread").get(pk=proposal.pk)


def require(proposal: Proposal, action: Action) -> State:
    """The state that `action` leads to from here, or a refusal that says where the proposal stands."""
    state = next_state(action, State(proposal.state))
    if state is None:
        raise Refused(_("该建议当前为“%s”，不能进行此操作。") % STATE_LABELS[State(proposal.state)])
    return state


def move(
    proposal: Proposal,
    action: Action,
    *,
    by: Any = None,
    capacity: str = "",
    reason: str = "",
    detail: dict[str, Any] | None = None,
    **fields: Any,
) -> Happening:
    """Write `fields` and the next state of a locked row, and the trail entry. The caller has asked permissions."""
    before = State(proposal.state)
    after = require(proposal, action)
    for name, value in fields.items():
        setattr(proposal, name, value)
    if after != before:
        proposal.state = after
        proposal.state_since = timezone.now()
    _keep_thread(proposal)
    proposal.save()
    if not proposal.is_readable:
        index.remove_object(proposal)
    entry = record(
        subject_kind=SUBJECT_KIND,
        subject_key=proposal.number,
        verb=action,
        actor=by,
        capacity=capacity,
        from_state=before,
        to_state=after,
        reason=reason,
        detail=detail,
    )
    return Happening(key=entry.pk, verb=str(action), reason=reason)


def _keep_thread(proposal: Proposal) -> None:
    """Opened with publication, suspended while nobody may read the proposal or nothing more is done about it."""
    if proposal.thread is None:
        if not proposal.is_readable or proposal.is_imported or proposal.state not in OPEN_TO_DISCUSSION:
            return
        authors = Author.objects.filter(proposal=proposal, user__isnull=False).select_related("user")
        proposal.thread = open_thread(
            subject_kind=SUBJECT_KIND,
            subject_key=proposal.number,
            division=proposal.division,
            followers=[author.user for author in authors],
        )
    is_open = proposal.is_readable and proposal.state in OPEN_TO_DISCUSSION
    keep_thread(thread=proposal.thread, division=proposal.division, is_suspended=not is_open)


def enter_in_index(proposals: Iterable[Proposal]) -> None:
    """What was written many at a time, of which the search hears nothing by itself; readable ones only."""
    readable = [proposal for proposal in proposals if proposal.is_readable]
    if readable:
        for backend in get_search_backends(with_auto_update=True):
            backend.add_bulk(Proposal, readable)

"""From a filled form to the service that does it, all in one transaction with the paper behind it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from .. import services
from ..forms import ENTER_RATING, FORMS, NOTE, ActionForm
from ..models import ACTION_LABELS, LedgerItem, LedgerScan, MatterLevel
from ..permissions import (
    actions_by_proxy,
    actions_open_to,
    user_can_do,
    user_can_enter_for_unit,
    user_can_manage,
    user_can_view_internal,
    user_helps,
)
from ..states import DOERS, Action, Doer, State
from .hints import HINTS

LABELS: dict[str, Any] = {
    **{action.value: ACTION_LABELS[action] for action in ACTION_LABELS if action.value in FORMS},
    Action.SIGN_REPLY.value: _("签发答复"),
    NOTE: _("内部备注"),
    ENTER_RATING: _("代填提出人的评价"),
}
# What is done next in each state; the rest is offered folded up.
NEXT: dict[State, tuple[str, ...]] = {
    State.ASSIGNING: (Action.CLASSIFY, Action.ASSIGN, Action.SUGGEST),
    State.REASSIGN: (Action.ASSIGN, Action.SUGGEST),
    State.SUGGESTED: (Action.PROPOSE, Action.DECLINE, Action.CONCLUDE),
    State.PROPOSED: (Action.RECORD_REPLY,),
    State.HOTLINE: (Action.RECORD_REPLY,),
    State.ASSIGNED: (Action.SIGN_FOR,),
    State.HANDLING: (Action.CONTACT, Action.NOTE_PROGRESS, Action.DRAFT_REPLY),
    State.PAUSED: (Action.RESUME,),
    State.SIGN_OFF: (Action.SIGN_REPLY, Action.SEND_BACK_REPLY),
    State.REPLIED: (Action.FEED_BACK, Action.COMPLETE),
    State.COMPLETED: (Action.CLOSE_OFF, ENTER_RATING, Action.DELIVER_COMMITMENT),
    State.DECIDING: (Action.DECIDE_REWORK, Action.DECIDE_TO_ROUTE, Action.DECIDE_TO_KEEP),
}
OF_UNITS = {action.value for action in DOERS if DOERS[action] & {Doer.UNIT, Doer.UNIT_HEAD}} - {
    Action.SEND_BACK_REPLY.value
}
ALWAYS_NEXT = (
    Action.APPROVE_EXTENSION,
    Action.REFUSE_EXTENSION,
    Action.ACCEPT_OBJECTION,
    Action.REFUSE_OBJECTION,
    Action.REOPEN,
    Action.CO_REPLY,
)


@dataclass(frozen=True)
class Doing:
    """One posted step."""

    item: LedgerItem
    by: Any
    form: ActionForm
    is_proxy: bool
    paper: LedgerScan | None = None

    @property
    def cleaned(self) -> dict[str, Any]:
        return self.form.cleaned_data

    @property
    def who(self) -> dict[str, Any]:
        return {"item": self.item, "by": self.by}

    @property
    def unit(self) -> dict[str, Any]:
        """As `who`, for what a unit does or the committee enters from its paper."""
        return {**self.who, "paper": self.paper}

    @property
    def hand(self) -> dict[str, Any]:
        return {"by": self.by, "paper": self.paper}

    def some(self, *names: str) -> dict[str, Any]:
        return {name: self.cleaned[name] for name in names}

    @property
    def day(self) -> Any:
        """The paper's day where no other is given."""
        return self.cleaned.get("on") or (self.cleaned.get("paper_on") if self.is_proxy else None)


RUN: dict[str, Callable[[Doing], Any]] = {
    Action.CLASSIFY: lambda d: services.classify_item(
        **d.who, **d.some("category", "matter_level", "priority", "community")
    ),
    Action.ASSIGN: lambda d: services.assign_item(
        **d.who,
        **d.some("unit", "owner_name", "on", "note"),
        co_units=d.form.co_units(),  # type: ignore[attr-defined]  # the form of this step
    ),
    Action.SIGN_FOR: lambda d: services.sign_for_item(**d.unit, on=d.day),
    Action.RETURN: lambda d: services.return_item(**d.unit, **d.some("reason")),
    Action.ADD_CO_UNIT: lambda d: services.add_co_unit(**d.who, **d.some("unit", "due_on")),
    Action.CO_REPLY: lambda d: services.co_reply(**d.hand, **d.some("assignment", "opinion")),
    Action.NOTE_PROGRESS: lambda d: services.note_progress(
        **d.unit,
        **d.some("text"),
        on=d.day,
        photos=d.form.photos(),  # type: ignore[attr-defined]  # the form of this step
    ),
    Action.CONTACT: lambda d: services.note_contact(**d.unit, **d.some("way", "party", "by_name", "note"), on=d.day),
    Action.REQUEST_EXTENSION: lambda d: services.request_extension(**d.unit, **d.some("until", "reason")),
    Action.APPROVE_EXTENSION: lambda d: services.decide_extension(
        by=d.by, **d.some("extension", "reason"), is_approved=True
    ),
    Action.REFUSE_EXTENSION: lambda d: services.decide_extension(
        by=d.by, **d.some("extension", "reason"), is_approved=False
    ),
    Action.PAUSE: lambda d: services.pause_item(**d.unit, **d.some("reason")),
    Action.RESUME: lambda d: services.resume_item(**d.unit, **d.some("reason")),
    Action.DRAFT_REPLY: lambda d: services.draft_reply(
        **d.unit,
        **d.some("kind", "text"),
        commitments=d.form.commitments(),  # type: ignore[attr-defined]  # the form of this step
        photos=d.form.evidence(),  # type: ignore[attr-defined]  # the form of this step
        dropped=d.cleaned.get("dropped", ()),
    ),
    Action.SEND_BACK_REPLY: lambda d: services.send_back_reply(**d.who, **d.some("reason")),
    Action.SIGN_REPLY: lambda d: services.sign_reply(**d.unit, **d.some("signer_name"), on=d.day),
    Action.CORRECT_REPLY: lambda d: services.correct_reply(**d.hand, **d.some("reply", "text")),
    Action.FEED_BACK: lambda d: services.feed_back(**d.unit, **d.some("party", "way", "note")),
    Action.COMPLETE: lambda d: services.complete_item(**d.unit, on=d.day),
    Action.DELIVER_COMMITMENT: lambda d: services.end_commitment(
        **d.hand, **d.some("commitment", "note"), is_delivered=True
    ),
    Action.WITHDRAW_COMMITMENT: lambda d: services.end_commitment(
        **d.hand, **d.some("commitment", "note"), is_delivered=False
    ),
    Action.DECIDE_REWORK: lambda d: services.decide_after_dissatisfaction(**d.who, **d.some("reason"), reworks=True),
    Action.DECIDE_TO_KEEP: lambda d: services.decide_after_dissatisfaction(**d.who, **d.some("reason"), reworks=False),
    Action.CLOSE_OFF: lambda d: services.close_off_item(**d.who, **d.some("evidence")),
    Action.ACCEPT_OBJECTION: lambda d: services.decide_objection(
        by=d.by, **d.some("objection", "reason"), is_accepted=True
    ),
    Action.REFUSE_OBJECTION: lambda d: services.decide_objection(
        by=d.by, **d.some("objection", "reason"), is_accepted=False
    ),
    Action.DECIDE_TO_ROUTE: lambda d: services.decide_after_dissatisfaction(**d.who, **d.some("reason"), reworks=True),
    Action.REOPEN: lambda d: services.decide_objection(by=d.by, **d.some("objection", "reason"), is_accepted=True),
    Action.SUGGEST: lambda d: services.suggest_to_deputies(
        **d.who, **d.some("deputies", "text", "letter_number", "on", "precheck", "precheck_on")
    ),
    Action.ASK_MORE: lambda d: services.ask_more_deputies(**d.who, **d.some("deputies", "on")),
    Action.PROPOSE: lambda d: services.propose_suggestion(by=d.by, **d.some("asked", "outside_number", "on")),
    Action.DECLINE: lambda d: services.decline_suggestion(by=d.by, **d.some("asked", "reason")),
    Action.RECORD_REPLY: lambda d: services.record_outside_reply(
        **d.who,
        **d.some("unit_name", "kind", "text", "on"),
        met_on=d.cleaned.get("met_on"),
        reported_to_committee_on=d.cleaned.get("reported_to_committee_on"),
        reported_to_congress_on=d.cleaned.get("reported_to_congress_on"),
        commitments=d.form.commitments(),  # type: ignore[attr-defined]  # the form of this step
        photos=d.form.evidence(),  # type: ignore[attr-defined]  # the form of this step
    ),
    Action.CONCLUDE: lambda d: services.conclude_without_suggestion(**d.who, **d.some("kind", "text")),
    Action.NOTE_REPORT: lambda d: services.note_written_report(**d.who, **d.some("to", "on")),
    Action.TAKE_BACK: lambda d: services.take_back_item(**d.who, **d.some("reason")),
    Action.HAND_TO_HOTLINE: lambda d: services.hand_to_hotline(**d.who, **d.some("ticket_number", "reason")),
    Action.REMIND: lambda d: services.remind_item(**d.who, **d.some("reason", "is_supervision")),
    Action.HIDE: lambda d: services.set_hidden(**d.who, **d.some("reason"), is_hidden=True),
    Action.RESTORE: lambda d: services.set_hidden(**d.who, **d.some("reason"), is_hidden=False),
    Action.VOID: lambda d: services.void_item(**d.who, **d.some("reason")),
    ENTER_RATING: lambda d: services.rate_reply(**d.who, **d.some("party", "value", "reason")),
    NOTE: lambda d: services.add_internal_note(**d.who, **d.some("text")),
}


def require_may_try(user: Any, item: LedgerItem, name: str, is_proxy: bool) -> None:
    """Asked before anything typed is judged; the service asks once more. PermissionDenied for the wrong person, with
    the sentence that says who does it."""
    if is_proxy:
        allowed = name in OF_UNITS and user_can_enter_for_unit(user, item)
    elif name == NOTE:
        allowed = user_can_view_internal(user, item)
    elif name == ENTER_RATING:
        allowed = user_can_manage(user, item)
    else:
        action = Action(name)
        allowed = user_can_do(user, action, item) or (action == Action.CO_REPLY and user_helps(user, item))
    if not allowed:
        if name == NOTE:
            raise PermissionDenied(_("内部备注由本辖区的人大街道工委和承办单位填写。"))
        raise services.not_for(move_of(name), item, by_proxy=is_proxy)


def move_of(name: str) -> Action:
    """The move of the table behind a form that is no note."""
    return Action.RATE if name == ENTER_RATING else Action(name)


@transaction.atomic
def do(doing: Doing, name: str) -> None:
    """All or nothing: version, step, paper. Raises Refused or PermissionDenied."""
    if name != NOTE:
        services.check_version(item=doing.item, version=doing.cleaned["version"])
    if not doing.is_proxy:
        RUN[name](doing)
        return
    services.require_move(doing.item, move_of(name))  # before a file is written
    paper = _paper_of(doing, name)
    try:
        RUN[name](replace(doing, paper=paper))
    except Exception:
        if doing.cleaned.get("scan"):
            paper.file.delete(save=False)  # the row goes with the transaction, the file would stay
        raise


def _paper_of(doing: Doing, name: str) -> LedgerScan:
    """What the committee enters from: a new scan, or one that lies with the item already."""
    cleaned = doing.cleaned
    if not cleaned.get("scan"):
        earlier: LedgerScan = cleaned["earlier_scan"]
        return earlier
    return services.attach_scan(
        item=doing.item, by=doing.by, upload=cleaned["scan"], action=name, on=cleaned["paper_on"]
    )


def prefix_of(name: str, is_proxy: bool) -> str:
    return f"proxy-{name}" if is_proxy else name


@dataclass(frozen=True)
class Offer:
    """One form on the page."""

    name: str
    form: ActionForm
    is_next: bool
    is_proxy: bool
    is_refused: bool = False

    @property
    def label(self) -> Any:
        return LABELS[self.name]

    @property
    def hint(self) -> Any:
        return HINTS.get(self.name, "")

    @property
    def is_open(self) -> bool:
        return self.is_refused or (self.is_next and not self.is_proxy)


def offers_for(user: Any, item: LedgerItem, version: str, posted: Offer | None = None) -> list[Offer]:
    """The forms for what this person may do now, what comes next first; `posted` stands in for its own kind."""
    own, proxy = actions_open_to(user, item), actions_by_proxy(user, item)
    names = [name for name in FORMS if name in own]
    if user_can_manage(user, item) and item.state == State.COMPLETED:
        names.append(ENTER_RATING)
    if user_can_view_internal(user, item):
        names.append(NOTE)
    has_scans = bool(proxy) and item.scans.exists()
    wanted = [(name, False) for name in names] + [(name, True) for name in FORMS if name in proxy]
    urgent = {str(name) for name in (*NEXT.get(State(item.state), ()), *ALWAYS_NEXT)}
    if item.matter_level == MatterLevel.UPPER:
        urgent.discard(Action.ASSIGN.value)  # C31: only dispatched units may have it, deputies come first
    offers = []
    if posted is not None and (posted.name, posted.is_proxy) not in wanted:
        offers.append(posted)  # it cannot be done any more, but what was typed is given back
    for name, is_proxy in wanted:
        if posted is not None and (posted.name, posted.is_proxy) == (name, is_proxy):
            offers.append(posted)
            continue
        form = FORMS[name](
            item=item,
            user=user,
            is_proxy=is_proxy,
            has_scans=has_scans,
            prefix=prefix_of(name, is_proxy),
            initial={"version": version},
        )
        if form.is_offered:
            offers.append(Offer(name, form, name in urgent, is_proxy))
    return sorted(offers, key=lambda offer: not offer.is_next)

"""Every state × action × person: nothing outside the table of moves and doers succeeds (checks.md R22)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from zlib import crc32

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from liaison_stations.deputies.models import Deputy
from participation.ledger import services
from participation.ledger.models import (
    AskedDeputy,
    Assignment,
    Commitment,
    DeputySuggestion,
    Extension,
    LedgerItem,
    Objection,
    Reply,
    ReplyRound,
)
from participation.ledger.permissions import user_can_do
from participation.ledger.states import (
    DOERS,
    MOVES,
    Action,
    Doer,
    Routing,
    State,
    actions_from,
    next_state,
    steps_before,
)
from participation.moderation.rules import Refused
from tests.conftest import Cast
from tests.factories import ledger
from tests.factories.evaluations import round_for

PEOPLE = ["resident", "resident2", "member", "deputy", "clerk", "community", "editor", "moderator", "committee",
          "director", "unit", "unit2", "party", "superior", "auditor", "admin"]  # fmt: skip
BY_THE_SYSTEM = {
    Action.OPEN,
    Action.IMPORT,
    Action.ASK_AGAIN,
    Action.START_REWORK,
    Action.REFER,
    Action.RECEIVE_IMPORTED_REPLY,
    Action.PUBLISH_IMPORT,
    Action.TAKE_UP,
}
# the same verb of a person: which of the two it is depends on who handles the item
HERE, ANEW = {Action.ACCEPT_OBJECTION, Action.DECIDE_REWORK}, {Action.REOPEN, Action.DECIDE_TO_ROUTE}


def test_every_action_has_a_doer_and_every_doer_an_action() -> None:
    assert {action for action in MOVES if action not in DOERS} == set()
    assert {action for action in DOERS if action not in MOVES} == set()


def test_every_state_is_reached_and_only_ends_have_no_way_on() -> None:
    reached = {after for moves in MOVES.values() for after in moves.values()}
    assert set(State) - reached == {State.IMPORTED} - reached
    onward = {s: {next_state(a, s) for a in actions_from(s)} - {s} for s in State}
    assert {s for s, ways in onward.items() if not ways} == {State.VOIDED}


def test_what_must_come_first_is_a_way_through_the_table() -> None:
    assert steps_before(Action.SIGN_REPLY, State.ASSIGNED) == (Action.SIGN_FOR, Action.DRAFT_REPLY)
    assert steps_before(Action.OBJECT, State.COMPLETED) == (Action.CLOSE_OFF,)
    assert steps_before(Action.ASSIGN, State.HANDLING) == ()  # over: it does not come again
    for action, moves in MOVES.items():
        for state in State:
            here = state
            for step in steps_before(action, state):
                here = MOVES[step][here]
            assert here in moves or here == state


Act = Callable[[LedgerItem, Any], Any]


def acts(cast: Cast) -> dict[Action, Act]:
    unit, soon = ledger.unit_of(cast.unit), timezone.localdate() + timedelta(days=20)

    def reply(item: LedgerItem) -> Reply:
        return item.replies.get()

    def asked(item: LedgerItem) -> AskedDeputy:
        return AskedDeputy.objects.get(suggestion__item=item)

    return {
        Action.CLASSIFY: lambda i, by: services.classify_item(
            item=i, by=by, category="other", matter_level="own", priority="normal"
        ),
        Action.ASSIGN: lambda i, by: services.assign_item(item=i, by=by, unit=unit, owner_name="示例"),
        Action.SIGN_FOR: lambda i, by: services.sign_for_item(item=i, by=by),
        Action.RETURN: lambda i, by: services.return_item(item=i, by=by, reason="不属本单位职责"),
        Action.ADD_CO_UNIT: lambda i, by: services.add_co_unit(item=i, by=by, unit=ledger.unit_of(cast.unit2)),
        Action.NOTE_PROGRESS: lambda i, by: services.note_progress(item=i, by=by, text="已到现场"),
        Action.CONTACT: lambda i, by: services.note_contact(item=i, by=by, way="phone"),
        Action.REQUEST_EXTENSION: lambda i, by: services.request_extension(item=i, by=by, until=soon, reason="施工"),
        Action.APPROVE_EXTENSION: lambda i, by: services.decide_extension(
            extension=i.extensions.get(), by=by, is_approved=True
        ),
        Action.REFUSE_EXTENSION: lambda i, by: services.decide_extension(
            extension=i.extensions.get(), by=by, is_approved=False, reason="理由不足"
        ),
        Action.PAUSE: lambda i, by: services.pause_item(item=i, by=by, reason="等候材料"),
        Action.RESUME: lambda i, by: services.resume_item(item=i, by=by, reason="恢复"),
        Action.DRAFT_REPLY: lambda i, by: services.draft_reply(item=i, by=by, kind="done", text=ledger.ANSWER),
        Action.SEND_BACK_REPLY: lambda i, by: services.send_back_reply(item=i, by=by, reason="请写明时间"),
        Action.SIGN_REPLY: lambda i, by: services.sign_reply(item=i, by=by),
        Action.CORRECT_REPLY: lambda i, by: services.correct_reply(reply=reply(i), by=by, text="更正为三处"),
        Action.FEED_BACK: lambda i, by: services.feed_back(item=i, by=by, party=i.parties.all()[0], way="phone"),
        Action.COMPLETE: lambda i, by: services.complete_item(item=i, by=by),
        Action.RATE: lambda i, by: services.rate_reply(item=i, by=by, value="satisfied"),
        Action.DECIDE_REWORK: lambda i, by: services.decide_after_dissatisfaction(
            item=i, by=by, reworks=True, reason="再办一次"
        ),
        Action.DECIDE_TO_KEEP: lambda i, by: services.decide_after_dissatisfaction(
            item=i, by=by, reworks=False, reason="已办好"
        ),
        Action.DELIVER_COMMITMENT: lambda i, by: services.end_commitment(
            commitment=i.commitments.get(), by=by, is_delivered=True, note="已完成"
        ),
        Action.WITHDRAW_COMMITMENT: lambda i, by: services.end_commitment(
            commitment=i.commitments.get(), by=by, is_delivered=False, note="改为整体改造"
        ),
        Action.CLOSE_OFF: lambda i, by: services.close_off_item(item=i, by=by, evidence="现场核查"),
        Action.OBJECT: lambda i, by: services.object_to_close_off(item=i, by=by, reason="还没好"),
        Action.ACCEPT_OBJECTION: lambda i, by: services.decide_objection(
            objection=i.objections.get(), by=by, is_accepted=True, reason="属实"
        ),
        Action.REFUSE_OBJECTION: lambda i, by: services.decide_objection(
            objection=i.objections.get(), by=by, is_accepted=False, reason="已修好"
        ),
        Action.SUGGEST: lambda i, by: services.suggest_to_deputies(
            item=i, by=by, deputies=Deputy.objects.filter(user=None), text="请提出"
        ),
        Action.ASK_MORE: lambda i, by: services.ask_more_deputies(
            item=i, by=by, deputies=Deputy.objects.filter(user=None)
        ),
        Action.PROPOSE: lambda i, by: services.propose_suggestion(asked=asked(i), by=by, outside_number="第1号"),
        Action.DECLINE: lambda i, by: services.decline_suggestion(asked=asked(i), by=by, reason="已有同类建议"),
        Action.CONCLUDE: lambda i, by: services.conclude_without_suggestion(item=i, by=by, kind="cannot", text="说明"),
        Action.RECORD_REPLY: lambda i, by: services.record_outside_reply(
            item=i, by=by, unit_name="示例单位", kind="cannot", text="答复", met_on=timezone.localdate()
        ),
        Action.NOTE_REPORT: lambda i, by: services.note_written_report(item=i, by=by, to="committee"),
        Action.TAKE_BACK: lambda i, by: services.take_back_item(item=i, by=by, reason="另行交办"),
        Action.DECIDE_TO_ROUTE: lambda i, by: services.decide_after_dissatisfaction(
            item=i, by=by, reworks=True, reason="另行商请"
        ),
        Action.REOPEN: lambda i, by: services.decide_objection(
            objection=i.objections.get(), by=by, is_accepted=True, reason="属实"
        ),
        Action.HAND_TO_HOTLINE: lambda i, by: services.hand_to_hotline(item=i, by=by, ticket_number="1", reason="转办"),
        Action.CO_REPLY: lambda i, by: services.co_reply(
            assignment=i.assignments.get(is_lead=False), by=by, opinion="已配合"
        ),
        Action.REMIND: lambda i, by: services.remind_item(item=i, by=by, reason="请加快办理"),
        Action.HIDE: lambda i, by: services.set_hidden(item=i, by=by, is_hidden=True, reason="复核"),
        Action.RESTORE: lambda i, by: services.set_hidden(item=i, by=by, is_hidden=False, reason="复核"),
        Action.VOID: lambda i, by: services.void_item(item=i, by=by, reason="重复登记"),
    }


SHARE = 4  # of the refusals, `make test` tries every fourth, `make test-figures` all


@pytest.fixture
def equipped(cast: Cast) -> LedgerItem:
    """An item with one of everything, so that only the person and the state decide."""
    item, today = ledger.handling(cast), timezone.localdate()
    reply = Reply.objects.create(
        item=item, leg=1, unit=item.unit, kind="planned", text=ledger.ANSWER, drafted_at=timezone.now(), signed_on=today
    )
    Commitment.objects.create(item=item, reply=reply, text="更换线路", due_on=today)
    Extension.objects.create(item=item, leg=1, until=today, reason="施工", requested_by=cast.unit, requested_on=today)
    Objection.objects.create(item=item, by=cast.resident2, reason="没好", raised_on=today, due_on=today)
    Assignment.objects.create(
        item=item, unit=ledger.unit_of(cast.unit2), is_lead=False, assigned_on=today, assigned_by=cast.committee
    )
    rating = round_for(cast.resident, day=today)
    ReplyRound.objects.create(reply=reply, round=rating)
    request = DeputySuggestion.objects.create(
        item=item, leg=1, level="county", text="请提出", asked_on=today, asked_by=cast.committee
    )
    AskedDeputy.objects.create(suggestion=request, deputy=ledger.deputy(cast.deputy), asked_on=today)
    ledger.deputy(name="另一位代表示例")
    return item


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.in_turn
@pytest.mark.parametrize("share", [SHARE, pytest.param(1, marks=pytest.mark.figures)])
@pytest.mark.parametrize("name", PEOPLE)
def test_nothing_outside_the_table_succeeds(cast: Cast, equipped: LedgerItem, name: str, share: int) -> None:
    person, wrong = cast[name], []
    days = {"signed_for_on": date(2026, 1, 1), "replied_on": date(2026, 1, 1), "closed_off_on": timezone.localdate()}
    verbs = acts(cast)
    assert set(verbs) | BY_THE_SYSTEM == set(Action)
    for state, routing in [(each, way) for each in State for way in ways_to(each)]:
        unit = equipped.unit if routing == Routing.UNIT else None
        LedgerItem.objects.filter(pk=equipped.pk).update(state=state, routing=routing, unit=unit, **days)
        item = LedgerItem.objects.select_related("division", "unit").get(pk=equipped.pk)
        for action, act in verbs.items():
            if action in (HERE if item.is_elsewhere else ANEW):
                continue
            may = user_can_do(person, action, item) or (action == Action.CO_REPLY and name == "unit2")
            may = may and not (action == Action.CO_REPLY and name == "unit")  # the lead has no opinion to give
            legal = next_state(action, state) is not None
            if not (may and legal) and crc32(f"{name} {action} {state} {routing}".encode()) % share:
                continue
            outcome = tried(act, item, person)
            if may and legal and outcome == "forbidden":
                wrong.append(f"{name} may {action} in {state} ({routing}) but is refused")
            if not (may and legal) and outcome == "done":
                wrong.append(f"{name} did {action} in {state} ({routing})")
    assert wrong == []


def ways_to(state: State) -> list[Routing]:
    """Who handles what stands in this state."""
    only = {State.SUGGESTED: Routing.DEPUTIES, State.PROPOSED: Routing.DEPUTIES, State.HOTLINE: Routing.HOTLINE}
    if state in only:
        return [only[state]]
    is_shared = state in {State.REPLIED, State.COMPLETED, State.DECIDING, State.CLOSED_OFF}
    return [Routing.UNIT, Routing.DEPUTIES] if is_shared else [Routing.UNIT]


def tried(act: Act, item: LedgerItem, person: Any) -> str:
    """done, or refused for a condition, or forbidden for the person or the state; nothing is kept."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                act(item, person)
            return "done"
        except PermissionDenied:
            return "forbidden"
        except Refused as refusal:
            return "forbidden" if "当前为" in refusal.message else "refused"
        finally:
            transaction.set_rollback(True)


def test_a_deputy_and_a_resident_do_nothing_of_the_committees_or_the_units() -> None:
    assert {doer for doers in DOERS.values() for doer in doers} == set(Doer)

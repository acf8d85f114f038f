"""One item under several hands at the same moment; reminders and “解决了吗？” under runs that overlap or are killed."""

import os
import signal
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.db.models import Count
from django.utils import timezone

from participation.ledger import services
from participation.ledger.models import CallBack, LedgerItem, ReplyRound
from participation.ledger.states import State
from portal.outbox.models import Delivery, Message
from portal.trail.models import Entry
from tests.conftest import Cast
from tests.factories import ledger
from tests.races.harness import at_once, race

pytestmark = pytest.mark.django_db(transaction=True)
DUE = 20
KILLED_IN = 5


def times(item: LedgerItem, *verbs: str) -> int:
    return Entry.objects.filter(subject_kind="ledger_item", subject_key=item.reference, verb__in=verbs).count()


def test_of_several_hands_on_one_item_one_wins_at_every_step(cast: Cast) -> None:
    unit, other = ledger.unit_of(cast.unit), ledger.unit_of(cast.unit2)
    item = ledger.opened(proposers=(cast.resident, cast.resident2), source="deputy_suggestion")

    def assign(by: Any, to: Any) -> Callable[[], Any]:
        return lambda: services.assign_item(item=item, by=by, unit=to, owner_name="责任人示例")

    answers = race(assign(cast.committee, unit), assign(cast.director, unit), assign(cast.committee, other))
    assert answers == ["done", "该事项当前为“已交办，待签收”，不能交办。依据：本站公开的办理流程“一件事怎样办”。"]
    assert (times(item, "assign"), item.assignments.filter(is_lead=True).count()) == (1, 1)

    item = ledger.handling(cast, proposers=(cast.resident, cast.resident2))
    services.note_contact(item=item, by=cast.unit, way="face")
    services.draft_reply(item=item, by=cast.unit, kind="done", text=ledger.ANSWER)
    answers = race(lambda: services.sign_reply(item=item, by=cast.unit))
    assert answers == ["done", "该事项当前为“已答复，待办结”，不能答复。依据：本站公开的办理流程“一件事怎样办”。"]
    assert (times(item, "sign_reply"), item.replies.get().feedbacks.count()) == (1, 2)

    paper = ledger.paper(item, cast.committee)
    answers = race(
        lambda: services.complete_item(item=item, by=cast.unit),
        lambda: services.complete_item(item=item, by=cast.committee, paper=paper),
    )
    assert answers == ["done", "该事项当前为“已办结，待销号”，不能办结。依据：本站公开的办理流程“一件事怎样办”。"]
    reply = item.replies.get()
    assert (times(item, "complete"), reply.rounds.get().round.raters.count()) == (1, 2)

    answers = race(
        lambda: services.rate_reply(item=item, by=cast.resident, value="satisfied"),
        lambda: services.rate_reply(item=item, by=cast.resident2, value="satisfied"),
    )
    assert (answers, times(item, "rate")) == (["done", "您已经评价过。"], 2)

    completed_by = LedgerItem.objects.get(pk=item.pk).completed_by
    others = [person for person in (cast.committee, cast.director) if person != completed_by]
    close = [lambda by=by: services.close_off_item(item=item, by=by, evidence="核查") for by in others]  # type: ignore[misc]  # a lambda that keeps its own person
    assert race(*close) == ["done", "该事项当前为“已销号”，不能销号。依据：本站公开的办理流程“一件事怎样办”。"]
    assert (times(item, "close_off"), item.close_offs.count()) == (1, 1)

    objection = services.object_to_close_off(item=item, by=cast.resident, reason="又灭了")
    answers = race(
        lambda: services.decide_objection(objection=objection, by=cast.director, is_accepted=True, reason="属实"),
        lambda: services.decide_objection(objection=objection, by=cast.committee, is_accepted=False, reason="已修好"),
    )
    assert ("done" in answers, times(item, "accept_objection", "refuse_objection")) == (True, 1)


def test_two_dissatisfied_at_once_are_one_rework(cast: Cast) -> None:
    reply = ledger.replied(cast, proposers=(cast.resident, cast.resident2))
    item = services.complete_item(item=reply.item, by=cast.unit)
    race(
        lambda: services.rate_reply(item=item, by=cast.resident, value="dissatisfied", reason="没修好"),
        lambda: services.rate_reply(item=item, by=cast.resident2, value="dissatisfied", reason="没修好"),
    )
    item.refresh_from_db()
    assert (item.state, item.leg, times(item, "rate"), times(item, "start_rework")) == (State.HANDLING, 2, 1, 1)


# --- Reminders ----------------------------------------------------------------------------------------------------
def items_past_their_limit(cast: Cast) -> list[str]:
    on = timezone.localdate() - timedelta(days=250)
    first = ledger.handling(cast, source="deputy_suggestion", raised_on=on)
    fields = {"leg_started_on": on, "assigned_on": on, "signed_for_on": on}
    LedgerItem.objects.filter(pk=first.pk).update(**fields)
    row = LedgerItem.objects.filter(pk=first.pk).values().get()
    LedgerItem.objects.bulk_create(
        LedgerItem(**{**row, "id": None, "reference": f"{row['reference']}{n}"}) for n in range(1, DUE)
    )
    return list(LedgerItem.objects.values_list("reference", flat=True))


def killed_within_a_transaction(run: Callable[[], int], verb: str, *, at: int = KILLED_IN) -> int:
    """A run in a process of its own, killed after it wrote so many trail entries and before the last was committed."""
    reading, writing = os.pipe()
    connections.close_all()
    child = os.fork()
    if child == 0:  # pragma: no cover - ends by SIGKILL
        written = 0

        def freeze(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            nonlocal written
            answer = execute(sql, params, many, context)
            written += "INSERT INTO" in sql and "trail_entry" in sql
            if written == at:
                os.write(writing, b"!")
                time.sleep(600)
            return answer

        try:
            with connection.execute_wrapper(freeze):
                run()
        finally:
            os._exit(1)
    os.close(writing)
    told = os.read(reading, 1)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reading)
    assert told == b"!"
    return Entry.objects.filter(verb=verb).count()


def test_runs_that_overlap_or_are_killed_remind_each_person_of_each_stage_once(cast: Cast) -> None:
    references = items_past_their_limit(cast)
    assert killed_within_a_transaction(services.remind_due_items, "remind") == KILLED_IN - 1

    def remind() -> int:
        try:
            return services.remind_due_items()
        finally:
            connections.close_all()

    before = Message.objects.filter(event__contains=":due:").count()
    counts = at_once([remind] * 3)
    told = Message.objects.filter(event__contains=":due:")
    assert before + sum(counts) == told.count()
    assert services.remind_due_items() == 0

    people = set(told.values_list("recipient__username", flat=True))
    assert people == {"unit", "director"}  # the head of a unit without others, and 工委主任
    found = told.values_list("subject_key", "recipient__username")
    assert sorted(found) == sorted((reference, name) for reference in references for name in people)
    entries = Entry.objects.filter(verb="remind").values("subject_key").annotate(n=Count("pk"))
    assert {row["subject_key"]: row["n"] for row in entries} == dict.fromkeys(references, 1)
    sent = Delivery.objects.filter(message__in=told, channel="site").values("message").annotate(n=Count("pk"))
    assert [row["n"] for row in sent] == [1] * told.count()


# --- 解决了吗？ ------------------------------------------------------------------------------------------------------
REPLIES, KILLED_AT_REPLY = 6, 3


def replies_of_a_fortnight_ago(cast: Cast) -> list[str]:
    """Each with a proposer who reads here and one who is to be phoned."""
    found = []
    for number in range(REPLIES):
        elder = services.NewParty(name="示例老人", phone="13800000000", added_by=cast.community)
        item = ledger.replied(cast, title=f"第{number}处路灯", parties=(elder,), proposers=(cast.resident,)).item
        absent = item.parties.get(user=None)
        services.feed_back(item=item, by=cast.unit, party=absent, way="phone", note="已电话告知")
        found.append(ledger.long_ago(services.complete_item(item=item, by=cast.unit)).reference)
    return sorted(found)


def test_runs_that_overlap_or_are_killed_ask_each_proposer_of_each_reply_once(cast: Cast) -> None:
    references = replies_of_a_fortnight_ago(cast)
    left = killed_within_a_transaction(services.ask_whether_solved, "ask_whether_solved", at=KILLED_AT_REPLY)
    asked = Message.objects.filter(event__endswith=":solved:1")
    assert [left, asked.count(), ReplyRound.objects.exclude(asked_on=None).count()] == [KILLED_AT_REPLY - 1] * 3

    def ask() -> int:
        try:
            return services.ask_whether_solved()
        finally:
            connections.close_all()

    before = asked.count() + CallBack.objects.filter(party__user=None).count()
    counts = at_once([ask] * 3)
    assert before + sum(counts) == 2 * REPLIES  # one reads, one is phoned
    assert services.ask_whether_solved() == 0

    assert sorted(asked.values_list("subject_key", "recipient__username")) == [
        (each, "resident") for each in references
    ]
    phoned = CallBack.objects.filter(party__user=None).values_list("reply__item__reference", flat=True)
    assert sorted(phoned) == references
    entries = Entry.objects.filter(verb="ask_whether_solved").values_list("subject_key", flat=True)
    assert sorted(entries) == references
    sent = Delivery.objects.filter(message__in=asked, channel="site").values("message").annotate(n=Count("pk"))
    assert [row["n"] for row in sent] == [1] * REPLIES

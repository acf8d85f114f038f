"""群众出题、协商定题、街道答题、监督评题: one matter all the way, and what may not be skipped."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from participation.evaluations.models import Answer
from participation.ledger import services
from participation.ledger.models import Commitment, LedgerItem
from participation.ledger.states import State
from participation.moderation.rules import Refused
from portal.outbox.models import Message
from portal.trail.models import Entry
from tests.conftest import Cast
from tests.factories import ledger

pytestmark = pytest.mark.django_db


def verbs(item: LedgerItem) -> list[str]:
    entries = Entry.objects.filter(subject_kind="ledger_item", subject_key=item.reference).order_by("pk")
    return list(entries.values_list("verb", flat=True))


def test_dissatisfied_then_satisfied_then_delivered_then_closed_off(cast: Cast) -> None:
    soon = timezone.localdate() + timedelta(days=30)
    reply = ledger.replied(cast, kind="planned", commitments=[("更换整条线路", soon)])
    item = services.complete_item(item=reply.item, by=cast.unit)
    services.rate_reply(item=item, by=cast.resident, value="dissatisfied", reason="灯还是不亮")
    item.refresh_from_db()
    assert (item.state, item.leg, item.completed_on) == (State.HANDLING, 2, None)

    second = ledger.replied(cast, item=item)
    item = services.complete_item(item=second.item, by=cast.unit)
    services.rate_reply(item=item, by=cast.resident, value="satisfied")
    with pytest.raises(Refused, match="还有1项承诺未落实"):
        services.close_off_item(item=item, by=cast.committee, evidence="核查")
    promise = Commitment.objects.get(item=item)
    services.end_commitment(commitment=promise, by=cast.unit, is_delivered=True, note="线路已更换")
    services.close_off_item(item=item, by=cast.committee, evidence="现场核查，路灯已亮。")

    item.refresh_from_db()
    assert (item.state, item.closed_off_on) == (State.CLOSED_OFF, timezone.localdate())
    assert verbs(item) == [
        "open", "assign", "sign_for", "contact", "draft_reply", "sign_reply", "complete", "rate", "start_rework",
        "contact", "draft_reply", "sign_reply", "complete", "rate", "deliver_commitment", "close_off",
    ]  # fmt: skip
    assert list(Answer.objects.values_list("value", flat=True)) == ["dissatisfied", "satisfied"]
    told = Message.objects.filter(recipient=cast.resident, subject_kind="ledger_item")
    assert told.count() == told.values("event").distinct().count() == 8


def test_after_a_second_dissatisfied_the_committee_decides_in_public(cast: Cast) -> None:
    item = ledger.completed(cast)
    services.rate_reply(item=item, by=cast.resident, value="dissatisfied", reason="没修好")
    item = services.complete_item(item=ledger.replied(cast, item=item).item, by=cast.unit)
    services.rate_reply(item=item, by=cast.resident, value="dissatisfied", reason="还是没修好")
    item.refresh_from_db()
    assert item.state == State.DECIDING
    services.decide_after_dissatisfaction(item=item, by=cast.director, reworks=False, reason="已到现场核实修好")
    item.refresh_from_db()
    assert (item.state, item.leg) == (State.COMPLETED, 2)


def test_a_unit_cannot_close_off_and_the_committee_cannot_complete(cast: Cast) -> None:
    item = ledger.completed(cast)
    with pytest.raises(PermissionDenied):
        services.close_off_item(item=item, by=cast.unit, evidence="已办")
    other = ledger.replied(cast, title="另一件")
    with pytest.raises(PermissionDenied):
        services.complete_item(item=other.item, by=cast.committee)


def test_whoever_entered_the_completion_for_the_unit_does_not_close_it_off(cast: Cast) -> None:
    item = ledger.replied(cast).item
    paper = ledger.paper(item, cast.committee)
    item = services.complete_item(item=item, by=cast.committee, paper=paper)
    services.rate_reply(item=item, by=cast.resident, value="satisfied")
    with pytest.raises(Refused, match="登记办结的人不能销号"):
        services.close_off_item(item=item, by=cast.committee, evidence="核查")
    services.close_off_item(item=item, by=cast.director, evidence="核查")


def test_the_service_wants_the_units_paper_of_this_item_and_who_entered_the_receipt_does_not_close_off(
    cast: Cast,
) -> None:
    item, other = ledger.assigned(cast), ledger.assigned(cast, title="另一件")
    with pytest.raises(PermissionDenied):
        services.sign_for_item(item=item, by=cast.committee)
    with pytest.raises(Refused, match="代录的书面材料不属于本事项"):
        services.sign_for_item(item=item, by=cast.committee, paper=ledger.paper(other, cast.committee))
    services.sign_for_item(item=item, by=cast.committee, paper=ledger.paper(item, cast.committee))
    item = services.complete_item(item=ledger.replied(cast, item=item).item, by=cast.unit)
    services.rate_reply(item=item, by=cast.resident, value="satisfied")
    with pytest.raises(Refused, match="代录签收、答复的人不能销号"):
        services.close_off_item(item=item, by=cast.committee, evidence="核查")
    services.close_off_item(item=item, by=cast.director, evidence="核查")


def test_nothing_is_signed_before_somebody_spoke_with_the_proposer(cast: Cast) -> None:
    item = ledger.handling(cast)
    services.draft_reply(item=item, by=cast.unit, kind="done", text=ledger.ANSWER)
    with pytest.raises(Refused, match="请先与提出人联系"):
        services.sign_reply(item=item, by=cast.unit)


def test_completion_waits_for_every_proposer_to_have_heard(cast: Cast) -> None:
    elder = services.NewParty(name="示例老人", phone="13800000000", added_by=cast.community)
    reply = ledger.replied(cast, parties=(elder,))
    with pytest.raises(Refused, match="还有1位提出人没有得到反馈"):
        services.complete_item(item=reply.item, by=cast.unit)
    absent = reply.item.parties.get(user=None)
    services.feed_back(item=reply.item, by=cast.unit, party=absent, way="phone", note="已电话告知")
    assert services.complete_item(item=reply.item, by=cast.unit).state == State.COMPLETED


def test_silence_closes_nothing_before_the_rating_is_over(cast: Cast) -> None:
    item = ledger.completed(cast)
    with pytest.raises(Refused, match="还有提出人没有评价"):
        services.close_off_item(item=item, by=cast.committee, evidence="核查")


def test_an_accepted_objection_opens_it_again_at_once(cast: Cast) -> None:
    item = ledger.closed_off(cast)
    objection = services.object_to_close_off(item=item, by=cast.resident2, reason="昨晚又灭了")
    services.decide_objection(objection=objection, by=cast.director, is_accepted=True, reason="核实后属实")
    item.refresh_from_db()
    assert (item.state, item.leg, item.closed_off_on) == (State.HANDLING, 2, None)

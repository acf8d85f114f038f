"""An upper-level matter goes to deputies, comes back, is fed back and closed off; 12345 likewise."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from participation.ledger import services
from participation.ledger.models import AskedDeputy, LedgerItem
from participation.ledger.selectors import clock_of, close_off_obstacles, steps_of
from participation.ledger.states import Routing, State
from participation.moderation.rules import Refused
from portal.jurisdictions.services.terms import apply_preset
from portal.outbox.models import Message
from portal.trail.models import Entry
from tests.conftest import Cast
from tests.factories import ledger
from tests.factories.proposals import subdistrict

pytestmark = pytest.mark.django_db


@pytest.fixture
def xiangxiang(cast: Cast) -> None:
    """The place adopts the document of X22 and X24."""
    apply_preset(division=subdistrict(), preset="xiangxiang")


def asked(item: LedgerItem, user: Any) -> AskedDeputy:
    return AskedDeputy.objects.get(suggestion__item=item, suggestion__ended_on=None, deputy__user=user)


def verbs(item: LedgerItem) -> list[str]:
    rows = Entry.objects.filter(subject_kind="ledger_item", subject_key=item.reference).order_by("pk")
    return list(rows.values_list("verb", flat=True))


def told(user: Any, item: LedgerItem) -> list[str]:
    rows = Message.objects.filter(recipient=user, subject_key=item.reference).order_by("pk")
    return [row.title.split("：")[0] for row in rows]


@pytest.mark.usefixtures("xiangxiang")
def test_a_suggestion_from_the_request_to_the_close_off(cast: Cast) -> None:
    item = ledger.suggested(cast)
    assert (item.state, item.routing, item.unit) == (State.SUGGESTED, Routing.DEPUTIES, None)
    assert told(cast.deputy, item) == ["人大街道工委商请您提出代表建议"]
    assert told(cast.resident, item) == ["您提出的事项已商请人大代表提出代表建议"]
    services.propose_suggestion(asked=asked(item, cast.deputy), by=cast.deputy, outside_number="第12号")
    item.refresh_from_db()
    assert item.state == State.PROPOSED
    reply = services.record_outside_reply(
        item=item, by=cast.committee, unit_name="市交通运输局（示例）", kind="done", text="已完工。",
        met_on=timezone.localdate(), reported_to_committee_on=timezone.localdate(),
    )  # fmt: skip
    assert (reply.unit_name, reply.feedbacks.get().party.user) == ("市交通运输局（示例）", cast.resident)
    assert told(cast.deputy, item)[-1] == "您提出的代表建议已有答复"
    services.complete_item(item=item, by=cast.committee)
    services.rate_reply(item=item, by=cast.resident, value="satisfied")
    with pytest.raises(Refused, match="同时报告市人大常委会"):
        services.close_off_item(item=item, by=cast.director, evidence="核查属实")
    services.note_written_report(item=item, by=cast.committee, to="congress")
    with pytest.raises(Refused, match="登记办结的人不能销号"):
        services.close_off_item(item=item, by=cast.committee, evidence="核查属实")
    services.close_off_item(item=item, by=cast.director, evidence="核查属实")
    item.refresh_from_db()
    assert item.state == State.CLOSED_OFF
    assert verbs(item) == [
        "open", "suggest_to_deputies", "propose_suggestion", "record_outside_reply", "complete", "rate",
        "note_written_report", "close_off",
    ]  # fmt: skip
    assert [step["state"] for step in steps_of(item)] == ["done"] * 5


def test_only_an_upper_matter_goes_to_deputies_of_one_upper_level_who_serve_the_place(cast: Cast) -> None:
    county, city = ledger.deputy(cast.deputy), ledger.deputy(level="city", name="市代表示例")
    gone = ledger.deputy(name="卸任代表示例", ends_on=timezone.localdate() - timedelta(days=1))

    def suggest(item: LedgerItem, *deputies: Any) -> None:
        services.suggest_to_deputies(item=item, by=cast.committee, deputies=deputies, text="请提出")

    with pytest.raises(Refused, match="本事项属于本级"):
        suggest(ledger.opened(), county)
    upper = ledger.upper()
    for deputies, words in [((), "请选择"), ((county, city), "同一层级"), ((gone,), "在任"), ((county, gone), "在任")]:
        with pytest.raises(Refused, match=words):
            suggest(upper, *deputies)
    with pytest.raises(Refused, match="交本级单位办理"):
        services.assign_item(item=upper, by=cast.committee, unit=ledger.unit_of(cast.unit2), owner_name="示例")
    suggest(upper, city)
    assert LedgerItem.objects.get(pk=upper.pk).suggestions.get().level == "city"


def test_a_deputy_answers_the_own_request_only_and_does_nothing_else(cast: Cast) -> None:
    item = ledger.suggested(cast)
    other = AskedDeputy.objects.exclude(deputy__user=cast.deputy).get()
    with pytest.raises(PermissionDenied):
        services.propose_suggestion(asked=other, by=cast.deputy, outside_number="第1号")
    with pytest.raises(PermissionDenied):
        services.propose_suggestion(asked=asked(item, cast.deputy), by=cast.member, outside_number="第1号")
    services.propose_suggestion(asked=asked(item, cast.deputy), by=cast.deputy, outside_number="第1号")
    for act in (
        lambda: services.complete_item(item=item, by=cast.deputy),
        lambda: services.close_off_item(item=item, by=cast.deputy, evidence="x"),
        lambda: services.record_outside_reply(item=item, by=cast.deputy, unit_name="x", kind="done", text="x"),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_when_all_decline_the_committee_explains_and_a_late_change_of_mind_counts(cast: Cast) -> None:
    item = ledger.suggested(cast)
    services.decline_suggestion(asked=asked(item, cast.deputy), by=cast.deputy, reason="已有同类建议")
    with pytest.raises(Refused, match="还有代表没有答复"):
        services.conclude_without_suggestion(item=item, by=cast.committee, kind="cannot", text="说明")
    other = AskedDeputy.objects.exclude(deputy__user=cast.deputy).get()
    services.decline_suggestion(asked=other, by=cast.committee, reason="本人书面答复不提出")
    other.refresh_from_db()
    assert (other.is_proxy, other.answered_by) == (True, cast.committee)
    with pytest.raises(Refused, match="暂不能解决"):
        services.conclude_without_suggestion(item=item, by=cast.committee, kind="done", text="说明")
    services.conclude_without_suggestion(item=item, by=cast.committee, kind="cannot", text="暂未列入规划。")
    item.refresh_from_db()
    assert (item.state, close_off_obstacles(item)) == (State.REPLIED, [])
    with pytest.raises(Refused, match="当前为"):
        services.propose_suggestion(asked=asked(item, cast.deputy), by=cast.deputy, outside_number="第1号")


def test_the_reason_of_a_deputy_and_the_name_stay_inside(cast: Cast, client: Any) -> None:
    item = ledger.suggested(cast)
    services.decline_suggestion(asked=asked(item, cast.deputy), by=cast.deputy, reason="不便公开的理由")
    page = client.get(item.get_absolute_url()).content.decode()
    assert ("不便公开的理由" in page, "人大代表示例" in page, "商请湘乡市人大代表2位" in page) == (False, False, True)


def test_taken_back_it_goes_another_way_and_can_be_asked_again(cast: Cast) -> None:
    item = ledger.suggested(cast)
    first = asked(item, cast.deputy)
    services.take_back_item(item=item, by=cast.committee, reason="改请设区的市代表提出")
    item.refresh_from_db()
    assert (item.state, item.routing, told(cast.deputy, item)[-1]) == (
        State.ASSIGNING, "", "商请提出代表建议的事项已收回",
    )  # fmt: skip
    with pytest.raises(PermissionDenied):
        services.propose_suggestion(asked=first, by=cast.deputy, outside_number="第1号")
    ledger.suggested(cast, item=item, deputies=[ledger.deputy(level="city", name="市代表示例")])
    assert item.suggestions.count() == 2


def test_a_dissatisfied_proposer_of_a_suggestion_is_heard_by_the_committee_at_once(cast: Cast) -> None:
    item = ledger.answered_elsewhere(cast).item
    services.complete_item(item=item, by=cast.committee)
    services.rate_reply(item=item, by=cast.resident, value="dissatisfied", reason="没有动工")
    item.refresh_from_db()
    assert (item.state, item.leg) == (State.DECIDING, 1)
    services.decide_after_dissatisfaction(item=item, by=cast.committee, reworks=True, reason="再次商请")
    item.refresh_from_db()
    assert (item.state, item.leg, item.routing, item.suggestions.filter(ended_on=None).count()) == (
        State.ASSIGNING, 2, "", 0,
    )  # fmt: skip


def test_an_objection_that_is_accepted_routes_it_anew(cast: Cast) -> None:
    item = ledger.answered_elsewhere(cast).item
    services.complete_item(item=item, by=cast.committee)
    services.rate_reply(item=item, by=cast.resident, value="satisfied")
    services.close_off_item(item=item, by=cast.director, evidence="核查属实")
    objection = services.object_to_close_off(item=item, by=cast.resident2, reason="没有完工")
    services.decide_objection(objection=objection, by=cast.committee, is_accepted=True, reason="属实")
    item.refresh_from_db()
    assert (item.state, item.leg) == (State.ASSIGNING, 2)


def test_the_hotline_tells_the_parties_and_what_comes_back_ends_as_any_other_matter(cast: Cast) -> None:
    item = ledger.opened(proposers=(cast.resident,))
    services.hand_to_hotline(item=item, by=cast.committee, ticket_number="示例-1", reason="需即时处理")
    item.refresh_from_db()
    assert (item.state, item.routing, told(cast.resident, item)) == (
        State.HOTLINE, Routing.HOTLINE, ["您提出的事项已转12345热线"],
    )  # fmt: skip
    soon = timezone.localdate() + timedelta(days=9)
    services.record_outside_reply(
        item=item, by=cast.committee, unit_name="12345热线", kind="planned", text="已派单。",
        commitments=[("修复路面", soon)],
    )  # fmt: skip
    services.complete_item(item=item, by=cast.committee)
    services.rate_reply(item=item, by=cast.resident, value="satisfied")
    with pytest.raises(Refused, match="1项承诺未落实"):
        services.close_off_item(item=item, by=cast.director, evidence="核查")
    services.end_commitment(commitment=item.commitments.get(), by=cast.committee, is_delivered=True, note="已修复")
    services.close_off_item(item=item, by=cast.director, evidence="核查")
    item.refresh_from_db()
    assert (item.state, clock_of(item).due) == (State.CLOSED_OFF, None)


@pytest.mark.parametrize("is_bound", [True, False])
def test_the_meeting_and_the_written_reports_bind_only_where_the_document_does(cast: Cast, is_bound: bool) -> None:
    """X22 and X24 are of 湘乡 alone; elsewhere nothing stands in the way."""
    if is_bound:
        apply_preset(division=subdistrict(), preset="xiangxiang")
    item = ledger.proposed(cast)
    answer: dict[str, Any] = {"unit_name": "示例单位", "kind": "done", "text": "已完工。"}
    if is_bound:
        with pytest.raises(Refused, match="见面沟通"):
            services.record_outside_reply(item=item, by=cast.committee, **answer)
        answer["met_on"] = timezone.localdate()
    services.record_outside_reply(item=item, by=cast.committee, **answer)
    assert len(close_off_obstacles(item)) == (2 if is_bound else 0)

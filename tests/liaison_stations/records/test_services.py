"""Recording a day and what becomes of a record: rows, trail, outbox, and what is refused."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from liaison_stations.deputies.selectors import performance_of
from liaison_stations.receptions.models import ReceptionSession
from liaison_stations.receptions.services import book
from liaison_stations.records import services
from liaison_stations.records.models import ReceptionRecord
from liaison_stations.records.selectors import absent_visitors, figures_by_month, figures_of, matters_of_deputies
from liaison_stations.records.services import NewRecord, Outcome
from participation.evaluations.models import Rater
from participation.ledger.models import LedgerItem, Party, ReplyRound
from participation.ledger.services import assign_item, complete_item, feed_back, rate_reply, sign_for_item
from participation.moderation.rules import Refused
from participation.proposals.models import Author, Proposal
from portal.accounts.models import RoleAssignment, User
from portal.follows.models import Follow
from portal.idempotency.services import KeyReused
from portal.outbox.models import Message
from portal.trail.models import Entry
from tests.conftest import Cast
from tests.factories import ledger
from tests.factories import receptions as stations
from tests.factories import records as make
from tests.factories.proposals import other_subdistrict

pytestmark = pytest.mark.django_db
KEY = "k" * 20


def steps(record: ReceptionRecord) -> list[str]:
    return list(Entry.objects.filter(subject_key=record.number).order_by("pk").values_list("verb", flat=True))


def told(record: ReceptionRecord) -> set[str]:
    rows = Message.objects.filter(subject_key=record.number).select_related("recipient")
    return {row.recipient.username for row in rows}


def test_a_day_is_saved_once_however_often_it_is_sent(cast: Cast) -> None:
    rows = (make.new(), make.new("楼道堆放杂物，请清理", people=3))
    first = make.day(cast, *rows, key=KEY)
    assert make.day(cast, *rows, key=KEY) == first
    assert [each[-6:] for each in first] == ["000001", "000002"]
    with pytest.raises(KeyReused):
        make.day(cast, make.new("别的内容别的内容"), key=KEY)
    assert ReceptionRecord.objects.count() == 2
    [record] = ReceptionRecord.objects.filter(number=first[0])
    session = make.session(cast)
    assert list(record.deputies.all()) == list(session.hosts.all())
    assert steps(record) == ["record"]


def test_one_wrong_row_saves_nothing_and_draws_no_number(cast: Cast) -> None:
    wrong = make.new("楼道堆放杂物", outcome=Outcome("answer", "已解决"))
    with pytest.raises(Refused, match="第2行"):
        make.day(cast, make.new(), wrong, key=KEY)
    assert ReceptionRecord.objects.count() == 0
    assert make.record(cast).number.endswith("000001")  # the key and the numbers are free again


def test_nobody_is_recorded_before_the_day_or_by_the_clerk_of_another_station(cast: Cast) -> None:
    ahead = stations.published(cast)
    with pytest.raises(Refused):
        make.day(cast, make.new(), at=ahead)
    ReceptionSession.objects.filter(pk=ahead.pk).update(date=timezone.localdate())
    assert len(make.day(cast, make.new(), at=ahead)) == 1
    elsewhere = User.objects.create(username="clerk_elsewhere")
    RoleAssignment.objects.create(
        user=elsewhere, role="clerk", division=other_subdistrict(), starts_on=date(2020, 1, 1)
    )
    record = ReceptionRecord.objects.get()
    for call in (
        lambda: services.record_day(session=ahead, by=elsewhere, form_key=KEY, rows=[make.new()]),
        lambda: services.answer_on_the_spot(record=record, by=elsewhere, answer="已反映"),
        lambda: services.view_contact(record=record, by=elsewhere),
        lambda: services.answer_on_the_spot(record=record, by=cast.deputy, answer="已反映"),
    ):
        with pytest.raises(PermissionDenied):
            call()


def test_a_ledger_item_hears_the_visitor_as_a_party_and_the_deputies_follow_it(cast: Cast) -> None:
    deputy = stations.deputy(cast, user=cast.deputy)
    session = stations.held(cast, deputy)
    record = make.record(cast, at=session, name="示例甲", phone="13800138000")
    with pytest.raises(Refused):  # public words name nobody
        services.open_as_item(record=record, by=cast.clerk, title="示例甲家门口路灯不亮")
    done = services.open_as_item(record=record, by=cast.clerk, title="东门路灯不亮，电话13800138000")
    item = LedgerItem.objects.get()
    assert (done.item, item.source, item.raised_on) == (item, "reception", session.date)
    assert "13800138000" not in item.title
    party = Party.objects.get()
    assert (party.name, party.phone, party.capacity, party.user) == ("示例甲", "13800138000", "visitor", None)
    assert steps(done) == ["record", "open_item"]
    assert told(done) == {"clerk", "deputy"}  # the clerk is asked to phone
    assert [(each.name, each.telephone) for each in absent_visitors(done.number)] == [("示例甲", "13800138000")]
    assert list(Follow.objects.values_list("user__username", "subject_kind", "subject_key")) == [
        ("deputy", "ledger_item", item.reference)
    ]
    assert done.progress == str(item.get_state_display())
    with pytest.raises(Refused):  # from here on the ledger's state is the progress
        services.void_record(record=done, by=cast.clerk, reason="误录")


def test_whoever_booked_with_an_account_is_told_in_the_site(cast: Cast) -> None:
    session = stations.published(cast, capacity=3)
    booking = book(session=session, slot=0, by=cast.resident)
    ReceptionSession.objects.filter(pk=session.pk).update(date=timezone.localdate())
    session.refresh_from_db()
    record = make.record(cast, at=session, booking=booking)
    services.open_as_item(record=record, by=cast.clerk, title="东门路灯不亮")
    assert (Party.objects.get().user, told(record)) == (cast.resident, {"resident"})
    [row] = services.export_own(cast.resident)
    assert (row["number"], row["said"]) == (record.number, record.said)
    services.empty_own(cast.resident)
    record.refresh_from_db()
    assert (record.name, record.phone, record.phone_index, "路灯" in record.said) == ("", "", None, False)


def test_answers_proposals_diversions_and_voids(cast: Cast) -> None:
    answered = make.record(cast)
    with pytest.raises(Refused):
        services.answer_on_the_spot(record=answered, by=cast.clerk, answer="路灯已解决")
    services.answer_on_the_spot(record=answered, by=cast.clerk, answer="已反映给社区，本周去看")
    proposed = services.open_as_proposal(
        record=make.record(cast, phone="13800138000"), by=cast.clerk, body="建议在东门增设两盏路灯"
    )
    assert (proposed.proposal, proposed.proposal and proposed.proposal.channel) == (Proposal.objects.get(), "walk_in")
    words = Message.objects.get(subject_key=proposed.number, recipient=cast.clerk)
    assert (proposed.handed_to in words.body, "东门" in words.title + words.body) == (True, False)
    diverted = services.divert_record(record=make.record(cast), by=cast.clerk, channel="arbitration")
    voided = services.void_record(record=make.record(cast), by=cast.clerk, reason="重复录入")
    rows = {row.pk: row.state for row in ReceptionRecord.objects.all()}
    assert rows == {
        answered.pk: "answered", proposed.pk: "proposed", diverted.pk: "diverted", voided.pk: "voided",
    }  # fmt: skip
    with pytest.raises(Refused):
        services.divert_record(record=make.record(cast), by=cast.clerk, channel="nowhere")


def test_figures_count_held_sessions_only(cast: Cast) -> None:
    deputy = stations.deputy(cast)
    held = stations.held(cast, deputy)
    make.day(cast, make.new(people=3), make.new(outcome=Outcome("answer", "已反映")), make.new(), make.new(), at=held)
    [*_others, last] = ReceptionRecord.objects.order_by("pk")
    services.void_record(record=last, by=cast.clerk, reason="重复录入")
    open_ = stations.published(cast, deputy, at=stations.desk(), days=12)
    ReceptionSession.objects.filter(pk=open_.pk).update(date=timezone.localdate())
    make.day(cast, make.new(people=9), at=ReceptionSession.objects.get(pk=open_.pk))
    today = timezone.localdate()
    since = today - timedelta(days=40)
    figures = figures_of(held.division, since, today)
    assert (figures.held, figures.visitors, figures.matters, figures.answered, figures.waiting) == (1, 5, 3, 1, 2)
    assert matters_of_deputies([deputy.pk], since, today) == {deputy.pk: 3}
    assert figures_by_month(held.division, since, today) == {(held.date.year, held.date.month): figures}
    shown = {str(each.label): each.whole for each in performance_of(deputy)}
    assert (shown["接待群众"], shown["听取意见"]) == (5, 3)


def test_revising_keeps_words_out_of_the_trail(cast: Cast) -> None:
    record = make.record(cast, name="示例甲", phone="13800138000")
    services.revise_record(record=record, by=cast.clerk, said="小区西门的路灯坏了", phone="13900139000")
    record.refresh_from_db()
    assert (record.said, record.phone) == ("小区西门的路灯坏了", "13900139000")
    assert Entry.objects.get(subject_key=record.number, verb="revise").detail == {"fields": ["phone", "said"]}


def test_a_row_may_name_only_who_came(cast: Cast) -> None:
    stranger = stations.deputy(cast, "代表示例乙")
    with pytest.raises(Refused):
        make.day(cast, NewRecord(said="小区门口的路灯坏了", deputies=(stranger,)))


def raters_of(item: LedgerItem) -> Any:
    rounds = ReplyRound.objects.filter(reply__item=item, source="resident").values("round")
    return Rater.objects.filter(round__in=rounds)


def test_visitor_and_deputy_both_hear_and_the_visitor_rates_in_the_ledger(cast: Cast) -> None:
    session = stations.published(cast, stations.deputy(cast, user=cast.deputy), capacity=3)
    booking = book(session=session, slot=0, by=cast.resident)
    ReceptionSession.objects.filter(pk=session.pk).update(date=timezone.localdate())
    record = make.record(cast, at=ReceptionSession.objects.get(pk=session.pk), booking=booking)
    done = services.open_as_item(record=record, by=cast.clerk, title="东门路灯不亮")
    assert told(done) == {"resident", "deputy"}
    item = assign_item(item=done.item, by=cast.committee, unit=ledger.unit_of(cast.unit), owner_name="示例责任人")
    item = ledger.replied(cast, item=sign_for_item(item=item, by=cast.unit)).item
    heard = Message.objects.filter(subject_key=item.reference, recipient__in=[cast.resident.pk, cast.deputy.pk])
    assert set(heard.values_list("recipient__username", flat=True)) == {"resident", "deputy"}
    complete_item(item=item, by=cast.unit)
    assert list(raters_of(item).values_list("user__username", flat=True)) == ["resident"]
    rate_reply(item=item, by=cast.resident, value="satisfied")


def test_a_visitor_without_an_account_is_rated_for_by_phone(cast: Cast) -> None:
    record = services.open_as_item(
        record=make.record(cast, name="示例甲", phone="13800138000"), by=cast.clerk, title="东门路灯不亮"
    )
    item = assign_item(item=record.item, by=cast.committee, unit=ledger.unit_of(cast.unit), owner_name="示例责任人")
    item = ledger.replied(cast, item=sign_for_item(item=item, by=cast.unit)).item
    feed_back(item=item, by=cast.unit, party=Party.objects.get(), way="phone")
    complete_item(item=item, by=cast.unit)
    assert list(raters_of(item).values_list("key", flat=True)) == [f"party:{Party.objects.get().pk}"]


def test_a_proposal_of_a_visitor_with_an_account_is_theirs(cast: Cast) -> None:
    session = stations.published(cast, capacity=3)
    booking = book(session=session, slot=0, by=cast.resident)
    ReceptionSession.objects.filter(pk=session.pk).update(date=timezone.localdate())
    record = make.record(cast, at=ReceptionSession.objects.get(pk=session.pk), booking=booking)
    done = services.open_as_proposal(record=record, by=cast.clerk, body="建议在东门增设两盏路灯")
    assert done.proposal is not None
    assert (done.proposal.author, done.proposal.entered_by) == (cast.resident, cast.clerk)
    assert Author.objects.get(proposal=done.proposal).phone == ""

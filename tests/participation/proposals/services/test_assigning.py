"""An adopted proposal goes on in the ledger: who is owed an answer, what it shows, what it may no longer do."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from participation.ledger import services as ledger_services
from participation.ledger.models import LedgerItem
from participation.ledger.selectors import cases_of, clock_of
from participation.ledger.states import State as LedgerState
from participation.moderation.rules import Refused
from participation.proposals import services
from participation.proposals.models import Proposal
from portal.jurisdictions.models import TermsPeriod
from tests.conftest import Cast
from tests.factories import ledger
from tests.factories import proposals as make

pytestmark = pytest.mark.django_db


def adopted(cast: Cast, route: str = "quick", level: str = "own", **fields: Any) -> Proposal:
    row = services.start_screening(proposal=make.published(cast.resident, cast.moderator, **fields), by=cast.committee)
    return services.adopt_proposal(proposal=row, by=cast.director, route=route, matter_level=level)


def assign(cast: Cast, row: Proposal) -> Any:
    unit = ledger.unit_of(cast.unit)
    return ledger_services.assign_item(item=row.ledger_item, by=cast.committee, unit=unit, owner_name="示例责任人")


@pytest.mark.parametrize(
    ("route", "level", "is_opened"),
    [
        ("quick", "own", True), ("micro_deed", "own", True), ("deputy_suggestion", "upper", True),
        ("topic", "own", False), ("livelihood", "own", False), ("reference", "own", False),
    ],
)  # fmt: skip
def test_the_route_decides_whether_an_item_is_opened(cast, route, level, is_opened):
    assert (adopted(cast, route, level).ledger_item is not None) == is_opened


def test_the_item_carries_the_released_words_and_the_authors(cast):
    row = adopted(cast, title="路灯坏了，电话13800138000")
    item = row.ledger_item
    assert (item.title, item.summary, item.source_key, item.state) == (row.title, row.body, row.number, "assigning")
    assert "13800138000" not in item.title
    assert [party.user for party in item.parties.all()] == [cast.resident]


def test_a_confidential_proposal_opens_a_confidential_item(cast):
    item = adopted(cast, is_confidential=True).ledger_item
    assert (item.is_confidential, item.summary, str(item.public_title)) == (True, "", "保密件")


def test_a_later_merge_adds_its_author_to_the_parties(cast):
    row = adopted(cast)
    other = make.submitted(cast.resident2, title="同一盏灯")
    services.merge_proposal(proposal=other, by=cast.moderator, target=row)
    assert {party.user for party in row.ledger_item.parties.all()} == {cast.resident, cast.resident2}


def test_hiding_and_restoring_take_the_item_along(cast, client: Client):
    row = adopted(cast)
    address = row.ledger_item.get_absolute_url()
    services.hide_proposal(proposal=row, by=cast.moderator, reason="含个人信息")
    assert client.get(address).status_code == 404
    services.restore_proposal(proposal=row, by=cast.director, reason="没有")
    assert client.get(address).status_code == 200


def test_it_shows_the_items_stage_from_assignment_on(cast, client: Client):
    row = adopted(cast)
    assert (row.is_assigned, row.shown_state) == (False, "已采纳")
    item = assign(cast, row)
    row = Proposal.objects.get(pk=row.pk)
    assert (row.is_assigned, row.shown_state) == (True, "已交办")
    ledger_services.sign_for_item(item=item, by=cast.unit)
    assert Proposal.objects.get(pk=row.pk).shown_state == "办理中"
    page = client.get(row.get_absolute_url())
    assert item.reference in page.content.decode()
    assert [str(step["label"]) for step in page.context["steps"]][4:] == ["交办", "办理", "答复", "评价", "销号"]
    for state, found in (("assigned", [row]), ("adopted", [])):
        assert list(client.get("/proposals/", {"state": state}).context["page"]) == found


def test_it_is_withdrawn_before_but_not_after_it_was_assigned(cast):
    first = adopted(cast, "deputy_suggestion", "upper")
    services.withdraw_proposal(proposal=first, by=cast.resident)
    first.ledger_item.refresh_from_db()
    assert (first.ledger_item.state, first.ledger_item.is_public) == (LedgerState.VOIDED, False)
    second = adopted(cast, "deputy_suggestion", "upper", title="另一件")
    second.ledger_item.state = LedgerState.SUGGESTED
    second.ledger_item.save()
    with pytest.raises(PermissionDenied):
        services.withdraw_proposal(proposal=Proposal.objects.get(pk=second.pk), by=cast.resident)


def test_what_was_assigned_is_not_voided(cast):
    row = adopted(cast)
    assign(cast, row)
    with pytest.raises(Refused, match="已交办"):
        services.void_proposal(proposal=Proposal.objects.get(pk=row.pk), by=cast.director, reason="重复")


# --- What came with an import, and what was adopted before there was a ledger ------------------------------------
def adopted_import(cast: Cast, *, route: str = "quick") -> Proposal:
    row = make.imported(is_public=True, tells_replies=True)
    services.start_screening(proposal=row, by=cast.committee)
    return services.adopt_proposal(proposal=row, by=cast.director, route=route, matter_level="own")


def test_an_adopted_import_goes_on_in_the_loop_with_the_same_number(cast):
    row = make.imported(is_public=True, tells_replies=True)
    reference = row.ledger_item.reference
    services.start_screening(proposal=row, by=cast.committee)
    item = services.adopt_proposal(proposal=row, by=cast.director, route="quick", matter_level="own").ledger_item
    assert (item.reference, item.state, item.taken_up_on) == (reference, LedgerState.ASSIGNING, timezone.localdate())
    item = assign(cast, Proposal.objects.get(pk=row.pk))
    ledger_services.sign_for_item(item=item, by=cast.unit)
    ledger_services.draft_reply(item=item, by=cast.unit, kind="done", text="已经办好。")
    ledger_services.sign_reply(item=item, by=cast.unit)
    ledger_services.complete_item(item=item, by=cast.unit)
    ledger_services.close_off_item(item=item, by=cast.committee, evidence="核查属实")
    item.refresh_from_db()
    assert item.state == LedgerState.CLOSED_OFF


def test_an_imported_reply_and_its_day_stay_before_the_first_handling(cast, client: Client):
    row = make.imported(is_public=True, reply="当时的答复")
    item, day = row.ledger_item, row.replied_on
    ledger_services.take_up_imported_item(item=item, new=a_new_item(row), by=cast.committee)
    item.refresh_from_db()
    reply = item.replies.get()
    assert (item.state, item.replied_on, reply.leg, reply.signed_on) == (LedgerState.ASSIGNING, None, 0, day)
    [(_item, case)] = cases_of(LedgerItem.objects.filter(pk=item.pk))
    assert (case.starts_on, case.replied_on) == (item.raised_on, day)
    assert "当时的答复" in client.get(item.get_absolute_url()).content.decode()
    ledger.replied(cast, item=ledger_services.sign_for_item(item=assign(cast, row), by=cast.unit))
    assert [each.leg for each in item.replies.order_by("leg")] == [0, 1]


def test_the_promised_days_of_an_adopted_import_run_from_the_day_it_was_taken_up(cast):
    promise = {"value": 30, "is_confirmed": True, "note": ""}
    TermsPeriod.objects.create(division=make.subdistrict(), values={"resident_promise_days": promise})
    item = adopted_import(cast).ledger_item
    clock = clock_of(item)
    assert (clock.is_overdue, clock.due is not None and clock.due.date > timezone.localdate()) == (False, True)


def test_a_voided_import_that_was_taken_up_is_void_in_the_ledger_too(cast):
    row = adopted_import(cast)
    services.void_proposal(proposal=row, by=cast.director, reason="重复")
    row.ledger_item.refresh_from_db()
    assert row.ledger_item.state == LedgerState.VOIDED


def a_new_item(row: Proposal) -> ledger_services.NewItem:
    return ledger_services.NewItem(
        source="proposal", division=row.division, title=row.title, raised_on=timezone.localdate(row.submitted_at)
    )


def test_the_command_opens_what_was_adopted_before_once_and_in_its_division_only(cast, capsys):
    rows = [adopted(cast), adopted(cast, "topic", title="另一件")]
    Proposal.objects.filter(pk=rows[0].pk).update(ledger_item=None)
    LedgerItem.objects.filter(pk=rows[0].ledger_item.pk).update(source_key="", source_kind="")
    call_command("enter_adopted_in_ledger", division=make.other_subdistrict().key)
    call_command("enter_adopted_in_ledger", dry_run=True)
    assert Proposal.objects.filter(ledger_item=None).count() == 2
    call_command("enter_adopted_in_ledger", division=make.SUBDISTRICT)
    first = Proposal.objects.get(pk=rows[0].pk)
    assert first.ledger_item is not None and first.ledger_item.state == LedgerState.ASSIGNING
    capsys.readouterr()
    call_command("enter_adopted_in_ledger")
    assert capsys.readouterr().out == "已登记入台账：0件\n"

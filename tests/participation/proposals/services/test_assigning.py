"""An adopted proposal goes on in the ledger: who is owed an answer, what it shows, what it may no longer do."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from participation.ledger import services as ledger_services
from participation.ledger.states import State as LedgerState
from participation.moderation.rules import Refused
from participation.proposals import services
from participation.proposals.models import Proposal
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

"""登记事项: a matter by hand, once, with whoever must hear of it; the committee's alone."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from participation.ledger.models import LedgerItem
from portal.idempotency.rules import new_key
from tests.conftest import Cast
from tests.factories.proposals import subdistrict

from .conftest import Enter

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ADD = "/admin/ledger/items/add/"


def typed(**fields: Any) -> dict[str, Any]:
    place, today = subdistrict().pk, timezone.localdate().isoformat()
    return {"form_key": new_key(), "source": "member_opinion", "division": place, "title": "公交站没有雨棚",
            "raised_on": today, **fields}  # fmt: skip


def test_a_member_s_opinion_is_entered_once_with_its_proposers(cast: Cast, staff: Enter) -> None:
    data = typed(summary="请联系13912345678", name_1="示例代表", phone_1="１３８ 0000 0000", capacity_1="member")
    answers = [staff("committee").post(ADD, data) for _time in range(2)]
    item = LedgerItem.objects.get()
    address = reverse("ledger_admin:item", args=[item.pk])
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, address)] * 2
    assert (item.state, item.source, item.is_public, "13912345678" in item.summary) == (
        "assigning", "member_opinion", True, False,
    )  # fmt: skip
    party = item.parties.get()
    assert (party.name, party.phone, party.capacity, party.added_by) == (
        "示例代表", "13800000000", "member", cast.committee,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"source": "import"}, "请从列表中选择"),
        ({"title": " "}, "请填写事项。"),
        ({"raised_on": "2099-01-01"}, "日期不能晚于今天。"),
        ({"is_confidential": "on"}, "请填写不公开的理由。"),
        ({"division": "1"}, "请从列表中选择"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    cast: Cast, staff: Enter, fields: dict[str, Any], sentence: str
) -> None:
    answer = staff("committee").post(ADD, typed(summary="写好的内容", **fields))
    text = answer.content.decode()
    assert (answer.status_code, sentence in text, "写好的内容" in text) == (422, True, True)
    assert LedgerItem.objects.count() == 0


def test_a_unit_enters_nothing(cast: Cast, staff: Enter) -> None:
    assert staff("unit").post(ADD, typed()).status_code in (302, 403)
    assert LedgerItem.objects.count() == 0


def test_what_a_confidential_matter_says_is_kept_inside(cast: Cast, staff: Enter) -> None:
    data = typed(summary="家里的难处", is_confidential="on", confidential_reason="涉及个人隐私")
    for _time in range(2):
        assert staff("committee").post(ADD, data).status_code == 302
    item = LedgerItem.objects.get()
    assert (item.summary, [note.text for note in item.internal_notes.all()]) == ("", ["家里的难处"])

"""Reply templates: merge fields filled from the item, unknown ones refused at saving, each to its own."""

import pytest

from participation.ledger.models import ReplyTemplate
from participation.ledger.rules.merging import merged, problems_of
from tests.conftest import Cast
from tests.factories import ledger

from .conftest import Enter, page

ADD = "/admin/ledger/templates/add/"
TEXT = "{提出人称呼}：\n您提出的“{事项}”（{编号}）由{单位}办理。"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (TEXT, []),
        ("没有字段", []),
        ("{电话}", ["没有“{电话}”这个字段，可用的有{编号}、{事项}、{单位}、{提出人称呼}。"]),
        ("{编号", ["有不成对的花括号。"]),
        ("｛编号｝和{ 事项 }", []),
    ],
)
def test_an_unknown_field_is_told(text: str, problems: list[str]) -> None:
    assert problems_of(text) == problems


def test_what_is_filled_in_is_not_read_as_a_field_again() -> None:
    assert merged("{事项}", {"事项": "{编号}", "编号": "1"}) == "{编号}"


@pytest.mark.django_db
def test_an_unknown_field_is_refused_at_saving_and_keeps_what_was_typed(cast: Cast, staff: Enter) -> None:
    data = {"owner": f"d{ledger.subdistrict().pk}", "name": "一般答复", "text": "请打{电话}", "is_active": "on"}
    response = staff("committee").post(ADD, data)
    content = response.content.decode()
    assert (response.status_code, ReplyTemplate.objects.count()) == (422, 0)
    assert ("没有“{电话}”这个字段" in content, "请打{电话}" in content) == (True, True)


@pytest.mark.django_db
def test_a_template_fills_the_draft_below_what_was_typed(cast: Cast, staff: Enter) -> None:
    staff("committee").post(
        ADD, {"owner": f"d{ledger.subdistrict().pk}", "name": "一般答复", "text": TEXT, "is_active": "on"}
    )
    template = ReplyTemplate.objects.get()
    item = ledger.handling(cast)
    typed = {"action": "draft_reply", "merge": "1", "draft_reply-text": "已写的话", "draft_reply-kind": "done",
             "draft_reply-template": template.pk}  # fmt: skip
    content = staff("unit").post(page(item), typed).content.decode()
    surname = cast.resident.real_name[:1]
    assert f"已写的话\n{surname}同志：\n您提出的“{item.title}”（{item.reference}）由" in content
    assert item.replies.count() == 0


@pytest.mark.django_db
def test_a_units_template_is_its_own(cast: Cast, staff: Enter) -> None:
    mine, theirs = ledger.unit_of(cast.unit), ledger.unit_of(cast.unit2)
    data = {"name": "本单位答复", "text": "话", "is_active": "on"}
    assert staff("unit").post(ADD, {**data, "owner": f"u{mine.pk}"}).status_code == 302
    assert staff("unit").post(ADD, {**data, "owner": f"u{theirs.pk}"}).status_code == 422
    row = ReplyTemplate.objects.get()
    assert (row.unit, staff("unit2").get(f"/admin/ledger/templates/{row.pk}/").status_code) == (mine, 404)
    item = ledger.handling(cast)
    assert "本单位答复" in staff("unit").get(page(item)).content.decode()

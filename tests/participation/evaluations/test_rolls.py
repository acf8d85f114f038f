"""A roll that came as a table: what is read, whom it means, and what is refused in which cell."""

import io
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from participation.evaluations.imports import read_roll, roll_template
from participation.evaluations.selectors import match_roll
from portal.tables.imports import UnreadableWorkbook
from tests.conftest import Cast
from tests.factories.proposals import other_subdistrict, subdistrict

RESIDENT, MEMBER = "13800000001", "13800000003"


def workbook(*rows: list[Any]) -> bytes:
    book, target = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(target)
    return target.getvalue()


def csv(text: str, encoding: str = "utf-8-sig") -> bytes:
    return text.encode(encoding)


@pytest.mark.parametrize(
    "content",
    [
        csv("手机号,用户名,姓名\n13800000001,,张示例\n\n,member,\n"),
        csv("手机号;用户名;姓名\r\n138 0000 0001;;张示例\r\n;member;\r\n", "gb18030"),
        workbook(["评价名册"], ["手机号", "用户名", "姓名"], [13800000001, None, "张示例"], [None, "member", None]),
        workbook(["用户名", "序号", "联系电话", "姓名"], ["", 1, "+86 138-0000-0001", "张示例"], ["member", 2, "", ""]),
    ],
)
def test_a_roll_is_read_as_offices_write_it(content: bytes) -> None:
    rows, errors = read_roll(content)
    assert [(row.phone, row.username, row.name) for row in rows] == [(RESIDENT, "", "张示例"), ("", "member", "")]
    assert errors == []


def test_the_template_can_be_filled() -> None:
    with pytest.raises(UnreadableWorkbook, match="没有内容"):
        read_roll(roll_template())
    book, target = load_workbook(io.BytesIO(roll_template())), io.BytesIO()
    book.worksheets[0].append([RESIDENT])
    book.save(target)
    assert [row.phone for row in read_roll(target.getvalue())[0]] == [RESIDENT]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "文件是空的"),
        (csv("姓名,单位\n张示例,甲\n"), "没有找到表头"),
        (csv("手机号,电话\n1,2\n"), "请只留一列"),
        (csv("手机号\n"), "没有内容"),
        (csv('手机号\n"13800000001\n'), "没有配对的引号"),
        (csv("东风社区选民名册\n手机号\n13800000001\n"), "不能用选民名册"),
        (csv("手机号,身份证号\n13800000001,\n"), "不能用选民名册"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "另存为 .xlsx"),
        (b"PK\x03\x04", "不是 Excel"),
        (csv("手机号\n" + "13800000001\n" * 2011), "超过 2000 行"),
    ],
)
def test_a_file_of_no_use_is_refused_as_a_whole(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableWorkbook, match=words):
        read_roll(content)


def test_what_cannot_be_read_is_told_by_cell() -> None:
    lines = ["手机号,用户名,姓名", "1380000,,", "1.38E+10,,", ",,张示例", "13800000001,,"]
    rows, errors = read_roll(csv("\n".join(lines)))
    assert [(error.cell, error.message[:8]) for error in errors] == [
        ("A2", "不是 11 位手"), ("A3", "手机号变成了科学"), ("A4", "手机号和用户名都"),
    ]  # fmt: skip
    assert [row.number for row in rows] == [5]


@pytest.mark.django_db
def test_people_are_found_by_phone_or_user_name_and_every_doubt_is_told_by_its_cell(cast: Cast) -> None:
    cast.clerk.contact_phone = "13900000009"
    cast.clerk.save()
    for person in (cast.editor, cast.community):
        person.contact_phone = "13900000008"
        person.save()
    lines = [
        "手机号,用户名,姓名",
        f"{MEMBER},,",
        ",member,",  # the same person
        "13900000009,,",  # the office knows the number, its owner has not proved it
        "13900000008,,",  # two share it
        "13900000008,editor,",
        "13711111111,,",  # nobody's
        ",nobody_here,",
        f"{MEMBER},committee,",  # two people in one line
        ",unit,",  # works for the unit that is rated
        ",director,李四",
    ]
    rows, _errors = read_roll(csv("\n".join(lines)))
    entries, errors = match_roll(rows, subdistrict(), barred=[cast.unit.pk])
    assert [entry.user for entry in entries] == [cast.member, cast.clerk, cast.editor]
    assert [(error.cell, error.message) for error in errors] == [
        ("B3", "与第2行是同一个人。"),
        ("A5", "本辖区有几个账号登记了这个手机号，请改写用户名。"),
        ("A7", "本辖区没有用这个手机号登记的账号。"),
        ("B8", "没有“nobody_here”这个用户名。"),
        ("A9", "手机号和用户名不是同一个账号。"),
        ("B10", "这位在被评价的单位任职，不能评价自己的单位，请从名册里删去。"),
        ("C11", "姓名与账号登记的姓名不一致。"),
    ]


@pytest.mark.django_db
def test_a_number_from_elsewhere_is_answered_like_one_that_nobody_has(cast: Cast) -> None:
    rows, _errors = read_roll(csv(f"手机号,用户名\n{RESIDENT},\n13711111111,\n,member\n"))
    entries, errors = match_roll(rows, other_subdistrict())
    assert (entries, len({error.message for error in errors[:2]})) == ([], 1)
    assert errors[2].message == "这个账号不属于本辖区（住址和任职都不在本辖区）。"


@pytest.mark.django_db
def test_a_long_roll_asks_as_often_as_a_short_one(cast: Cast, django_assert_num_queries: Any) -> None:
    short, _errors = read_roll(csv(f"手机号,用户名\n{MEMBER},\n,clerk\n"))
    long, _errors = read_roll(csv(f"手机号,用户名\n{MEMBER},\n{RESIDENT},\n,clerk\n,editor\n,director\n"))
    place = subdistrict()
    for rows in (short, long):
        with django_assert_num_queries(4):
            match_roll(rows, place)

"""The calendar is read by a library that did not write it."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import vobject

from liaison_stations.receptions.rules.announcement import Line, announcement
from liaison_stations.receptions.rules.ics import Entry, calendar_text

pytestmark = pytest.mark.once


def entry(**facts: Any) -> Entry:
    base: dict[str, Any] = {
        "uid": "abc", "starts": datetime(2026, 12, 3, 1, tzinfo=UTC), "ends": datetime(2026, 12, 3, 3, 30, tzinfo=UTC),
        "summary": "代表接待：望春门街道联络站", "place": "㮾梨街道1号，二楼",
        "description": "主题：停车；电梯\n第二行",
        "url": "https://portal.example/schedule/abc/", "changed": datetime(2026, 11, 22, tzinfo=UTC),
    }  # fmt: skip
    return Entry(**base | facts)


def read(*entries: Entry) -> Any:
    return vobject.readOne(calendar_text("望春门街道", entries, host="portal.example").decode())


def test_another_library_reads_what_was_written() -> None:
    event = read(entry()).vevent
    assert event.uid.value == "reception-abc@portal.example"
    assert event.dtstart.value == datetime(2026, 12, 3, 1, tzinfo=UTC)
    assert event.dtend.value == datetime(2026, 12, 3, 3, 30, tzinfo=UTC)
    assert event.summary.value == "代表接待：望春门街道联络站"
    assert event.location.value == "㮾梨街道1号，二楼"
    assert event.description.value == "主题：停车；电梯\n第二行"
    assert (event.sequence.value, event.status.value) == ("0", "CONFIRMED")


def test_a_cancelled_session_keeps_its_uid_and_says_so() -> None:
    event = read(entry(is_cancelled=True, sequence=3)).vevent
    assert event.uid.value == "reception-abc@portal.example"
    assert (event.sequence.value, event.status.value) == ("3", "CANCELLED")


def test_lines_end_as_the_standard_has_it_and_are_short() -> None:
    raw = calendar_text("长" * 80, [entry(description="长" * 400)], host="portal.example")
    lines = raw.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert b"\n" not in b"".join(lines)


def test_an_empty_calendar_is_still_one() -> None:
    assert read().version.value == "2.0"


def test_the_words_for_a_chat_group() -> None:
    lines = [
        Line(date(2026, 12, 3), time(9), time(11, 30), "主站", ("代表示例01",), ("法官",), "停车管理"),
        Line(date(2026, 12, 9), time(19), time(20), "园区点", note="已取消：场地停电"),
    ]
    text = announcement("望春门街道2026年12月接待安排", "每月“1+4”进站点接待群众", lines, phone="0731-00000000")
    assert text == (
        "【望春门街道2026年12月接待安排】\n每月“1+4”进站点接待群众\n\n"
        "12月3日（周四）09:00—11:30 主站\n  接待代表：代表示例01\n  同时到站：法官\n  主题：停车管理\n"
        "12月9日（周三）19:00—20:00 园区点\n  已取消：场地停电\n\n电话：0731-00000000"
    )

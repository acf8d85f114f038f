"""12345: answers from a sheet, refused by cell; a wrong number mended."""

import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from participation.moderation.rules import Refused
from participation.snaps import services
from participation.snaps.imports import read_feedback
from participation.snaps.models import SnapReport
from portal.trail.selectors import history_of
from tests.conftest import Cast
from tests.factories import snaps
from tests.factories.proposals import other_subdistrict

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def forwarded(cast: Cast, number: str, **fields: object) -> SnapReport:
    return services.forward_to_hotline(snap=snaps.reviewed(cast, **fields), by=cast.committee, hotline_number=number)


def sheet(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in (("随手拍反馈",), ("工单号", "办理结果", "办结日期", "编号"), *rows):
        book.active.append(row)  # type: ignore[union-attr]  # has a sheet
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_each_wrong_cell_is_named(cast: Cast) -> None:
    one, two, three = (forwarded(cast, number) for number in ("GD-1", "GD-2", "GD-2"))
    today = TODAY().isoformat()
    rows = [
        ("GD-9", "已修", today), ("GD-1", "", today), ("GD-1", "已修", "昨天"), ("GD-2", "已修", today),
        ("GD-1", "已修", TODAY() + timedelta(days=1)), ("GD-1", "已修", "2020-01-01"),
        ("GD-7", "已修", today, one.number),
        ("GD-2", "已修", today, two.number), ("", "已修", today, two.number), ("", "已修", today), ("GD-2", "", "", ""),
        ("GD-1", "字" * 1001, today), ("", "已修", today, "SP-000000000-2026-000009"),
    ]  # fmt: skip
    read, errors, before = read_feedback(sheet(*rows), "a.xlsx", [one, two, three])
    assert ([row.number for row in read], before) == ([two.number], 0)
    assert [error.cell for error in errors] == [
        "A3", "B4", "C5", "A6", "C7", "C8", "A9", "D11", "A12", "B14", "D15",
    ]  # fmt: skip


def test_a_sheet_is_shown_first_and_written_whole_once(client: Client, cast: Cast) -> None:
    one, two = forwarded(cast, "GD-1"), forwarded(cast, "20260301001")
    content = sheet(("gd-1", "已换灯泡，电话13800138000", TODAY()), (20260301001, "已清运", TODAY().isoformat()))
    client.force_login(cast.committee)
    address = reverse("snaps_admin:feedback_import")
    page = client.post(address, {"file": SimpleUploadedFile("a.xlsx", content)})
    signed = page.context["signed"]
    assert ("已换灯泡" in page.content.decode(), SnapReport.objects.filter(state="feedback").count()) == (True, 0)
    assert client.post(address, {"rows": signed}).status_code == 302
    rows = list(SnapReport.objects.order_by("pk").values_list("number", "state", "feedback_on"))
    assert rows == [(each.number, "feedback", TODAY()) for each in (one, two)]
    assert "13800138000" not in SnapReport.objects.get(pk=one.pk).feedback  # public words
    client.post(address, {"rows": signed})
    assert len([entry for entry in history_of("snap", one.number) if entry.verb == "receive_feedback"]) == 1
    again = client.post(address, {"file": SimpleUploadedFile("a.xlsx", content)}).content.decode()
    assert ("有2件以前已经登记过同样的反馈" in again, "确认导入" in again) == (True, "确认导入”" in again)


def test_the_sheet_of_another_street_changes_nothing(client: Client, cast: Cast) -> None:
    far = snaps.captured(cast.deputy, division=other_subdistrict())
    SnapReport.objects.filter(pk=far.pk).update(state="forwarded", hotline_number="GD-8")
    client.force_login(cast.committee)
    content = sheet(("GD-8", "已修", TODAY()))
    page = client.post(reverse("snaps_admin:feedback_import"), {"file": SimpleUploadedFile("a.xlsx", content)})
    words = page.content.decode()
    assert (page.status_code, "没有这个工单号，或者不在您的管辖范围" in words, far.number in words) == (
        422,
        True,
        False,
    )


def test_the_template_lists_what_waits_and_reads_back(client: Client, cast: Cast) -> None:
    snap = forwarded(cast, "GD-1", text="=1+1 路灯")
    client.force_login(cast.committee)
    content = client.get(reverse("snaps_admin:feedback_template")).content
    book = load_workbook(io.BytesIO(content))
    page = book.worksheets[0]
    assert ([cell.value for cell in page[2]][:2], page["D2"].data_type) == ([snap.number, "GD-1"], "s")
    page["E2"], page["F2"] = "已修好", TODAY()
    buffer = io.BytesIO()
    book.save(buffer)
    read, errors, _before = read_feedback(buffer.getvalue(), "a.xlsx", [snap])
    assert ([(row.number, row.feedback) for row in read], errors) == ([(snap.number, "已修好")], [])


def test_a_wrong_number_is_mended_with_a_reason_in_the_record(client: Client, cast: Cast) -> None:
    snap = forwarded(cast, "GD-1")
    for wrong in ({"hotline_number": "GD-1", "reason": "错"}, {"hotline_number": "GD-2", "reason": " "}):
        with pytest.raises(Refused):
            services.correct_hotline_number(snap=snap, by=cast.committee, **wrong)
    with pytest.raises(PermissionDenied):
        services.correct_hotline_number(snap=snap, by=cast.moderator, hotline_number="GD-2", reason="抄错一位")
    services.correct_hotline_number(snap=snap, by=cast.committee, hotline_number=" GD-2 ", reason="抄错一位")
    entry = list(history_of("snap", snap.number))[-1]
    assert (entry.verb, entry.reason, entry.detail) == (
        "correct_hotline_number", "抄错一位", {"from": "GD-1", "to": "GD-2"},
    )  # fmt: skip
    words = client.get(snap.get_absolute_url()).content.decode()
    assert ("GD-2" in words, "更正12345工单号" in words, "抄错一位" in words) == (True, True, True)
    with pytest.raises(Refused):
        services.correct_hotline_number(
            snap=snaps.reviewed(cast), by=cast.committee, hotline_number="GD-2", reason="没有转过"
        )

"""The staff screens: the grid keeps what was typed, a sheet is judged by cell, a clerk stays in the own station."""

import io
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from liaison_stations.receptions import services
from liaison_stations.receptions.imports import HEADINGS, read_month
from liaison_stations.receptions.models import ReceptionScheme, ReceptionSession, StationDocument
from portal.tables.imports import UnreadableWorkbook
from tests.conftest import Cast
from tests.factories import receptions as make
from tests.factories.proposals import other_subdistrict

pytestmark = pytest.mark.django_db


def grid(*rows: dict[str, Any]) -> dict[str, str]:
    """What the browser sends for these lines."""
    posted = {"action": "save", "rows": str(len(rows))}
    day = timezone.localdate() + timedelta(days=10)
    for number, row in enumerate(rows):
        line = {"day": day.isoformat(), "start": "9:00", "end": "11：30", "theme": "停车"} | row
        posted |= {f"row{number}-{name}": str(value) for name, value in line.items()}
    return posted


@pytest.fixture
def month(cast: Cast, client: Client) -> str:
    client.force_login(cast.clerk)
    day = timezone.localdate() + timedelta(days=10)
    return f"/admin/receptions/{make.desk().main.pk}/?month={day:%Y-%m}"


def test_the_grid_saves_names_as_they_are_typed(cast: Cast, client: Client, month: str) -> None:
    make.deputy(cast, "甲示例")
    make.deputy(cast, "乙示例")
    row = {"station": make.desk().main.pk, "hosts": "甲示例、乙示例", "guests": "法官、派出所所长（示例派出所）"}
    assert client.post(month, grid(row, {"day": "", "theme": ""})).status_code == 302
    session = ReceptionSession.objects.get()
    assert [str(each) for each in session.host_rows.all()] == ["甲示例", "乙示例"]
    assert [(each.role.code, each.post) for each in session.guest_rows.all()] == [
        ("judge", ""), ("police_chief", "示例派出所"),
    ]  # fmt: skip
    assert (session.start, session.end) == (time(9), time(11, 30))


def test_a_wrong_line_is_told_and_every_line_keeps_what_was_typed(cast: Cast, client: Client, month: str) -> None:
    make.deputy(cast, "甲示例")
    good, wrong = {"hosts": "甲示例"}, {"hosts": "没有这个人", "start": "25:00", "guests": "法官"}
    lines = [{"station": make.desk().main.pk} | each for each in (good, wrong)]
    answer = client.post(month, grid(*lines))
    page = answer.content.decode()
    assert (answer.status_code, ReceptionSession.objects.count()) == (422, 0)
    assert 'value="没有这个人"' in page and 'value="25:00"' in page and 'value="甲示例"' in page
    assert "时间应写作 09:00 的样子。" in page


def test_two_of_one_name_are_told_apart_by_their_level(cast: Cast, client: Client, month: str) -> None:
    make.deputy(cast, "同名示例")
    other = make.deputy(cast, "同名示例", level="city")
    line = {"station": make.desk().main.pk, "hosts": "同名示例"}
    assert client.post(month, grid(line)).status_code == 422
    assert client.post(month, grid(line | {"hosts": f"同名示例（{other.title}）"})).status_code == 302
    assert ReceptionSession.objects.get().hosts.get() == other


def test_a_clerk_has_no_door_to_another_station(cast: Cast, client: Client) -> None:
    other = make.desk(other_subdistrict(), sites=0)
    session = make.published(cast)
    session.sheet.save("sheet.pdf", SimpleUploadedFile("sheet.pdf", b"%PDF-1.4"))
    ReceptionSession.objects.filter(pk=session.pk).update(station=other.main)
    paper = StationDocument.objects.create(
        division=other.division, kind="plan", year=2026, title="内部", file="x.pdf", is_public=False,
        created_by=cast.director,
    )  # fmt: skip
    client.force_login(cast.clerk)
    start = f"/admin/receptions/{other.main.pk}/"
    for address in (
        start, f"{start}export/", f"{start}import/", f"{start}documents/", f"{start}scheme/",
        f"/admin/receptions/sessions/{session.key}/", f"/admin/receptions/sessions/{session.key}/sheet/",
        f"/admin/receptions/sessions/{session.key}/sign-in/", f"/admin/receptions/documents/{paper.pk}/",
    ):  # fmt: skip
        answer = client.get(address)
        assert (address, answer.status_code in (302, 403, 404)) == (address, True)
        if answer.status_code == 302:
            assert answer["Location"].startswith("/admin/")
    assert client.get(f"/schedule/documents/{paper.pk}/").status_code == 404
    assert other.main.title not in client.get("/admin/receptions/", follow=True).content.decode()
    assert client.post(start, grid({"station": other.main.pk})).status_code in (302, 403, 404)
    assert ReceptionSession.objects.count() == 1


def test_who_oversees_reads_and_changes_nothing(cast: Cast, client: Client) -> None:
    session = make.published(cast)
    client.force_login(cast.auditor)
    address = f"/admin/receptions/sessions/{session.key}/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"step": "cancel", "cancel-reason": "无"}).status_code in (302, 403)
    session.refresh_from_db()
    assert session.status == "published"


def workbook(*rows: list[Any]) -> bytes:
    book, target = Workbook(), io.BytesIO()
    for row in ([known[0] for known in HEADINGS.values()], *rows):
        book.active.append(row)
    book.save(target)
    return target.getvalue()


@pytest.mark.once
def test_a_sheet_is_read_as_stations_write_it() -> None:
    lines = [["12月3日", "9:00-11:30", "", "主站"], [date(2026, 12, 4), time(9), time(10), "主站"]]
    rows, errors = read_month(workbook(*lines), "", 2026, 12)
    assert (errors, [(row.day.day, row.start, row.end) for row in rows]) == (
        [], [(3, time(9), time(11, 30)), (4, time(9), time(10))]
    )  # fmt: skip


@pytest.mark.once
@pytest.mark.parametrize(
    ("row", "cell"),
    [
        (["2月30日", "9:00", "10:00", "主站"], "A2"),
        (["2026-11-03", "9:00", "10:00", "主站"], "A2"),
        (["2026-12-03", "上午", "10:00", "主站"], "B2"),
        (["2026-12-03", "9:00", "8:00", "主站"], "C2"),
        (["2026-12-03", "9:00", "10:00", ""], "D2"),
    ],
)
def test_what_is_wrong_in_a_sheet_is_named_by_its_cell(row: list[str], cell: str) -> None:
    _rows, errors = read_month(workbook(row), "", 2026, 12)
    assert [error.cell for error in errors] == [cell]


@pytest.mark.once
def test_a_sheet_without_its_heads_is_refused() -> None:
    book, target = Workbook(), io.BytesIO()
    book.active.append(["甲", "乙"])
    book.save(target)
    with pytest.raises(UnreadableWorkbook):
        read_month(target.getvalue(), "", 2026, 12)


def test_what_was_exported_can_be_imported_after_a_preview(cast: Cast, client: Client, month: str) -> None:
    session = make.planned(cast, make.deputy(cast, "甲示例"))
    main = make.desk().main.pk
    query = month.partition("?")[2]
    content = b"".join(client.get(f"/admin/receptions/{main}/export/?{query}").streaming_content)  # type: ignore[attr-defined]  # a file
    [_head, line] = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)  # type: ignore[union-attr]
    assert (line[0], line[3], line[5]) == (session.date.isoformat(), session.station.title, "甲示例")
    services.save_month(desk=make.desk(), rows=[], removed=[session.key], by=cast.clerk)
    address = f"/admin/receptions/{main}/import/?{query}"
    answer = client.post(address, {"file": SimpleUploadedFile("m.xlsx", content)})
    assert (answer.status_code, ReceptionSession.objects.count()) == (200, 0)
    client.post(address, {"rows": answer.context["signed"]})
    assert ReceptionSession.objects.get().hosts.get().name == "甲示例"


def exported(client: Client, address: str) -> tuple[str, Workbook]:
    """Where the month is imported, and its export as a workbook."""
    path, _mark, query = address.partition("?")
    content = b"".join(client.get(f"{path}export/?{query}").streaming_content)  # type: ignore[attr-defined]  # a file
    return f"{path}import/?{query}", load_workbook(io.BytesIO(content))


def sent_in(client: Client, address: str, book: Workbook) -> Any:
    target = io.BytesIO()
    book.save(target)
    return client.post(address, {"file": SimpleUploadedFile("m.xlsx", target.getvalue())})


def test_a_plan_filled_in_excel_comes_back_as_changes_and_not_twice(cast: Cast, client: Client, month: str) -> None:
    make.deputy(cast, "甲示例")
    public = make.published(cast, make.deputy(cast, "乙示例"), start=time(14), end=time(15))
    plan = make.planned(cast, capacity=3, slot_minutes=30)
    address, book = exported(client, month)
    sheet: Any = book.active
    for line in sheet.iter_rows(min_row=2):
        line[5].value = "甲示例"
    answer = sent_in(client, address, book)
    assert [cells[-1] for _number, cells in answer.context["lines"]] == ["修改", "已经公布，不改"]
    done = client.post(address, {"rows": answer.context["signed"]}, follow=True)
    assert "新增0场，修改1场。已经公布的1场没有改动。" in done.content.decode()
    hosts = {row.key: [each.name for each in row.hosts.all()] for row in ReceptionSession.objects.all()}
    assert hosts == {plan.key: ["甲示例"], public.key: ["乙示例"]}
    plan.refresh_from_db()
    assert (plan.capacity, plan.slot_minutes) == (3, 30)


def test_what_overlaps_in_a_sheet_is_shown_before_it_is_confirmed(cast: Cast, client: Client, month: str) -> None:
    make.planned(cast)
    address, book = exported(client, month)
    sheet: Any = book.active
    for cell, value in {"B2": "10:00", "C2": "11:00"}.items():
        sheet[cell] = value
    answer = sent_in(client, address, book)
    assert [cells[-1] for _number, cells in answer.context["lines"]] == ["新增"]
    [doubt] = answer.context["doubts"]
    assert "安排了两场接待，时间重叠。" in doubt and doubt in answer.content.decode()


def test_a_move_into_a_taken_time_keeps_what_was_typed_and_asks_for_a_tick(cast: Cast, client: Client) -> None:
    session = make.published(cast)
    make.planned(cast, days=12)
    client.force_login(cast.clerk)
    address = f"/admin/receptions/sessions/{session.key}/"
    day = (session.date + timedelta(days=2)).isoformat()
    typed = {"step": "move", "move-to": day, "move-start": "10:00", "move-end": "11:00", "move-reason": "会议改期"}
    answer = client.post(address, typed)
    page = answer.content.decode()
    assert (answer.status_code, 'name="move-accepts_clashes"' in page, 'value="会议改期"' in page) == (422, True, True)
    assert client.post(address, typed | {"move-accepts_clashes": "on"}).status_code == 302


def test_a_preset_is_adopted_changed_and_confirmed_on_its_screen(cast: Cast, client: Client) -> None:
    desk = make.desk()
    client.force_login(cast.director)
    address = f"/admin/receptions/{desk.main.pk}/scheme/"
    facts = {"preset": "A", "label": "每月接待", "starts_on": "2026-01-01"}
    assert client.post(address, facts | {"action": "preset"}).status_code == 302
    line = {"name": "主站", "min_count": "2", "venue_kind": "main", "host_role": "any", "guest_mode": "none",
            "count_unit": "sessions", "day_rule": "weekday:9", "min_hosts": ""}  # fmt: skip
    lines = {f"line0-{name}": value for name, value in line.items()} | {"lines": "1"}
    assert client.post(address, facts | lines | {"action": "lines"}).status_code == 422
    hosts = {"line0-day_rule": "每周三", "line0-min_hosts": "领导干部代表两名"}
    assert client.post(address, facts | lines | {"action": "lines"} | hosts).status_code == 422
    hosts["line0-min_hosts"] = "领导干部代表或上级代表1名、不限 4 人"
    assert client.post(address, facts | lines | {"action": "lines"} | hosts).status_code == 302
    page = client.get(address).content.decode()
    assert "每周三" in page and "weekday:3" not in page and "领导干部代表或上级代表1名、不限4名" in page
    client.post(address, {"action": "confirm"})
    scheme = ReceptionScheme.objects.get()
    assert ([(row.name, row.min_count) for row in scheme.requirements.all()], scheme.confirmed) == ([("主站", 2)], True)

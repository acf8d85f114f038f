"""The list of deputies: who serves where, what a workbook may bring in, and who keeps it."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook

from liaison_stations.deputies.imports import HEADINGS, deputies_template, read_deputies
from liaison_stations.deputies.models import Deputy, ElectoralDistrict
from liaison_stations.deputies.rules import DeputyRefused, is_in_office, title_of
from liaison_stations.deputies.selectors import deputies_in_scope, own_mandates, upper_deputies
from liaison_stations.deputies.services import import_deputies, let_go_of_account, save_deputy
from portal.tables.imports import UnreadableWorkbook
from portal.trail.models import Entry
from tests.conftest import Cast
from tests.factories import ledger
from tests.factories.proposals import other_subdistrict, subdistrict

HEAD = [known[0] for known in HEADINGS.values()]
GOOD = [
    "导入代表示例",
    "县（市、区）",
    "望春门街道",
    "第一选区",
    "第十八届",
    "2026年1月1日",
    "",
    "是",
    "联系城建",
    "deputy",
]
IMPORT = "/admin/deputies/import/"


def workbook(*rows: list[str], head: list[str] | None = None) -> bytes:
    book, target = Workbook(), io.BytesIO()
    for row in ([*HEAD] if head is None else head, *rows):
        book.active.append(row)
    book.save(target)
    return target.getvalue()


def changed(**values: str) -> list[str]:
    return [values.get(key, cell) for key, cell in zip(HEADINGS, GOOD, strict=True)]


# --- Facts -------------------------------------------------------------------------------------------------------
def test_the_first_and_the_last_day_are_in_office() -> None:
    first, last = date(2026, 1, 1), date(2026, 6, 30)
    days = [date(2025, 12, 31), first, last, date(2026, 7, 1)]
    assert [is_in_office(first, last, day) for day in days] == [False, True, True, False]


def test_a_deputy_is_named_by_the_congress_never_by_the_bare_level() -> None:
    assert [title_of("county", "湘乡市"), title_of("national", "")] == ["湘乡市人大代表", "全国人大代表"]


# --- Reading a workbook ------------------------------------------------------------------------------------------
def test_a_row_is_read_as_offices_write_it() -> None:
    [row], errors = read_deputies(workbook(GOOD))
    assert (row.level, row.starts_on, row.is_leading_cadre, row.username) == (
        "county",
        date(2026, 1, 1),
        True,
        "deputy",
    )
    assert errors == []


def test_the_template_can_be_filled() -> None:
    with pytest.raises(UnreadableWorkbook, match="没有内容"):
        read_deputies(deputies_template())


def test_what_is_wrong_is_told_by_cell() -> None:
    wrong = changed(name="", level="市级", starts_on="13月1日", is_leading_cadre="也许")
    rows, errors = read_deputies(workbook(GOOD, wrong, GOOD))
    assert [error.cell for error in errors] == ["A3", "B3", "F3", "H3", "A4"]
    assert ("两种意思" in errors[1].message, "第2行重复" in errors[4].message, len(rows)) == (True, True, 1)


@pytest.mark.parametrize("content", [b"no zip", workbook(GOOD, head=["甲", "乙"])])
def test_a_file_of_no_use_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableWorkbook):
        read_deputies(content)


# --- The screen --------------------------------------------------------------------------------------------------
@pytest.fixture
def staff(cast: Cast, client: Client) -> Client:
    client.force_login(cast.clerk, backend="portal.accounts.backends.ScopedRoleBackend")
    return client


def upload(client: Client, content: bytes) -> Any:
    return client.post(IMPORT, {"file": SimpleUploadedFile("名册.xlsx", content)})


@pytest.mark.django_db
def test_nothing_is_written_before_it_is_confirmed_and_a_second_time_changes_nothing(cast: Cast, staff: Client) -> None:
    shown = upload(staff, workbook(GOOD))
    assert (shown.status_code, Deputy.objects.count(), ElectoralDistrict.objects.count()) == (200, 0, 0)
    assert staff.post(IMPORT, {"rows": shown.context["signed"]}).status_code == 302
    deputy = Deputy.objects.get()
    assert (deputy.user, deputy.title, deputy.district.name) == (cast.deputy, "湘乡市人大代表", "第一选区")
    assert Entry.objects.filter(subject_kind="deputy", verb="add").count() == 1
    again = upload(staff, workbook(GOOD))
    answer = staff.post(IMPORT, {"rows": again.context["signed"]}, follow=True)
    assert ("1位没有变化" in answer.content.decode(), Deputy.objects.count()) == (True, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "cell"),
    [
        ({"division": "东山街道"}, "C2"),
        ({"username": "nobody"}, "J2"),
        ({"username": "clerk"}, "A2"),
        ({"level": "乡镇"}, "A2"),
    ],
)
def test_what_the_portal_does_not_know_is_told_by_cell_too(staff: Client, values: dict[str, str], cell: str) -> None:
    """Another scope, an unknown account, one without the post, a congress that a street does not have."""
    shown = upload(staff, workbook(changed(**values)))
    assert (shown.status_code, [error.cell for error in shown.context["errors"]]) == (422, [cell])
    assert ("signed" in shown.context, Deputy.objects.count()) == (False, 0)


@pytest.mark.django_db
def test_rows_signed_for_another_person_or_changed_are_refused(cast: Cast, staff: Client) -> None:
    signed = upload(staff, workbook(GOOD)).context["signed"]
    assert staff.post(IMPORT, {"rows": signed + "x"}, follow=True).status_code == 200
    staff.force_login(cast.director, backend="portal.accounts.backends.ScopedRoleBackend")
    assert staff.post(IMPORT, {"rows": signed}).status_code in (302, 403)
    assert Deputy.objects.count() == 0


# --- Who keeps the list, and who serves a place ------------------------------------------------------------------
@pytest.mark.django_db
def test_only_the_keepers_of_the_division_enter_deputies(cast: Cast) -> None:
    def new(place: Any) -> Deputy:
        return Deputy(name="示例", level="county", division=place, term="第十八届", starts_on=timezone.localdate())

    for person in (cast.unit, cast.deputy, cast.superior, cast.resident):
        with pytest.raises(PermissionDenied):
            save_deputy(deputy=new(subdistrict()), by=person)
    with pytest.raises(PermissionDenied):
        save_deputy(deputy=new(other_subdistrict()), by=cast.committee)
    assert save_deputy(deputy=new(subdistrict()), by=cast.committee).congress.name == "湘乡市"
    with pytest.raises(DeputyRefused, match="同名"):
        save_deputy(deputy=new(subdistrict()), by=cast.committee)


@pytest.mark.django_db
def test_who_serves_a_place_belongs_to_it_or_was_elected_there_and_is_in_office(cast: Cast) -> None:
    place, other = subdistrict(), other_subdistrict()
    here = ledger.deputy(cast.deputy)
    ledger.deputy(name="卸任示例", ends_on=timezone.localdate() - timedelta(days=1))
    elsewhere = ledger.deputy(name="外街道示例", division=other)
    district = ElectoralDistrict.objects.create(name="跨街道选区", level="county", division=other)
    elected = ledger.deputy(name="选区示例", division=other, district=district)
    district.covers.add(place)
    assert set(upper_deputies(place)) == {here, elected}
    assert elsewhere not in deputies_in_scope(cast.clerk)


@pytest.mark.django_db
def test_the_list_costs_the_same_queries_for_three_as_for_one(
    staff: Client, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    ledger.deputy(name="一号示例")
    staff.get("/admin/deputies/")
    with django_assert_max_num_queries(60) as first:
        staff.get("/admin/deputies/")
    for name in ("二号示例", "三号示例"):
        ledger.deputy(name=name)
    with django_assert_num_queries(len(first.captured_queries)):
        assert staff.get("/admin/deputies/").status_code == 200


@pytest.mark.django_db
def test_a_workbook_of_many_costs_no_query_a_row_is_recorded_row_by_row_and_found_by_the_search(
    cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    rows, _errors = read_deputies(workbook(*(changed(name=f"名册示例{n:03d}", username="") for n in range(200))))
    with django_assert_max_num_queries(60):
        done = import_deputies(rows=rows, by=cast.clerk)
    assert (done.created, done.errors, ElectoralDistrict.objects.count()) == (200, [], 1)
    assert Entry.objects.filter(subject_kind="deputy", verb="add").count() == 200
    assert "名册示例123" in client.get("/deputies/?q=名册示例123").content.decode()


@pytest.mark.django_db
def test_an_import_updates_who_is_known_and_revives_who_was_void(cast: Cast) -> None:
    [row], _errors = read_deputies(workbook(changed(username="")))
    import_deputies(rows=[row], by=cast.clerk)
    Deputy.objects.update(is_void=True)
    [again], _errors = read_deputies(workbook(changed(duties="联系教育")))
    done = import_deputies(rows=[again], by=cast.clerk)
    deputy = Deputy.objects.get()
    assert (done.changed, deputy.is_void, deputy.duties, deputy.user) == (1, False, "联系教育", cast.deputy)


@pytest.mark.django_db
def test_who_leaves_the_portal_takes_the_mandates_along_and_stays_announced(cast: Cast) -> None:
    row = ledger.deputy(cast.deputy)
    assert [each["title"] for each in own_mandates(cast.deputy)] == ["湘乡市人大代表"]
    let_go_of_account(cast.deputy)
    row.refresh_from_db()
    assert (row.user, row.name, own_mandates(cast.deputy)) == (None, "人大代表示例", [])


@pytest.mark.django_db
def test_staff_narrow_the_list_to_those_in_office(cast: Cast, staff: Client) -> None:
    ledger.deputy(name="现任示例")
    ledger.deputy(name="卸任示例", ends_on=timezone.localdate() - timedelta(days=1))
    ledger.deputy(name="录错示例", is_void=True)
    pages = {answer: staff.get(f"/admin/deputies/?in_office={answer}").content.decode() for answer in ("true", "false")}
    names = ("现任示例", "卸任示例", "录错示例")
    shown = [[name in pages[answer] for name in names] for answer in pages]
    assert shown == [[True, False, False], [False, True, True]]

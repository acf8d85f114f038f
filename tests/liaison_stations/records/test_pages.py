"""The staff screens and what the public sees of records: counts."""

import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from liaison_stations.records.models import ReceptionRecord
from liaison_stations.records.services import Outcome
from portal.trail.models import Entry
from tests.conftest import Cast
from tests.factories import receptions as stations
from tests.factories import records as make
from tests.factories.proposals import other_subdistrict

pytestmark = pytest.mark.django_db
KEY = "g" * 24


def grid(*rows: dict[str, Any], key: str = KEY, **head: Any) -> dict[str, Any]:
    data: dict[str, Any] = {"form_key": key, "rows-TOTAL_FORMS": len(rows), "rows-INITIAL_FORMS": 0, **head}
    for number, row in enumerate(rows):
        data |= {f"rows-{number}-{name}": value for name, value in row.items()}
    return data


def test_a_day_is_typed_in_one_grid_and_not_doubled_on_reload(client: Client, cast: Cast) -> None:
    session = make.session(cast)
    url = reverse("records_admin:day", args=[session.key])
    client.force_login(cast.clerk)
    wrong = client.post(url, grid({"said": "路灯坏了不亮", "name": "示例甲"}, {"said": "", "name": "示例乙"}))
    assert (wrong.status_code, ReceptionRecord.objects.count()) == (422, 0)
    assert "示例乙" in wrong.content.decode()  # what was typed stays
    more = client.post(url, grid({"said": "路灯坏了不亮"}, more="1")).content.decode()
    assert ("路灯坏了不亮" in more, "rows-5-said" in more) == (True, True)
    whole = grid({"said": "路灯坏了不亮", "outcome": "answer", "text": "已反映"}, {"said": ""}, {"said": "楼道有杂物"})
    for _again in range(2):
        assert client.post(url, whole).status_code == 302
    assert sorted(ReceptionRecord.objects.values_list("state", flat=True)) == ["answered", "recorded"]
    assert ReceptionRecord.objects.exclude(deputies=None).count() == 2


def test_a_clerk_reaches_nothing_of_another_station(client: Client, cast: Cast) -> None:
    other = other_subdistrict()
    record = make.record(cast)
    station = stations.desk(other)
    assert station.division != record.division
    record.session.station = station.main
    record.session.save()
    client.force_login(cast.clerk)
    names = ("day", "import", "paper")
    urls = [reverse(f"records_admin:{name}", args=[record.session.key]) for name in names]
    urls.append(reverse("records_admin:record", args=[record.number]))
    assert [client.get(url).status_code for url in urls] == [404] * 4
    assert [client.post(url, {"step": "view_contact"}).status_code for url in urls[:2] + urls[3:]] == [404] * 3
    assert record.number not in client.get(reverse("records_admin:index")).content.decode()
    answer = client.get(reverse("records_admin:export"))
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[arg-type]  # a file's bytes
    assert book.active.max_row == 1


def test_the_list_finds_by_words_and_whole_phones_and_masks(client: Client, cast: Cast) -> None:
    record = make.record(cast, said="=1+1 路灯坏了不亮", name="示例甲", phone="13800138000")
    make.record(cast, said="楼道堆放杂物")
    client.force_login(cast.clerk)
    url = reverse("records_admin:index")
    for asked in ("路灯", "138 0013 8000", record.number):
        page = client.get(url, {"q": asked}).content.decode()
        assert (record.number in page, "楼道堆放杂物" in page, "13800138000" in page) == (True, False, False)
    assert record.number not in client.get(url, {"q": "138001"}).content.decode()
    answer = client.get(reverse("records_admin:export"), {"q": "路灯"})
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active  # type: ignore[arg-type]  # a file's bytes
    assert "f" not in {cell.data_type for cell in sheet[2]}  # no cell is a formula
    assert "138****8000" in [cell.value for cell in sheet[2]]
    assert Entry.objects.get(verb="export").detail == {"rows": 1}


def test_one_record_goes_its_way_and_says_who_looked(client: Client, cast: Cast) -> None:
    record = make.record(cast, name="示例甲", phone="13800138000")
    url = reverse("records_admin:record", args=[record.number])
    client.force_login(cast.clerk)
    assert "13800138000" not in client.get(url).content.decode()
    assert "13800138000" in client.post(url, {"step": "view_contact"}).content.decode()
    assert client.post(url, {"step": "answer", "answer-answer": "已解决"}).status_code == 422
    assert client.post(url, {"step": "open_item", "open_item-title": "东门路灯不亮"}).status_code == 302
    assert client.post(url, {"step": "answer", "answer-answer": "已反映"}).status_code == 422
    verbs = Entry.objects.filter(subject_key=record.number).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["record", "view_contact", "open_item"]


def book_of(*rows: tuple[Any, ...]) -> io.BytesIO:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "day.xlsx"
    return file


def test_a_workbook_is_previewed_and_confirmed_once(client: Client, cast: Cast) -> None:
    session = make.session(cast)
    url = reverse("records_admin:import", args=[session.key])
    client.force_login(cast.clerk)
    head = ("姓名", "电话", "人数", "反映内容", "接待代表", "当场答复")
    wrong = client.post(url, {"file": book_of(head, ("示例甲", "12", "0", "灯", "无此人", "已解决"))})
    cells = [error.cell for error in wrong.context["errors"]]
    assert (wrong.status_code, sorted(cells)) == (422, ["B2", "C2", "D2", "E2", "F2"])
    page = client.post(url, {"file": book_of(head, ("示例甲", 13800138000, 2, "路灯坏了不亮", "代表示例甲", "已反映"))})
    assert ReceptionRecord.objects.count() == 0
    for _again in range(2):
        done = client.post(url, {"rows": page.context["signed"]})
        assert done.url == reverse("records_admin:day", args=[session.key])
    [record] = ReceptionRecord.objects.all()
    assert (record.phone, record.people, record.state) == ("13800138000", 2, "answered")


def test_the_public_sees_counts_and_no_word(client: Client, cast: Cast) -> None:
    session = make.session(cast)
    make.day(cast, make.new("一句不公开的话", name="示例甲", people=4, outcome=Outcome("answer", "已反映")), at=session)
    page = client.get(session.station.get_url()).content.decode()
    assert ("4人次" in page, "1件（共1件）" in page) == (True, True)
    assert ("不公开的话" in page, "示例甲" in page.replace("代表示例甲", "")) == (False, False)


def test_lists_ask_the_same_number_of_questions(client: Client, cast: Cast) -> None:
    client.force_login(cast.clerk)
    url, counts = reverse("records_admin:index"), []
    for more in (1, 3):
        make.day(cast, *[make.new(f"路灯坏了第{n}盏") for n in range(more)])
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1]

"""import_messages: every row told of, nothing half saved, run again without harm (decisions.md 25)."""

# ruff: noqa: DTZ001 - naive moments are what a spreadsheet holds

import io
import json
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from participation.ledger.models import LedgerItem
from participation.proposals import imports
from participation.proposals.models import Proposal, Support
from participation.proposals.states import State
from portal.jurisdictions.models import Division
from portal.outbox.models import Message
from portal.trail.models import Entry
from tests.factories.proposals import other_subdistrict

pytestmark = pytest.mark.django_db
HEADER = ["留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "答复意见", "答复时间"]
VOTES = ["点赞数", "留言详情", "反对数", "留言时间", "留言主题", "留言用户", "留言编号"]
COUNTY = "430381000000"


@pytest.fixture
def sheet(tmp_path):
    """Writes a workbook: `sheet([HEADER, row, …])`."""

    def write(rows: list[list[Any]], name: str = "messages.xlsx") -> Path:
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / name)
        return tmp_path / name

    return write


@pytest.fixture
def county(db) -> Division:
    call_command("seed_divisions", verbosity=0, stdout=io.StringIO())
    return Division.objects.get(code=COUNTY)


def run(path: Path, *options: str, division: str = COUNTY) -> dict[str, Any]:
    """The last line of stdout, read as the JSON object that it must be."""
    out = io.StringIO()
    call_command(
        "import_messages", str(path), "--division", division, "--json", *options, stdout=out, stderr=io.StringIO()
    )
    return json.loads(out.getvalue().strip().splitlines()[-1])


def row(
    number: Any = 1, title: str = "路灯坏了", at: Any = "2019/4/25 9:32:09", body: str = "请修一修。", *reply: Any
) -> list[Any]:
    return [number, "A0001", title, at, body, *(reply or ("", ""))]


def report(**values: Any) -> dict[str, Any]:
    empty = {
        "rows": 0, "created": 0, "updated": 0, "skipped_existing": 0, "errors": [],
        "support_total": 0, "oppose_total": 0,
    }  # fmt: skip
    return empty | values


# --- What a row becomes ---------------------------------------------------------------------------------------
def test_columns_are_found_by_name_in_any_order(county, sheet):
    path = sheet([VOTES, [7, "请修一修。", 2, "2019-4-25", "路灯坏了", "A1", "188006"]])
    assert run(path) == report(rows=1, created=1, support_total=7, oppose_total=2)
    found = Proposal.objects.get()
    assert (found.external_number, found.review.original_title, found.source_supports, found.source_opposes) == (
        "188006", "路灯坏了", 7, 2,
    )  # fmt: skip
    assert (found.support_count, Support.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        ("2019/4/25 9:32:09", datetime(2019, 4, 25, 9, 32, 9)),
        ("2019-04-25", datetime(2019, 4, 25)),
        ("2019.4.25 9:32", datetime(2019, 4, 25, 9, 32)),
        ("2019年4月25日", datetime(2019, 4, 25)),
        ("2019年4月25日 9时32分", datetime(2019, 4, 25, 9, 32)),
        ("２０１９／４／２５", datetime(2019, 4, 25)),
        ("2019-04-25T09:32:09.123", datetime(2019, 4, 25, 9, 32, 9)),
        (datetime(2019, 4, 25, 9, 32, 9), datetime(2019, 4, 25, 9, 32, 9)),
        (date(2019, 4, 25), datetime(2019, 4, 25)),
    ],
)
def test_dates_of_every_shape_are_shanghai_time(county, sheet, given, moment):
    assert run(sheet([HEADER, row(at=given)]))["errors"] == []
    assert timezone.localtime(Proposal.objects.get().submitted_at).replace(tzinfo=None) == moment


def test_tabs_and_full_width_blanks_around_lines_go_and_the_words_stay(county, sheet):
    body = "\n\t\t\t\t\t\n\t\t\t　　尊敬的领导：\t\n　　路灯坏了　请修。\r\n\r\n\r\n\r\n谢谢"
    run(sheet([HEADER, row(title="\t路灯 坏了　", body=body)]))
    review = Proposal.objects.get().review
    assert (review.original_title, review.original_body) == ("路灯 坏了", "尊敬的领导：\n路灯坏了 请修。\n\n谢谢")


def test_repeated_titles_and_texts_are_separate_messages(county, sheet):
    assert run(sheet([HEADER, row(1), row(2), row(3)])) == report(rows=3, created=3)


def test_the_same_number_twice_in_one_file_is_one_message(county, sheet):
    assert run(sheet([HEADER, row(5), row(5.0), row(" 5 ")])) == report(rows=3, created=1, skipped_existing=2)


def test_form_limits_do_not_apply(county, sheet):
    run(sheet([HEADER, row(title="长" * 60, body="内容" * 3500)]))
    review = Proposal.objects.get().review
    assert (len(review.original_title), len(review.original_body)) == (60, 7000)


def test_a_named_place_below_the_division_is_recognised_and_one_elsewhere_is_not(county, sheet):
    near = other_subdistrict()
    Division.objects.create(code="430999001000", name="远方街道", level="subdistrict", path="430999001000/")
    rows = [row(1, body=f"{near.name}的路灯坏了"), row(2, body="远方街道的路灯坏了"), row(3)]
    run(sheet([HEADER, *rows]))
    assert [(p.external_number, p.division, p.number[:12]) for p in Proposal.objects.order_by("external_number")] == [
        ("1", near, f"JY-{near.code[:9]}"), ("2", county, "JY-430381000"), ("3", county, "JY-430381000"),
    ]  # fmt: skip


# --- Replies --------------------------------------------------------------------------------------------------
def test_a_reply_rests_closed_and_a_missing_one_rests_open(county, sheet):
    run(sheet([HEADER, row(1), row(2, "路灯坏了", "2019/4/25", "请修", "已经修好。", "2019/5/10 14:56:53")]))
    assert list(Proposal.objects.order_by("external_number").values_list("state", "reply_text", "replied_on")) == [
        (State.IMPORTED, "", None), (State.REPLIED_IMPORTED, "已经修好。", date(2019, 5, 10)),
    ]  # fmt: skip


def test_a_reply_that_comes_later_is_an_update(county, sheet):
    run(sheet([HEADER, row(1), row(2)]))
    path = sheet([HEADER, row(1), row(2, "路灯坏了", "2019/4/25 9:32:09", "请修一修。", "已经修好。", "2019-05-10")])
    assert run(path) == report(rows=2, updated=1, skipped_existing=1)
    assert Proposal.objects.get(external_number="2").state == State.REPLIED_IMPORTED


def ledger_rows() -> list[tuple[Any, ...]]:
    rows = LedgerItem.objects.order_by("pk").prefetch_related("replies")
    replies = {item.pk: [(reply.text, reply.signed_on) for reply in item.replies.all()] for item in rows}
    return [(item.state, item.raised_on, item.replied_on, item.is_public, replies[item.pk]) for item in rows]


AT, DAY = date(2019, 4, 25), date(2019, 5, 10)


def test_a_source_that_tells_replies_enters_every_message_in_the_ledger_once(county, sheet):
    path = sheet([HEADER, row(1), row(2, "路灯坏了", "2019/4/25", "请修", "已经修好。", "2019/5/10 14:56:53")])
    run(path)
    run(path)
    assert ledger_rows() == [
        ("imported", AT, None, False, []), ("replied_imported", AT, DAY, False, [("已经修好。", DAY)]),
    ]  # fmt: skip
    found = Proposal.objects.select_related("ledger_item").get(external_number="2")
    assert (found.ledger_item.source, found.ledger_item.source_kind, found.ledger_item.source_key) == (
        "import", "proposal", found.number,
    )  # fmt: skip


def test_a_source_silent_on_replies_enters_nothing_in_the_ledger(county, sheet):
    run(sheet([VOTES, [7, "请修一修。", 2, "2019-4-25", "路灯坏了", "A1", "1"]]))
    assert ledger_rows() == []
    assert run(sheet([HEADER, row(1, "路灯坏了", "2019/4/25", "请修", "已经修好。", DAY)]))["updated"] == 1
    assert ledger_rows() == [("replied_imported", AT, DAY, False, [("已经修好。", DAY)])]


def test_the_ledger_gets_a_reply_that_comes_later_and_is_published_with_its_proposal(county, sheet):
    run(sheet([HEADER, row(1)]))
    path = sheet([HEADER, row(1, "路灯坏了", "2019/4/25", "请修", "请打13812345678。", DAY)])
    run(path, "--publish")
    [(state, _at, replied_on, is_public, [(text, signed_on)])] = ledger_rows()
    assert (state, replied_on, is_public, signed_on, "13812345678" in text) == (
        "replied_imported", DAY, True, DAY, False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ((None,), "缺少留言编号"),
        (("9" * 81,), "留言编号过长"),
        ((1, "标题", ""), "缺少留言时间"),
        ((1, "标题", "昨天"), "看不懂的日期“昨天”"),
        ((1, "标题", "2019/2/30"), "没有这个日期“2019/2/30”"),
        ((1, "标题", "2999/1/1"), "留言时间晚于现在"),
        ((1, "", "2019/4/25", " 　\t"), "留言没有内容"),
        ((1, "标题", "2019/4/25", "内容", "已答复", ""), "有答复，但缺少答复时间"),
        ((1, "标题", "2019/4/25", "内容", "已答复", "2019/4/24"), "答复时间早于留言时间"),
        ((1, "标题", "2019/4/25", "内容", "已答复", "改天"), "看不懂的日期“改天”"),
    ],
)
def test_a_bad_row_is_told_by_its_number_and_the_good_rows_load(county, sheet, values, message):
    path = sheet([HEADER, row(100), row(*values), row(102)])
    assert run(path) == report(rows=3, created=2, errors=[{"row": 3, "message": message}])


@pytest.mark.parametrize("votes", ["很多", "-1", "1.5", "99999999999"])
def test_votes_that_are_no_count_are_an_error_of_the_row(county, sheet, votes):
    path = sheet([VOTES, [votes, "请修", 0, "2019/4/25", "路灯", "A", 1]])
    assert run(path)["errors"] == [{"row": 2, "message": f"不是次数“{votes}”"}]


def test_row_numbers_are_those_of_the_spreadsheet_and_blank_rows_do_not_count(county, sheet):
    path = sheet([HEADER, [None] * 7, row(1), ["", "", "", "", "", "", ""], row(2, at="x")])
    assert run(path) == report(rows=2, created=1, errors=[{"row": 5, "message": "看不懂的日期“x”"}])


# --- Running it -----------------------------------------------------------------------------------------------
def test_a_second_run_creates_nothing_and_says_the_same_totals(county, sheet):
    path = sheet([VOTES, [7, "甲", 2, "2019/4/25", "路灯", "A", 1], [3, "乙", 1, "2019/4/26", "公交", "A", 2]])
    first, second = run(path), run(path)
    assert first == report(rows=2, created=2, support_total=10, oppose_total=3)
    assert second == report(rows=2, skipped_existing=2, support_total=10, oppose_total=3)


def test_the_same_number_from_another_source_is_another_message(county, sheet):
    path = sheet([HEADER, row(1)])
    run(path, "--source", "问政平台")
    assert run(path, "--source", "市长信箱")["created"] == 1


def test_dry_run_stores_nothing(county, sheet):
    path = sheet([HEADER, row(1), row(2, at="x")])
    assert run(path, "--dry-run") == report(rows=2, created=1, errors=[{"row": 3, "message": "看不懂的日期“x”"}])
    assert Proposal.objects.count() == 0
    assert run(path)["created"] == 1


def test_imports_rest_unpublished_and_send_nothing_until_publish(county, sheet, client):
    path = sheet([HEADER, row(1, body="请打13812345678联系我，路灯坏了。")])
    run(path)
    assert (Proposal.objects.public().count(), Message.objects.count()) == (0, 0)
    run(path, "--publish")
    found = Proposal.objects.public().get()
    assert (found.state, found.support_count, "13812345678" in found.body, Message.objects.count()) == (
        State.IMPORTED, 0, False, 0,
    )  # fmt: skip
    assert client.get(found.get_absolute_url()).status_code == 200
    run(path, "--publish")
    assert Proposal.objects.count() == 1


def test_killed_half_way_it_goes_on_where_it_stopped(county, sheet, monkeypatch):
    monkeypatch.setattr(imports, "CHUNK", 3)
    path = sheet([HEADER, *[row(n) for n in range(1, 11)]])
    running = imports.import_file(path=path, division=county)
    next(running), next(running), next(running)
    running.close()
    assert Proposal.objects.count() == 6
    assert run(path, "--source", imports.DEFAULT_SOURCE) == report(rows=10, created=4, skipped_existing=6)
    assert sorted(int(p.number[-6:]) for p in Proposal.objects.all()) == list(range(1, 11))


@pytest.mark.parametrize("options", [["--division", "999999999999"], ["--division", COUNTY, "--source", " "]])
def test_a_wrong_option_is_refused(county, sheet, options):
    with pytest.raises(CommandError):
        call_command("import_messages", str(sheet([HEADER, row()])), *options)
    assert Proposal.objects.count() == 0


# --- Files that are none --------------------------------------------------------------------------------------
def refused(path: Path) -> str:
    with pytest.raises(CommandError) as caught:
        run(path)
    assert Proposal.objects.count() == 0
    return str(caught.value)


def test_missing_columns_are_named(county, sheet):
    assert refused(sheet([["留言编号", "别的"], [1, 2]])) == "第1行缺少这些列：留言时间、留言详情。"
    assert refused(sheet([[]])) == "第1行缺少这些列：留言编号、留言时间、留言详情。"


def test_old_formats_are_answered_with_what_to_do(county, tmp_path):
    for name in ("old.xls", "wps.et", "table.csv"):
        (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0")
        assert refused(tmp_path / name) == "请在表格软件里另存为 .xlsx 后再导入。"
    (tmp_path / "renamed.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100)
    assert (
        refused(tmp_path / "renamed.xlsx") == "这不是 .xlsx 表格文件（或加了密码），请另存为不加密码的 .xlsx 后再导入。"
    )
    assert refused(tmp_path / "absent.xlsx") == "没有这个文件：absent.xlsx"


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("absent.xlsx", [], "没有这个文件：absent.xlsx"),
        ("headless.xlsx", [], "第1行缺少这些列：留言编号、留言时间、留言详情。"),
        ("headless.xlsx", ["--source", " "], "来源名称要有1到60个字。"),
    ],
)
def test_json_is_the_last_line_even_when_nothing_can_be_read(county, sheet, name, options, message):
    path = sheet([["别的"], [1]], "headless.xlsx").with_name(name)
    out = io.StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("import_messages", str(path), "--division", COUNTY, "--json", *options, stdout=out)
    assert (caught.value.returncode, str(caught.value)) == (1, message)
    assert json.loads(out.getvalue().splitlines()[-1]) == report(errors=[{"row": 0, "message": message}])


def test_a_zip_bomb_is_refused_before_it_is_unpacked(county, tmp_path, monkeypatch):
    monkeypatch.setattr(imports, "MAX_UNPACKED", 10_000_000)
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 20_000_000)
    assert refused(path) == "文件解开后过大，无法导入。"


def test_a_zip_that_is_no_workbook_and_a_broken_workbook_are_refused(county, tmp_path):
    with zipfile.ZipFile(tmp_path / "photos.xlsx", "w") as archive:
        archive.writestr("photo.jpg", b"x")
    assert refused(tmp_path / "photos.xlsx") == "这不是 .xlsx 表格文件。"
    with zipfile.ZipFile(tmp_path / "broken.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", b"<broken")
    assert refused(tmp_path / "broken.xlsx") == "表格文件已损坏，请重新导出或另存为 .xlsx。"


def test_a_chunk_asks_the_same_number_of_questions_for_any_number_of_rows(county, sheet):
    counts = []
    for size in (3, 30):
        path = sheet([HEADER, *(row(100 * size + n, f"第{n}件", *row()[3:5], "已办", "2019/5/6") for n in range(size))])
        for _run in ("new", "known"):
            with CaptureQueriesContext(connection) as asked:
                run(path, "--publish")
            counts.append(len(asked))
    few, again, many, many_again = counts
    # SQLite takes a thousand values in one statement, so that a wide table may need a second one
    assert (many <= few + 5, many_again == again, again < 10) == (True, True, True), counts


def test_what_is_written_together_is_numbered_in_the_order_of_rows_and_found_at_once(county, sheet, client):
    run(sheet([HEADER, row(7, "望春门街道的井盖"), row(5, "某处的路灯"), row(6, "望春门街道的路灯")]), "--publish")
    numbers = dict(Proposal.objects.values_list("external_number", "number"))
    assert [numbers[key][-6:] for key in ("7", "6", "5")] == ["000001", "000002", "000001"]
    found = {each.external_number for each in client.get("/proposals/", {"q": "路灯"}).context["page"]}
    assert found == {"5", "6"}
    entries = Entry.objects.filter(verb="import", subject_kind="proposal").order_by("pk")
    assert list(entries.values_list("subject_key", flat=True)) == [numbers[key] for key in ("7", "5", "6")]


def test_a_formula_and_markup_are_text(county, sheet, client):
    path = sheet([HEADER, row(1, title="<script>alert(1)</script>", body="=1+1 是公式吗")])
    run(path, "--publish")
    page = client.get(Proposal.objects.get().get_absolute_url()).content.decode()
    assert "<script>alert" not in page


# --- Real exports ---------------------------------------------------------------------------------------------
@pytest.mark.once  # made small, the same rows run on both databases above
@pytest.mark.in_turn
@pytest.mark.parametrize(("name", "rows"), [("messages_with_replies.xlsx", 1408), ("messages_with_votes.xlsx", 2163)])
def test_real_exports_load_without_losing_a_row_and_once(county, shared_data, name, rows):
    path = shared_data / name
    lines = list(load_workbook(path, read_only=True, data_only=True).worksheets[0].iter_rows(values_only=True))
    columns = {header: place for place, header in enumerate(lines[0])}
    totals = {
        "support_total": sum(int(line[columns["点赞数"]]) for line in lines[1:]) if "点赞数" in columns else 0,
        "oppose_total": sum(int(line[columns["反对数"]]) for line in lines[1:]) if "反对数" in columns else 0,
    }
    assert run(path) == report(rows=rows, created=rows, **totals)
    assert Proposal.objects.count() == rows
    replied = sum(1 for line in lines[1:] if line[columns["答复意见"]]) if "答复意见" in columns else 0
    assert Proposal.objects.filter(state=State.REPLIED_IMPORTED).count() == replied
    assert run(path) == report(rows=rows, skipped_existing=rows, **totals)
    assert Proposal.objects.count() == rows

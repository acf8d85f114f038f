"""Staff from a workbook: what an office sends, and what an attacker sends."""

import io
import zipfile
from datetime import date
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from portal.accounts.imports import COLUMNS, parse_staff, staff_template
from portal.accounts.models import HandlingUnit, RoleAssignment
from portal.accounts.selectors import divisions_in_scope, roles_of
from portal.accounts.services import create_user
from portal.accounts.services.staff import QUICK_ITERATIONS, quick_hash, temporary_password
from portal.tables.imports import UnreadableWorkbook

HEAD = list(COLUMNS)
GOOD = [
    "newclerk",
    "王示例",
    "１３９ ００００ ０００４",
    "",
    "联络站工作人员",
    "430381001000",
    "",
    "",
    "2026年3月10日",
    "",
]
User = get_user_model()


def workbook(*rows, head=HEAD, merge=""):
    book = Workbook()
    for row in ([head] if head else []) + list(rows):
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def changed(**values):
    row = list(GOOD)
    for title, value in values.items():
        row[HEAD.index(title)] = value
    return row


def test_a_good_row_is_brought_into_shape():
    rows, errors = parse_staff(workbook(GOOD))
    assert errors == []
    assert rows[0].as_json() == {
        "number": 2, "username": "newclerk", "real_name": "王示例", "phone": "13900000004", "email": "",
        "role": "clerk", "division": "430381001000", "unit": "", "unit_kind": "", "starts_on": "2026-03-10",
        "ends_on": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (changed(用户名=""), "用户名", "没有填写"),
        (changed(用户名="有 空格<"), "用户名", "不要有空格"),
        (changed(手机号="12345"), "手机号", "11 位"),
        (changed(邮箱="x@y"), "邮箱", "不是邮箱"),
        (changed(角色="大王"), "角色", "没有“大王”这个角色"),
        (changed(起="3月10日"), "起", "没有写年份"),
        (changed(起="2026-02-30"), "起", "不是日期"),
        (changed(承办单位="住建局"), "承办单位", "其他角色不要写"),
        (changed(角色="承办单位", 承办单位="住建局、城管局"), "承办单位", "一行写一个单位"),
        (changed(角色="承办单位"), "承办单位", "要写单位名称"),
    ],
)
def test_errors_name_the_row_and_the_column(row, column, words):
    _rows, errors = parse_staff(workbook(GOOD, row))
    assert [(error.number, error.column, words in error.message) for error in errors] == [(3, column, True)]


def test_merged_cells_count_for_every_row():
    rows, errors = parse_staff(workbook(GOOD, changed(用户名="newclerk2", 手机号="", 范围=""), merge="F2:F3"))
    assert (errors, [row.division for row in rows]) == ([], ["430381001000"] * 2)


def test_phone_numbers_and_dates_may_be_typed_as_such():
    rows, errors = parse_staff(workbook(changed(手机号=13900000004.0, 起=date(2026, 3, 10))))
    assert (errors, rows[0].phone, rows[0].starts_on) == ([], "13900000004", "2026-03-10")


def bomb():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<a/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (50 * 1024 * 1024))
    return buffer.getvalue()


def with_entity():
    source, target = zipfile.ZipFile(io.BytesIO(workbook(GOOD))), io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                content = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + content
            archive.writestr(part, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "a.xls", "另存为 .xlsx"),
        (b"anything", "a.et", "另存为 .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "renamed.xlsx", "另存为 .xlsx"),
        (b"not a zip", "a.xlsx", "不是 Excel 工作簿"),
        (b"", "a.xlsx", "不是 Excel 工作簿"),
        (b"x" * (2 * 1024 * 1024 + 1), "a.xlsx", "超过 2 MB"),
    ],
)
def test_files_that_cannot_be_taken(content, name, words):
    with pytest.raises(UnreadableWorkbook, match=words):
        parse_staff(content, name)


def test_a_zip_bomb_and_an_entity_are_refused_before_they_are_opened():
    with pytest.raises(UnreadableWorkbook, match="文件太大"):
        parse_staff(bomb(), "a.xlsx")
    with pytest.raises(UnreadableWorkbook, match="文件内容不正常"):
        parse_staff(with_entity(), "a.xlsx")


def test_a_workbook_with_a_password_is_told_from_a_broken_one():
    with pytest.raises(UnreadableWorkbook, match="加了密码"):
        parse_staff(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 40, "a.xlsx")


def test_a_hundred_thousand_rows_are_refused_before_they_are_parsed():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", "<sheetData>" + "<row><c/></row>" * 100_000 + "</sheetData>")
    with pytest.raises(UnreadableWorkbook, match="超过 1000 行"):
        parse_staff(content.getvalue(), "a.xlsx")


def test_a_formula_is_no_value_and_no_text_of_ours():
    """A name that is computed has none here; one that only looks like a formula is refused where it would run."""
    formula = [*GOOD]
    formula[1] = '=HYPERLINK("http://example.test","点")'
    _rows, errors = parse_staff(workbook(formula), "a.xlsx")
    assert [(error.number, error.column, error.message) for error in errors] == [
        (2, "姓名", "公式单元格没有可读的值，请粘贴为数值")
    ]


@pytest.mark.parametrize("content", [workbook(), workbook(head=["甲", "乙"]), workbook(GOOD, head=None)])
def test_a_workbook_without_heads_or_rows_is_refused(content):
    with pytest.raises(UnreadableWorkbook):
        parse_staff(content, "a.xlsx")


# --- the screen ----------------------------------------------------------------------------------------------------
def upload(client, content, name="staff.xlsx"):
    return client.post("/admin/people/import/", {"file": SimpleUploadedFile(name, content)})


@pytest.mark.django_db
def test_the_template_can_be_filled_and_imported(cast, client):
    client.force_login(cast.director)
    book = load_workbook(io.BytesIO(client.get("/admin/people/import/template/").content))
    listed = {row[0] for row in book.worksheets[1].iter_rows(values_only=True)}
    assert {division.key for division in divisions_in_scope(cast.director)} - listed == set()
    book.worksheets[0].append(GOOD)
    buffer = io.BytesIO()
    book.save(buffer)
    rehearsal = upload(client, buffer.getvalue())
    assert (rehearsal.context["errors"], User.objects.filter(username="newclerk").count()) == ([], 0)
    [shown] = rehearsal.context["rows"]
    assert (shown["role"], shown["place"].endswith("街道")) == ("联络站工作人员", True)
    done = client.post("/admin/people/import/", {"confirm": "1"})
    user = User.objects.get(username="newclerk")
    assert ([post.role for post in roles_of(user)], user.must_change_password) == (["clerk"], True)
    assert [(post.role, post.given_by) for post in user.role_assignments.all()] == [("clerk", cast.director)]
    password = done.context["accounts"][0]["password"]
    assert (user.check_password(password), password in done.content.decode()) == (True, True)


@pytest.mark.django_db
def test_one_bad_row_leaves_nothing_saved(cast, client):
    client.force_login(cast.director)
    before = (User.objects.count(), RoleAssignment.objects.count(), HandlingUnit.objects.count())
    bad = changed(用户名="newboss", 手机号="", 角色="系统管理员")
    answer = upload(client, workbook(GOOD, bad, changed(用户名="x9", 手机号="", 范围="430111000000")))
    assert [error.number for error in answer.context["errors"]] == [3, 4, 4]  # name and scope of the last
    client.post("/admin/people/import/", {"confirm": "1"})
    assert (User.objects.count(), RoleAssignment.objects.count(), HandlingUnit.objects.count()) == before


@pytest.mark.django_db
def test_x39_holds_in_the_workbook_too(cast, client):
    client.force_login(cast.director)
    both = [
        changed(用户名="both", 手机号="", 角色="人大街道工委工作人员"),
        changed(用户名="both", 手机号="", 角色="承办单位", 承办单位="住建局（示例）"),
    ]
    answer = upload(client, workbook(*both))
    assert [(error.number, "第二十一条三" in error.message) for error in answer.context["errors"]] == [(3, True)]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["clerk", "moderator", "auditor", "superior", "unit", "committee"])
def test_who_may_not_import(cast, client, name):
    client.force_login(cast[name])
    assert upload(client, workbook(GOOD)).status_code == 302
    assert User.objects.filter(username="newclerk").count() == 0


def test_an_end_before_the_start_is_said_in_words():
    _rows, errors = parse_staff(workbook(changed(止="2026-03-01")))
    assert [(error.column, error.message) for error in errors] == [("止", "结束日期早于开始日期")]


def test_a_wrong_scope_is_told_in_the_same_round_as_the_rest_of_its_row():
    def problem(written: str) -> str:
        return f"没有{written}" if "月球" in written else ""

    _rows, errors = parse_staff(workbook(changed(手机号="12345", 范围="月球街道")), "", problem)
    assert [(error.column, error.number) for error in errors] == [("手机号", 2), ("范围", 2)]


@pytest.mark.django_db
def test_the_template_of_a_whole_city_can_be_uploaded_again(cast, client):
    """Its second sheet lists more divisions than a workbook may have people."""
    client.force_login(cast.admin)
    many = [SimpleNamespace(key=f"{number:012}", name="示例街道") for number in range(1500)]
    book = load_workbook(io.BytesIO(staff_template(many)))
    for column, value in enumerate(GOOD, start=1):
        book.worksheets[0].cell(2, column, value)
    buffer = io.BytesIO()
    book.save(buffer)
    assert "将新建 1 个账号，登记 1 个职务" in upload(client, buffer.getvalue()).content.decode()


@pytest.mark.django_db
def test_a_second_press_shows_the_same_passwords(cast, client):
    client.force_login(cast.admin)
    upload(client, workbook(GOOD))
    first, second = (client.post("/admin/people/import/", {"confirm": "1"}) for _each in range(2))
    (account,) = first.context["accounts"]
    assert second.context["accounts"] == [account]
    assert User.objects.get(username="newclerk").check_password(account["password"])
    client.get("/admin/people/import/")
    assert "没有等待确认的表格" in client.post("/admin/people/import/", {"confirm": "1"}).content.decode()


@pytest.mark.django_db
def test_the_same_workbook_again_makes_nothing_new(cast, client):
    """Also a post with an end, which is not told from the same one by being open."""
    client.force_login(cast.admin)
    for expected in (2, 0):
        upload(client, workbook(GOOD, changed(角色="编辑", 止="2099-12-31")))
        done = client.post("/admin/people/import/", {"confirm": "1"})
        assert (len(done.context["accounts"]), done.context["posts"]) == (expected // 2, expected)
    assert "没有新增" in done.content.decode()
    assert RoleAssignment.objects.filter(user__username="newclerk").count() == 2


@pytest.mark.django_db
def test_a_temporary_password_is_hashed_quickly_and_slowly_from_the_first_log_in_on(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    password = temporary_password()
    user = create_user(username="newclerk")
    user.password = quick_hash(password)
    user.save()
    assert f"${QUICK_ITERATIONS}$" in user.password
    assert not user.check_password("another")
    assert user.check_password(password)
    user.refresh_from_db()
    assert f"${QUICK_ITERATIONS}$" not in user.password

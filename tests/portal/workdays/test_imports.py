from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from portal.workdays.imports import EXAMPLE, import_calendar
from portal.workdays.models import CalendarDay
from portal.workdays.rules import DueDate, nth_workday_after
from portal.workdays.selectors import calendar

NOTICE = """日期,是否上班,名称,依据文件
2027-01-01,放假,元旦,国办
2027/1/3,上班,元旦,国办
2027年2月8日,休,春节,
2027-04-05,否,清明节,
2027-05-03,0,劳动节,
2027-06-09,放假,端午节,
2027-09-15,放假,中秋节,
2027-10-01,放假,国庆节,
"""


def stored() -> list[tuple[str, bool, str]]:
    return [(f"{day.date}", day.is_workday, day.name) for day in CalendarDay.objects.order_by("date")]


@pytest.mark.django_db
def test_a_complete_notice_makes_its_year_firm() -> None:
    before = nth_workday_after(date(2026, 12, 31), 2, calendar())
    assert before == DueDate(date(2027, 1, 4), is_provisional=True)
    assert import_calendar(NOTICE.encode()) == ("新增 8 天，更新 0 天。2027 年放假安排齐全。", [])
    assert nth_workday_after(date(2026, 12, 31), 2, calendar()) == DueDate(date(2027, 1, 4))
    assert stored()[:2] == [("2027-01-01", False, "元旦"), ("2027-01-03", True, "元旦")]


@pytest.mark.django_db
def test_a_second_import_updates_and_adds_nothing() -> None:
    import_calendar(NOTICE.encode("gb18030"))
    done, errors = import_calendar(NOTICE.replace("2027-10-01,放假", "2027-10-01,上班").encode("utf-8-sig"))
    assert (done, errors) == (
        "新增 0 天，更新 8 天。2027 年未见国庆，内置日历没有该年时，表中未列的日子仍标为“暂定”。",
        [],
    )
    assert stored()[-1] == ("2027-10-01", True, "国庆节")


@pytest.mark.django_db
def test_the_calendar_takes_one_query_however_many_rows(django_assert_num_queries) -> None:
    import_calendar(NOTICE.encode())
    with django_assert_num_queries(1):
        nth_workday_after(date(2026, 12, 1), 40, calendar())


@pytest.mark.django_db
def test_one_bad_row_keeps_every_row_out_and_is_named() -> None:
    bad = "日期,是否上班,名称\n2027-01-01,放假,元旦\n2027-13-01,放假,\n2027-01-01,上班,\n2027-01-05,也许," + "长" * 41
    done, errors = import_calendar(bad.encode())
    assert (done, stored()) == ("", [])
    assert [str(error) for error in errors] == [
        "第3行：日期“2027-13-01”看不懂，请写成 2027-01-01。",
        "第4行：与第 2 行是同一天。",
        "第5行：“也许”看不懂，请写“上班”或“放假”。",
        "第5行：名称超过 40 字。",
    ]


@pytest.mark.django_db
def test_the_command_imports_or_says_why_not(tmp_path: Path) -> None:
    file = tmp_path / "2027.csv"
    file.write_text(EXAMPLE, encoding="utf-8")
    out = StringIO()
    call_command("import_calendar", str(file), stdout=out)
    assert out.getvalue().startswith("新增 2 天，更新 0 天。")
    file.write_text("日期,是否上班\n昨天,放假", encoding="utf-8")
    with pytest.raises(CommandError, match="第2行：日期“昨天”看不懂.*\n没有导入任何一行。"):
        call_command("import_calendar", str(file))
    with pytest.raises(CommandError, match="读不到文件"):
        call_command("import_calendar", str(tmp_path / "none.csv"))


@pytest.mark.django_db
def test_the_screen_imports_a_file_and_shows_errors_by_row(admin_client) -> None:
    address = reverse("calendar_days:import")
    assert address == "/admin/workdays/days/import/"
    assert address in admin_client.get(reverse("calendar_days:index")).content.decode()
    hostile = "日期,是否上班\n<script>alert(1)</script>,放假"
    page = admin_client.post(address, {"file": SimpleUploadedFile("a.csv", hostile.encode())})
    assert (page.status_code, stored()) == (200, [])
    assert "第2行：日期“&lt;script&gt;alert(1)&lt;/sc”看不懂" in page.content.decode()
    assert "请选择一个 CSV 文件。" in admin_client.post(address, {}).content.decode()
    done = admin_client.post(address, {"file": SimpleUploadedFile("a.csv", EXAMPLE.encode())}, follow=True)
    assert done.redirect_chain == [(reverse("calendar_days:index"), 302)]
    assert "新增 2 天，更新 0 天。" in done.content.decode()


@pytest.mark.django_db
def test_the_screen_is_closed_to_visitors_and_to_staff_without_the_permission(client, django_user_model) -> None:
    from django.contrib.auth.models import Permission

    address = reverse("calendar_days:import")
    assert client.get(address).status_code == 302
    clerk = django_user_model.objects.create_user(username="clerk", password="x")
    clerk.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(clerk)
    answer = client.post(address, {"file": SimpleUploadedFile("a.csv", EXAMPLE.encode())})
    assert (answer.status_code, stored()) == (302, [])

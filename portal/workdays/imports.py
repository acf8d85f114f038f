"""The State Council's yearly notice as a CSV, turned into rows of the table or into errors by line."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from portal.tables.rules import Column, RowError, read_csv, read_date

from . import rules
from .models import CalendarDay
from .services import put_days

COLUMNS = (
    Column("date", ("日期", "date"), is_required=True),
    Column("is_workday", ("是否上班", "上班", "类型", "is_workday"), is_required=True),
    Column("name", ("名称", "节日", "name")),
    Column("source_paper", ("依据文件", "文件", "文号", "source_paper")),
)
WORDS = {
    **dict.fromkeys(("上班", "调休上班", "补班", "工作日", "班", "是", "1", "true", "yes", "y"), True),
    **dict.fromkeys(("休息", "放假", "休", "假", "假期", "否", "0", "false", "no", "n"), False),
}
EXAMPLE = """\
日期,是否上班,名称,依据文件
2027-01-01,放假,元旦,国办发明电〔2026〕×号
2027年1月3日,上班,元旦,国办发明电〔2026〕×号"""


def parse_calendar(data: bytes) -> tuple[list[CalendarDay], list[RowError]]:
    table = read_csv(data, COLUMNS)
    days: list[CalendarDay] = []
    errors = list(table.errors)
    lines: dict[object, int] = {}
    for row in table.rows:
        problems = []
        date = read_date(row.values["date"])
        if date is None:
            shown = row.values["date"][:20]
            problems.append(_("日期“%(text)s”看不懂，请写成 2027-01-01。") % {"text": shown})
        elif not 2000 <= date.year <= 2100:
            problems.append(_("年份 %(year)d 不在 2000 至 2100 之间。") % {"year": date.year})
        elif date in lines:
            problems.append(_("与第 %(row)d 行是同一天。") % {"row": lines[date]})
        is_workday = WORDS.get(row.values["is_workday"].lower())
        if is_workday is None:
            shown = row.values["is_workday"][:20]
            problems.append(_("“%(text)s”看不懂，请写“上班”或“放假”。") % {"text": shown})
        if len(row.values["name"]) > 40:
            problems.append(_("名称超过 40 字。"))
        if len(row.values["source_paper"]) > 120:
            problems.append(_("依据文件超过 120 字。"))
        if problems or date is None or is_workday is None:
            errors += [RowError(row.number, problem) for problem in problems]
            continue
        lines[date] = row.number
        days.append(
            CalendarDay(
                date=date, is_workday=is_workday, name=row.values["name"], source_paper=row.values["source_paper"]
            )
        )
    return days, sorted(errors, key=lambda error: error.row)


def import_calendar(data: bytes) -> tuple[str, Sequence[RowError]]:
    """What was saved, in words; or the errors, and then nothing was."""
    days, errors = parse_calendar(data)
    if errors:
        return "", errors
    created, updated = put_days(days=days)
    return _("新增 %(created)d 天，更新 %(updated)d 天。%(complete)s") % {
        "created": created,
        "updated": updated,
        "complete": "".join(_completeness(year) for year in sorted({day.date.year for day in days})),
    }, []


def _completeness(year: int) -> str:
    rows = CalendarDay.objects.filter(date__year=year)
    missing = rules.festivals_missing(year, [rules.Day(row.date, row.is_workday, row.name) for row in rows])
    if not missing:
        return _("%(year)d 年放假安排齐全。") % {"year": year}
    return _("%(year)d 年未见%(names)s，内置日历没有该年时，表中未列的日子仍标为“暂定”。") % {
        "year": year,
        "names": "、".join(missing),
    }

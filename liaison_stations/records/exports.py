"""Records as a workbook. Cells are text, nothing a spreadsheet could run; names and phones stay masked."""

from collections.abc import Iterable, Iterator

from django.http import FileResponse
from django.utils.translation import gettext as _

from participation.moderation.exports import xlsx_response

from .models import ReceptionRecord


def records_xlsx(rows: Iterable[ReceptionRecord]) -> FileResponse:
    return xlsx_response(_table(rows), "reception-records")


def _table(rows: Iterable[ReceptionRecord]) -> Iterator[tuple[str, ...]]:
    yield (
        _("记录编号"), _("接待日期"), _("联络站（点）"), _("接待代表"), _("来访人"), _("电话"), _("人数"), _("大类"),
        _("社区（村）"), _("地点"), _("反映内容"), _("处理"), _("当场答复"), _("转办编号"), _("目前进度"),
    )  # fmt: skip
    for row in rows:
        yield (
            row.number, row.session.date.isoformat(), row.session.station.title,
            "、".join(each.name for each in row.deputies.all()), row.masked_name, row.masked_phone, str(row.people),
            str(row.get_category_group_display()), row.community.name if row.community else "", row.place, row.said,
            str(row.get_state_display()), row.answer, row.handed_to, row.progress,
        )  # fmt: skip

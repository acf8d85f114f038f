"""The answers of 12345 from a workbook, shown first with what is wrong in which cell."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from participation.moderation.rules import Refused
from participation.moderation.selectors import scope_of
from portal.tables.imports import UnreadableWorkbook
from portal.tables.rules import CellError
from portal.tables.views import WorkbookImportView

from .. import services
from ..forms import FeedbackWorkbookForm
from ..imports import MOST_ROWS, FeedbackRow, feedback_template, read_feedback
from ..models import SnapReport
from ..permissions import HANDLE, user_can_import_feedback
from ..states import State
from .access import DeskOnly, start_item

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def forwarded_to(user: Any) -> Any:
    """What this person may enter answers for: ever forwarded, within the scope."""
    return SnapReport.objects.in_divisions(scope_of(user, HANDLE)).exclude(hotline_number="")


class FeedbackImportView(WorkbookImportView):
    form_class = FeedbackWorkbookForm
    salt = "snaps.feedback"
    success_url_name = "snaps_admin:index"
    refusals = (UnreadableWorkbook, Refused)

    def may_import(self) -> bool:
        return user_can_import_feedback(self.request.user)

    def get_page_title(self) -> str:
        return _("导入12345反馈")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, start_item(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = [(row.line, [row.number, row.hotline, row.feedback, row.on]) for row in kwargs.get("rows", [])]
        said = _("一行一件：12345工单号（或编号）、反馈、日期。上传后先检查，没有错误才会显示“确认导入”。")
        before = kwargs.get("before", 0)
        if before:
            said = _("有%d件以前已经登记过同样的反馈，略过。") % before + said
        return super().get_context_data(
            **kwargs,
            lines=lines,
            headings=[_("编号"), _("12345工单号"), _("反馈"), _("反馈日期")],
            template_url=reverse("snaps_admin:feedback_template"),
            explanation=said,
        )

    def read(self, cleaned: dict[str, Any]) -> tuple[list[FeedbackRow], list[CellError]]:
        file = cleaned["file"]
        rows, errors, self.before = read_feedback(file.read(), file.name, forwarded_to(self.request.user))
        return rows, errors

    def facts(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        return {"before": self.before}

    def pack(self, row: FeedbackRow) -> dict[str, Any]:
        return asdict(row)

    def unpack(self, packed: dict[str, Any]) -> FeedbackRow:
        return FeedbackRow(**packed)

    def write(self, rows: list[FeedbackRow], facts: dict[str, Any]) -> str:
        snaps = {
            snap.number: snap for snap in forwarded_to(self.request.user).filter(number__in=[r.number for r in rows])
        }
        if len(snaps) != len(rows):
            raise Refused(_("预览已过期，请重新选择文件。"))
        pairs = [(snaps[row.number], row.feedback, date.fromisoformat(row.on)) for row in rows]
        count = services.receive_feedbacks(rows=pairs, by=self.request.user)
        return _("登记了%d件反馈。") % count


class FeedbackTemplateView(DeskOnly, View):
    """A workbook with what still waits for 12345."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponse:
        if not user_can_import_feedback(request.user):
            raise PermissionDenied
        waiting = forwarded_to(request.user).filter(state=State.FORWARDED).order_by("captured_at", "pk")
        headers = {"Content-Disposition": 'attachment; filename="12345-feedback.xlsx"'}
        return HttpResponse(feedback_template(waiting[:MOST_ROWS]), content_type=XLSX, headers=headers)

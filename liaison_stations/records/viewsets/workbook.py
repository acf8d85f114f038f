"""A session's visitors from a workbook, shown first with what is wrong in which cell."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.views.generic import View

from participation.ledger.models import CategoryGroup
from participation.moderation.rules import Refused
from portal.idempotency.rules import new_key
from portal.tables.imports import UnreadableWorkbook
from portal.tables.rules import CellError
from portal.tables.views import WorkbookImportView

from .. import services
from ..forms import RecordWorkbookForm
from ..imports import HEADINGS, SheetRow, read_records, records_template
from ..permissions import user_can_keep_records
from ..states import Action
from .access import OneSession, RecordStaffOnly, start_item

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class RecordImportView(OneSession, WorkbookImportView):
    form_class = RecordWorkbookForm
    salt = "records.import"
    refusals = (UnreadableWorkbook, Refused)

    def may_import(self) -> bool:
        return user_can_keep_records(self.request.user, self.session.division)

    def get_page_title(self) -> str:
        return gettext("导入来访记录")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        own = {"url": self.success_url_name, "label": str(self.session)}
        return [*self.breadcrumbs_items, start_item(), own, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def success_url_name(self) -> str:  # type: ignore[override]  # an address of its own per session
        return reverse("records_admin:day", args=[self.session.key])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = [(row.cells["said"][1:], self.shown(row)) for row in kwargs.get("rows", [])]
        return super().get_context_data(
            **kwargs,
            lines=lines,
            headings=[known[0] for known in HEADINGS.values()],
            template_url=reverse("records_admin:template"),
            explanation=gettext("导入到%s。上传后先检查，没有错误才会显示“确认导入”。") % self.session,
        )

    def shown(self, row: SheetRow) -> list[str]:
        places = {each.pk: each.name for each in self.communities}
        names = [each.name for each in self.deputies if each.pk in row.deputies]
        return [
            row.name, row.phone, str(row.people), row.said, str(CategoryGroup(row.category_group).label),
            places.get(row.community or 0, ""), row.place, "、".join(names), row.answer,
        ]  # fmt: skip

    def read(self, cleaned: dict[str, Any]) -> tuple[list[SheetRow], list[CellError]]:
        if not services.session_for_recording(self.session):
            raise Refused(gettext("这场接待还没有登记“已接待”，也不在今天，不能录入来访记录。"))
        file = cleaned["file"]
        communities = {each.name: each.pk for each in self.communities}
        return read_records(file.read(), file.name, communities=communities, deputies=self.deputies)

    def pack(self, row: SheetRow) -> dict[str, Any]:
        return asdict(row)

    def unpack(self, packed: dict[str, Any]) -> SheetRow:
        return SheetRow(**packed | {"deputies": tuple(packed["deputies"])})

    def facts(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """The key travels with the preview: confirmed twice, it is written once."""
        return {"form_key": new_key(), "session_key": self.session.key}

    def write(self, rows: list[SheetRow], facts: dict[str, Any]) -> str:
        if facts["session_key"] != self.session.key:
            raise Refused(gettext("预览已过期，请重新选择文件。"))
        places = {each.pk: each for each in self.communities}
        people = {each.pk: each for each in self.deputies}
        new = [
            services.NewRecord(
                said=row.said, name=row.name, phone=row.phone, people=row.people, category_group=row.category_group,
                community=places.get(row.community or 0), place=row.place,
                deputies=tuple(people[pk] for pk in row.deputies if pk in people),
                outcome=services.Outcome(Action.ANSWER.value, row.answer) if row.answer else services.Outcome(),
            )
            for row in rows
        ]  # fmt: skip
        done = services.record_day(session=self.session, by=self.request.user, form_key=facts["form_key"], rows=new)
        if not done.is_new:
            return gettext("这一页已经保存过，没有重复登记。")
        return gettext("导入了%d条。") % len(done.numbers)


class TemplateView(RecordStaffOnly, View):
    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponse:
        headers = {"Content-Disposition": 'attachment; filename="reception-records.xlsx"'}
        return HttpResponse(records_template(), content_type=XLSX, headers=headers)

"""A month from a workbook, shown first with what is wrong in which cell, clashes included."""

from dataclasses import asdict
from datetime import date, time
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from participation.moderation.rules import Refused
from portal.tables.imports import UnreadableWorkbook
from portal.tables.rules import CellError
from portal.tables.views import WorkbookImportView

from .. import services
from ..imports import HEADINGS, SheetRow, month_template, read_month
from ..permissions import user_can_plan_receptions
from ..selectors.people import People
from .access import OneDesk, ReceptionStaffOnly

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = ("day", "start", "end", "station", "venue", "hosts", "guests", "theme")


class MonthWorkbookForm(forms.Form):
    use_required_attribute = False
    file = forms.FileField(label=_("Excel文件（.xlsx）"), error_messages={"required": _("请选择文件。")})


class MonthImportView(OneDesk, WorkbookImportView):
    form_class = MonthWorkbookForm
    salt = "receptions.import"
    refusals = (UnreadableWorkbook, Refused, services.MonthRefused)

    @cached_property
    def success_url_name(self) -> str:  # type: ignore[override]  # an address of its own per month
        return self.month_url

    def may_import(self) -> bool:
        return user_can_plan_receptions(self.request.user, self.desk.division)

    def get_page_title(self) -> str:
        return gettext("导入接待安排")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, *self.crumbs(self.get_page_title())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = [(row.cells["day"][1:], [_shown(row, key) for key in SHOWN]) for row in kwargs.get("rows", [])]
        return super().get_context_data(
            **kwargs,
            lines=lines,
            headings=[HEADINGS[key][0] for key in SHOWN],
            template_url=reverse("receptions_admin:template"),
            explanation=gettext("导入到%(year)d年%(month)d月的计划。上传后先检查，没有错误才会显示“确认导入”。")
            % {"year": self.month[0], "month": self.month[1]},
        )

    def read(self, cleaned: dict[str, Any]) -> tuple[list[SheetRow], list[CellError]]:
        rows, errors = read_month(cleaned["file"].read(), cleaned["file"].name, *self.month)
        planned, wrong = self.planned(rows)
        errors = [*errors, *wrong]
        if planned and not errors:
            try:
                services.check_rows(desk=self.desk, rows=planned)
            except services.MonthRefused as refusal:
                errors += [CellError(rows[n - 1].cells["day"] if n else "", text) for n, text in refusal.errors]
        return rows, errors

    def planned(self, rows: list[SheetRow]) -> tuple[list[services.PlannedRow], list[CellError]]:
        """Stations, rooms and people of the sheet, or what of them is unknown by cell."""
        people = People(self.desk.division, [row.hosts for row in rows])
        stations = {row.title: row for row in self.desk.stations} | {gettext("主站"): self.desk.main}
        venues = {row.name: row for row in self.desk.venues}
        found, errors = [], []
        for number, row in enumerate(rows, 1):
            hosts, wrong_hosts = people.hosts(row.hosts, row.day)
            guests, wrong_guests = people.guests(row.guests)
            station, venue = stations.get(row.station), venues.get(row.venue)
            wrong = [("hosts", text) for text in wrong_hosts] + [("guests", text) for text in wrong_guests]
            if station is None:
                wrong.append(("station", gettext("没有“%s”这个站点。") % row.station[:40]))
            if row.venue and venue is None:
                wrong.append(("venue", gettext("没有“%s”这个场所。") % row.venue[:40]))
            errors += [CellError(row.cells.get(key, ""), text) for key, text in wrong]
            if not wrong and station is not None:
                found.append(services.PlannedRow(
                    number=number, station=station, day=row.day, start=row.start, end=row.end, venue=venue,
                    theme=row.theme, hosts=tuple(hosts), guests=tuple(guests), capacity=row.capacity,
                ))  # fmt: skip
        return found, errors

    def pack(self, row: SheetRow) -> dict[str, Any]:
        facts = {"day": row.day.isoformat(), "start": row.start.isoformat(), "end": row.end.isoformat()}
        return asdict(row) | facts

    def unpack(self, packed: dict[str, Any]) -> SheetRow:
        facts = {"day": date.fromisoformat(packed["day"])} | {
            name: time.fromisoformat(packed[name]) for name in ("start", "end")
        }
        return SheetRow(**packed | facts)

    def facts(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        return {"month": self.month_name}

    def write(self, rows: list[SheetRow], facts: dict[str, Any]) -> str:
        planned, wrong = self.planned(rows)
        if wrong:
            raise Refused("".join(error.message for error in wrong))
        done = services.save_month(desk=self.desk, rows=planned, by=self.request.user, accepts_clashes=True)
        return gettext("导入了%d场。") % done[0]


def _shown(row: SheetRow, key: str) -> str:
    value = getattr(row, key)
    return f"{value:%H:%M}" if isinstance(value, time) else str(value or "")


class TemplateView(ReceptionStaffOnly, View):
    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponse:
        headers = {"Content-Disposition": 'attachment; filename="receptions.xlsx"'}
        return HttpResponse(month_template(), content_type=XLSX, headers=headers)

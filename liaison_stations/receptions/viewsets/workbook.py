"""A month from a workbook, shown first with what is wrong in which cell, clashes included."""

from collections.abc import Sequence
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

from liaison_stations.stations.models import LiaisonStation
from participation.moderation.rules import Refused
from portal.tables.imports import UnreadableWorkbook
from portal.tables.rules import CellError
from portal.tables.views import WorkbookImportView

from .. import services
from ..imports import HEADINGS, SheetRow, month_template, read_month
from ..models import ReceptionSession
from ..permissions import user_can_plan_receptions
from ..selectors.people import People
from ..states import Status
from .access import OneDesk, ReceptionStaffOnly

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = ("day", "start", "end", "station", "venue", "hosts", "guests", "theme")


class MonthWorkbookForm(forms.Form):
    use_required_attribute = False
    file = forms.FileField(label=_("Excel文件（.xlsx）"), error_messages={"required": _("请选择文件。")})


class MonthImportView(OneDesk, WorkbookImportView):
    form_class = MonthWorkbookForm
    salt = "receptions.import"
    doubts: Sequence[str] = ()
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
        rows = kwargs.get("rows", [])
        lines = [(row.cells["day"][1:], [*(_shown(row, key) for key in SHOWN), self.effect(row)]) for row in rows]
        return super().get_context_data(
            **kwargs,
            lines=lines,
            headings=[*(HEADINGS[key][0] for key in SHOWN), gettext("导入后")],
            doubts=self.doubts,
            template_url=reverse("receptions_admin:template"),
            explanation=gettext("导入到%(year)d年%(month)d月的计划。上传后先检查，没有错误才会显示“确认导入”。")
            % {"year": self.month[0], "month": self.month[1]},
        )

    def read(self, cleaned: dict[str, Any]) -> tuple[list[SheetRow], list[CellError]]:
        rows, errors = read_month(cleaned["file"].read(), cleaned["file"].name, *self.month)
        planned, wrong = self.planned(rows)
        errors = [*errors, *wrong]
        if planned and not errors:
            known = {row.key: row for row in self.standing.values()}
            try:
                services.check_rows(
                    desk=self.desk, rows=planned, accepts_clashes=False,
                    known={row.key: known[row.key] for row in planned if row.key},
                )  # fmt: skip
            except services.MonthRefused as refusal:
                errors += [CellError(rows[n - 1].cells["day"] if n else "", text) for n, text in refusal.errors]
                self.doubts = [text for _number, text in refusal.questions]
        return rows, errors

    @cached_property
    def standing(self) -> dict[tuple[int, date, time], ReceptionSession]:
        """The month as it is, by what tells a line of the sheet apart: the same again is a change, not a second one."""
        rows = ReceptionSession.objects.standing().in_month(*self.month)
        found = rows.filter(station__in=[row.pk for row in self.desk.stations]).for_list().order_by("-pk")
        return {(row.station_id, row.date, row.start): row for row in found}

    @cached_property
    def stations(self) -> dict[str, LiaisonStation]:
        return {row.title: row for row in self.desk.stations} | {gettext("主站"): self.desk.main}

    def standing_at(self, row: SheetRow) -> ReceptionSession | None:
        station = self.stations.get(row.station)
        return self.standing.get((station.pk, row.day, row.start)) if station is not None else None

    def effect(self, row: SheetRow) -> str:
        session = self.standing_at(row)
        if session is None:
            return gettext("新增")
        return gettext("修改") if session.status == Status.PLANNED else gettext("已经公布，不改")

    def planned(self, rows: list[SheetRow]) -> tuple[list[services.PlannedRow], list[CellError]]:
        """Stations, rooms and people of the sheet, or what of them is unknown by cell."""
        people = People(self.desk.division, [row.hosts for row in rows])
        venues = {row.name: row for row in self.desk.venues}
        found, errors = [], []
        taken: set[str] = set()
        for number, row in enumerate(rows, 1):
            session = self.standing_at(row)
            if session is not None and session.status != Status.PLANNED:
                continue  # public already: 改期、替班、取消 have their own steps
            if session is not None and session.key in taken:
                session = None  # the same line twice is a second session, and asked about
            hosts, wrong_hosts = people.hosts(row.hosts, row.day)
            guests, wrong_guests = people.guests(row.guests)
            station, venue = self.stations.get(row.station), venues.get(row.venue)
            wrong = [("hosts", text) for text in wrong_hosts] + [("guests", text) for text in wrong_guests]
            if station is None:
                wrong.append(("station", gettext("没有“%s”这个站点。") % row.station[:40]))
            if row.venue and venue is None:
                wrong.append(("venue", gettext("没有“%s”这个场所。") % row.venue[:40]))
            errors += [CellError(row.cells.get(key, ""), text) for key, text in wrong]
            if not wrong and station is not None:
                taken.add(session.key if session else "")
                found.append(services.PlannedRow(
                    number=number, station=station, day=row.day, start=row.start, end=row.end, venue=venue,
                    theme=row.theme, hosts=tuple(hosts), guests=tuple(guests), capacity=row.capacity,
                    key=session.key if session else "",
                    slot_minutes=session.slot_minutes if session and row.capacity else None,
                    is_themed_activity=bool(session and session.is_themed_activity),
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
        words = gettext("新增%(new)d场，修改%(changed)d场。") % {"new": done[0], "changed": done[1]}
        public = len(rows) - len(planned)
        return words + (gettext("已经公布的%d场没有改动。") % public if public else "")


def _shown(row: SheetRow, key: str) -> str:
    value = getattr(row, key)
    return f"{value:%H:%M}" if isinstance(value, time) else str(value or "")


class TemplateView(ReceptionStaffOnly, View):
    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponse:
        headers = {"Content-Disposition": 'attachment; filename="receptions.xlsx"'}
        return HttpResponse(month_template(), content_type=XLSX, headers=headers)

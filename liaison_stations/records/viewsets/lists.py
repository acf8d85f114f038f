"""The list of records with its filters, the sessions that wait for their records, and the list as a workbook."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from liaison_stations.stations.models import LiaisonStation
from portal.accounts.rules import normalised_phone
from portal.encryption.services import blind_indexes
from portal.trail.services import record as record_step

from ..exports import records_xlsx
from ..forms import FilterForm
from ..models import ReceptionRecord
from ..selectors import Figures, figures_by_station, records_in_scope, scope_of, sessions_for_entry
from ..services import SUBJECT_KIND
from .access import RecordStaffOnly

PER_PAGE, MOST_STATIONS, MOST_EXPORTED = 30, 200, 5000


class Filtered(RecordStaffOnly):
    request: HttpRequest

    @cached_property
    def stations(self) -> list[LiaisonStation]:
        rows = LiaisonStation.objects.filter(live=True)
        scope = scope_of(self.request.user)
        if scope is not None:
            inside = Q(pk__in=[])
            for division in scope:
                inside |= Q(division__path__startswith=division.path)
            rows = rows.filter(inside)
        return list(rows.order_by("division__path", "path")[:MOST_STATIONS])

    @cached_property
    def form(self) -> FilterForm:
        return FilterForm(self.request.GET or None, stations=self.stations)

    @cached_property
    def asked(self) -> dict[str, str]:
        return self.form.asked() if self.form.is_bound else {}

    def rows(self) -> Any:
        rows, asked = records_in_scope(self.request.user), self.asked
        if station := asked.get("station"):
            rows = rows.filter(session__station=int(station))
        if state := asked.get("state"):
            rows = rows.filter(state=state)
        if month := asked.get("month"):
            rows = rows.filter(session__date__gte=_first(month), session__date__lt=_after(month))
        if words := asked.get("q", "").strip():
            phone = normalised_phone(words)
            wanted = Q(number__icontains=words) | Q(said__icontains=words) | Q(place__icontains=words)
            if len(phone) >= 7 and phone.isdecimal():  # a whole number only: it is found by its index
                wanted |= Q(phone_index__in=blind_indexes(phone, "contact_phone"))
            rows = rows.filter(wanted)
        return rows.order_by("-session__date", "-pk")


class RecordListView(Filtered, WagtailAdminTemplateMixin, TemplateView):
    template_name = "records/admin/record_list.html"
    header_icon = "form"

    def get_page_title(self) -> str:
        return _("接待记录")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": _("接待记录")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(self.rows(), PER_PAGE).get_page(self.request.GET.get("p"))
        query = self.request.GET.copy()
        query.pop("p", None)
        return {
            **super().get_context_data(**kwargs),
            "form": self.form,
            "page": page,
            "is_filtered": bool(self.asked),
            "query": query.urlencode(),
            "sessions": sessions_for_entry(self.request.user),
            "figures": self.figures(),
            "year": timezone.localdate().year,
        }

    def figures(self) -> list[tuple[LiaisonStation, Figures]]:
        """This year by station, those with a held session."""
        today = timezone.localdate()
        found = figures_by_station([row.pk for row in self.stations], date(today.year, 1, 1), today)
        return [(row, found[row.pk]) for row in self.stations if row.pk in found]


class ExportView(Filtered, View):
    """The list as it is filtered; that it was taken out is recorded, with the number of rows."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponseBase:
        rows: list[ReceptionRecord] = list(self.rows()[:MOST_EXPORTED])
        record_step(
            subject_kind=SUBJECT_KIND, subject_key="export", verb="export", actor=request.user, capacity="staff",
            detail={"rows": len(rows)},
        )  # fmt: skip
        return records_xlsx(rows)


def _first(month: str) -> date:
    return date(int(month[:4]), int(month[5:]), 1)


def _after(month: str) -> date:
    year, number = int(month[:4]), int(month[5:])
    return date(year + number // 12, number % 12 + 1, 1)

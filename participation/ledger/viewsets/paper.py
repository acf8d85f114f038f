"""导入已有台账: read, shown with what is wrong in which cell, and brought in once it is confirmed."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from participation.moderation.selectors import scope_of
from portal.jurisdictions.models import Division
from portal.tables.rules import CellError
from portal.tables.views import WorkbookImportView

from .. import services
from ..forms import PaperLedgerForm
from ..imports import read_workbook
from ..permissions import MANAGE
from ..rules.paper_rows import DAYS, PaperRow
from .access import WorkplaceOnly


def divisions_for(user: Any) -> Any:
    """Subdistricts and townships in which the user manages."""
    rows = Division.objects.filter(level__in=[Division.Level.SUBDISTRICT, Division.Level.TOWNSHIP]).order_by("path")
    scope = scope_of(user, MANAGE)
    if scope is None:
        return rows
    found = rows.none()
    for division in scope:
        found = found | rows.filter(path__startswith=division.path)
    return found.distinct()


class PaperLedgerView(WorkplaceOnly, WorkbookImportView):
    template_name = "ledger/admin/paper_import.html"
    form_class = PaperLedgerForm
    salt = "ledger.paper"
    success_url_name = "ledger_admin:index"
    refusals = (Refused,)

    def may_import(self) -> bool:
        return bool(self.request.user.has_perm(MANAGE))

    def form_kwargs(self) -> dict[str, Any]:
        return {"divisions": divisions_for(self.request.user)}

    def get_page_title(self) -> str:
        return _("导入已有台账")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        start = {"url": reverse("ledger_admin:home"), "label": _("台账")}
        return [*self.breadcrumbs_items, start, {"url": "", "label": _("导入已有台账")}]

    def read(self, cleaned: dict[str, Any]) -> tuple[list[PaperRow], list[CellError]]:
        paper = read_workbook(cleaned["file"].read(), cleaned["year"])
        return paper.rows, [*paper.errors, *services.paper_problems(paper.rows, cleaned["division"])]

    def facts(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        return {"division": cleaned["division"].pk, "place": cleaned["division"].name}

    def pack(self, row: PaperRow) -> dict[str, Any]:
        return _packed(row)

    def unpack(self, packed: dict[str, Any]) -> PaperRow:
        return _unpacked(packed)

    def write(self, rows: list[PaperRow], facts: dict[str, Any]) -> str:
        division = divisions_for(self.request.user).filter(pk=facts["division"]).first()
        if division is None:
            raise PermissionDenied
        is_public = "is_public" in self.request.POST
        done = services.bring_in_rows(by=self.request.user, division=division, rows=rows, is_public=is_public)
        words = _("已导入%(created)d件，%(known)d件以前已经导入过。")
        return str(words % {"created": done.created, "known": done.known})


def _packed(row: PaperRow) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in asdict(row).items()}


def _unpacked(row: dict[str, Any]) -> PaperRow:
    days = {name: date.fromisoformat(row[name]) if row[name] else None for name in DAYS}
    return PaperRow(**{**row, **days})

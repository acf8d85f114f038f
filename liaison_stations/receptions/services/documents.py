"""年度活动计划、进站操作细则 (X27)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from participation.filings.services import checked_paper
from participation.moderation.rules import Refused
from portal.jurisdictions.models import Division
from portal.trail.services import record

from ..models import DocumentKind, StationDocument
from ..permissions import user_can_plan_receptions
from .moves import required


@transaction.atomic
def add_document(
    *, division: Division, kind: str, year: int, title: str, upload: UploadedFile, by: Any, is_public: bool = True
) -> StationDocument:
    """A PDF, kept under a name of our own; a newer one stands beside the older, nothing is replaced."""
    if not user_can_plan_receptions(by, division):
        raise PermissionDenied
    if kind not in DocumentKind.values:
        raise Refused(_("请选择文件的种类。"))
    if not 2000 <= year <= 2100:
        raise Refused(_("请填写年度，例如2026。"))
    title = required(title, _("请填写标题。"), 80)
    paper = checked_paper(upload, is_pdf_only=True)
    row = StationDocument(
        division=division, kind=kind, year=year, title=title, created_by=by, is_public=is_public
    )  # fmt: skip
    row.file.save(str(paper.name), paper, save=False)
    row.save()
    record(
        subject_kind="station_document", subject_key=str(row.pk), verb="add", actor=by, capacity="staff",
        detail={"kind": kind, "year": year, "division": division.key},
    )  # fmt: skip
    return row

"""The result sheet on paper and as .docx, the list as a workbook, the written report before it is public."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.generic import View

from participation.moderation.selectors import scope_of
from portal.trail.services import record

from ..documents import result_docx
from ..exports import appraisals_xlsx
from ..models import OfficeAppraisal
from ..permissions import VIEW, user_can_view_result
from ..selectors import result_for_staff
from ..selectors.sheet import ResultSheet, result_sheet
from ..views.reading import pdf_response
from .access import OneAppraisal, WorkplaceOnly

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_ROWS = 2000


class OneResult(OneAppraisal):
    """404 for who may not see the counts, and before they are there."""

    def sheet(self) -> ResultSheet:
        row = self.appraisal
        result = result_for_staff(row) if user_can_view_result(self.request.user, row) else None
        if result is None:
            raise Http404
        return result_sheet(row, result)


class ResultDocxView(OneResult, View):
    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        response = HttpResponse(result_docx(self.sheet()), content_type=DOCX)
        response["Content-Disposition"] = f'attachment; filename="appraisal-{pk}.docx"'
        return response


class ResultPaperView(OneResult, View):
    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        context = {"appraisal": self.appraisal, "sheet": self.sheet()}
        return render(request, "oversight/admin/result_print.html", context)


class ReportView(OneAppraisal, View):
    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        if not self.appraisal.report_file:
            raise Http404
        return pdf_response(self.appraisal.report_file, f"report-{pk}.pdf")


class ExportView(WorkplaceOnly, View):
    """What may be seen with its counts: a unit's own are not among them."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponseBase:
        rows: Any = OfficeAppraisal.objects.in_scope(scope_of(request.user, VIEW), [])
        rows = rows.select_related("division", "unit", "round").prefetch_related("dispatches__filing")
        found = list(rows[:MOST_ROWS])
        record(
            subject_kind="office_appraisals", subject_key="export", verb="export", actor=request.user, capacity="staff",
            detail={"rows": len(found)},
        )  # fmt: skip
        return appraisals_xlsx(found)

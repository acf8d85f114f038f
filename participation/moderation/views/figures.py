"""审核公开: how long reviewing takes and what becomes of what is sent in, by month."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..selectors import monthly_figures


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    context = {
        "months": monthly_figures(),
        "report_days": settings.REPORT_WORKDAYS,
        "appeal_days": settings.APPEAL_WORKDAYS,
    }
    return render(request, "moderation/figures.html", context)

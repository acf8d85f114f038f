"""审核公开: how long reviewing takes and what becomes of what is sent in, by month."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..selectors import monthly_figures


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    columns = [
        _("月份"), _("审核件数"), _("一天内审完"), _("三天内审完"), _("退回补正"), _("不予公开或告知其他渠道"),
        _("公开后隐去"),
    ]  # fmt: skip
    rows = [
        [
            _("%(year)s年%(number)s月") % {"year": row.month.year, "number": row.month.month}, row.total,
            row.within_a_day, row.within_three_days, row.returned, row.refused, row.hidden,
        ]
        for row in monthly_figures()
    ]  # fmt: skip
    context = {
        "columns": columns,
        "rows": rows,
        "report_days": settings.REPORT_WORKDAYS,
        "appeal_days": settings.APPEAL_WORKDAYS,
    }
    return render(request, "moderation/figures.html", context)

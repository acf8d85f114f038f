"""内容更新: how fresh the home page and the columns are, for whoever keeps them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .adapters.admin_doors import works_on_pages
from .permissions import VIEW_FRESHNESS
from .rules.freshness import EMPTY_FAILS, EVERY_OVERDUE_FAILS, OVERDUE_FAILS
from .selectors import freshness_board


@require_safe
def freshness(request: HttpRequest) -> HttpResponse:
    """`?state=overdue` narrows the list; the figures above count everything."""
    if not request.user.has_perm(VIEW_FRESHNESS):
        raise PermissionDenied(_("您没有查看内容更新情况的权限。"))
    board = freshness_board(timezone.localdate())
    wanted = request.GET.get("state", "")
    context: dict[str, Any] = {
        "page_title": _("内容更新"),
        "header_icon": "history",
        "breadcrumbs_items": [{"url": "", "label": _("内容更新")}],
        "board": board,
        "works_on_pages": works_on_pages(request.user),  # who does not is led to the public column
        "rows": [row for row in board.columns if wanted in ("", row.freshness.state)],
        "wanted": wanted if wanted in _states() else "",
        "counts": [(state, label, board.count(state)) for state, label in _states().items()],
        "limits": {"overdue": OVERDUE_FAILS, "every": EVERY_OVERDUE_FAILS, "empty": EMPTY_FAILS},
    }
    return render(request, "home/admin/freshness_board.html", context)


def _states() -> dict[str, str]:
    return {"overdue": _("超期"), "due": _("快到期"), "empty": _("空栏目"), "fresh": _("正常")}

"""Who gets into the desk at all, and which rows are there for them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from participation.moderation.selectors import scope_of

from ..models import SnapReport
from ..permissions import VIEW_ORIGINAL, user_can_open_desk


class DeskOnly:
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_open_desk(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # the view it is mixed into
        response["Cache-Control"] = "private, no-store"
        return response


def rows_for(user: Any) -> Any:
    """Only what lies in the scope: that another exists is private."""
    rows = SnapReport.objects.in_divisions(scope_of(user, VIEW_ORIGINAL))
    return rows.select_related("division", "review", "ledger_item")


def start_item() -> dict[str, str]:
    return {"url": reverse("snaps_admin:index"), "label": _("随手拍")}

"""Who gets in, and which stations and sessions are there for them: outside the scope is 404."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from ..forms import month_of
from ..models import ReceptionSession
from ..permissions import user_can_view_receptions
from ..selectors import Desk, desk_of, desks_for
from ..selectors.places import scope_of


class ReceptionStaffOnly:
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_view_receptions(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # the view it is mixed into
        response["Cache-Control"] = "private, no-store"
        return response


class OneDesk(ReceptionStaffOnly):
    """`pk` is the main station's."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def desk(self) -> Desk:
        return desk_of(get_object_or_404(desks_for(self.request.user), pk=self.kwargs["pk"]))

    @cached_property
    def month(self) -> tuple[int, int]:
        return month_of(self.request.GET.get("month", "") or self.request.POST.get("month", ""))

    @property
    def month_name(self) -> str:
        return f"{self.month[0]}-{self.month[1]:02d}"

    @property
    def month_url(self) -> str:
        return f"{reverse('receptions_admin:month', args=[self.desk.main.pk])}?month={self.month_name}"

    def crumbs(self, label: str = "") -> list[dict[str, str]]:
        own = {"url": self.month_url if label else "", "label": self.desk.main.title}
        return [start_item(), own, *([{"url": "", "label": label}] if label else [])]


class OneSession(ReceptionStaffOnly):
    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def session(self) -> ReceptionSession:
        rows = ReceptionSession.objects.in_divisions(scope_of(self.request.user)).for_list()
        found: ReceptionSession = get_object_or_404(rows, key=self.kwargs["key"])
        return found


def start_item() -> dict[str, str]:
    return {"url": reverse("receptions_admin:index"), "label": _("接待排班")}

"""Who gets in, and which sessions and records are there for them: outside the scope is 404."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from liaison_stations.deputies.models import Deputy
from liaison_stations.receptions.models import Booking, ReceptionSession
from portal.jurisdictions.models import Division

from ..models import ReceptionRecord
from ..permissions import user_can_view_records
from ..selectors import records_in_scope, scope_of


class RecordStaffOnly:
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_view_records(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # the view it is mixed into
        response["Cache-Control"] = "private, no-store"
        return response


class OneSession(RecordStaffOnly):
    """A session that is public: nobody receives by a plan."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def session(self) -> ReceptionSession:
        rows = ReceptionSession.objects.public().in_divisions(scope_of(self.request.user)).for_list()
        found: ReceptionSession = get_object_or_404(rows, key=self.kwargs["key"])
        return found

    @cached_property
    def deputies(self) -> list[Deputy]:
        return deputies_of(self.session)

    @cached_property
    def communities(self) -> list[Division]:
        return communities_of(self.session)

    @cached_property
    def bookings(self) -> list[Booking]:
        rows = Booking.objects.filter(session=self.session, cancelled_at=None).select_related("user")
        return list(rows.order_by("slot", "seat"))


class OneRecord(RecordStaffOnly):
    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def record(self) -> ReceptionRecord:
        found: ReceptionRecord = get_object_or_404(records_in_scope(self.request.user), number=self.kwargs["number"])
        return found


def deputies_of(session: ReceptionSession) -> list[Deputy]:
    """Who came; on the day itself who is on the list."""
    rows = session.host_rows.select_related("deputy")
    return [each.deputy for each in rows if each.attended or (each.attended is None and not session.is_held)]


def communities_of(session: ReceptionSession) -> list[Division]:
    rows = Division.objects.filter(path__startswith=session.division.path, level=Division.Level.COMMUNITY)
    return list(rows.order_by("path"))


def start_item() -> dict[str, str]:
    return {"url": reverse("records_admin:index"), "label": _("接待记录")}

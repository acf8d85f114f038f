"""Messages and QR codes within a person's reach."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from liaison_stations.deputies.models import Deputy
from liaison_stations.stations.models import LiaisonStation
from participation.moderation.selectors import scope_of
from portal.jurisdictions.models import Division
from portal.lookup.registry import Found
from portal.outbox.registry import Absent

from .models import DeputyMessage, DeputyQrCode
from .rules.naming import is_number, is_token
from .rules.rights import CODES, VIEW


def code_by_token(token: str) -> DeputyQrCode | None:
    """A code as the address names it, revoked ones as well; letters typed large are understood."""
    token = token.strip().lower()
    if not is_token(token):
        return None
    rows = DeputyQrCode.objects.select_related("station", "deputy__congress", "division")
    found: DeputyQrCode | None = rows.filter(token=token).first()
    return found


def valid_code_of(*, station: LiaisonStation | None = None, deputy: Deputy | None = None) -> DeputyQrCode | None:
    rows = DeputyQrCode.objects.valid().select_related("station", "deputy__congress", "division")
    found: DeputyQrCode | None = rows.filter(station=station, deputy=deputy).first()
    return found


def main_station_of(division: Division) -> LiaisonStation | None:
    """Where a visitor is led whose deputy left office."""
    rows = LiaisonStation.objects.filter(live=True, kind=LiaisonStation.Kind.MAIN, division=division)
    found: LiaisonStation | None = rows.first()
    return found


def message_by_number(number: str) -> DeputyMessage | None:
    number = number.strip().upper()
    if not is_number(number):
        return None
    found: DeputyMessage | None = DeputyMessage.objects.for_list().filter(number=number).first()
    return found


def deputies_for(message: DeputyMessage) -> Any:
    """Whom the desk may pass it on to: in office, serving its division; not the one who has it already."""
    rows = Deputy.objects.serving(message.division).in_office(timezone.localdate()).select_related("congress", "user")
    current = message.answering_deputy
    return rows.exclude(pk=current.pk) if current is not None else rows


def task_counts(user: Any) -> dict[str, int]:
    """For the admin home: what waits for a first word, what is due within three days, what is late."""
    today = timezone.localdate()
    rows = DeputyMessage.objects.in_divisions(scope_of(user, VIEW))
    return {
        "waiting": rows.waiting().count(),
        "soon": rows.due_soon(today, today + timedelta(days=3)).count(),
        "overdue": rows.overdue(today).count(),
    }


def stations_at(divisions: set[int]) -> dict[int, LiaisonStation]:
    """The public main station of each division."""
    rows = LiaisonStation.objects.filter(live=True, kind=LiaisonStation.Kind.MAIN, division__in=divisions)
    return {row.division_id: row for row in rows.order_by("-pk")}


def streets_with_codes(user: Any) -> Any:
    """Divisions within reach that have codes, for the list's filter."""
    rows = DeputyQrCode.objects.in_divisions(scope_of(user, CODES)).order_by()
    return Division.objects.filter(pk__in=rows.values("division")).order_by("path")


def messages_in_scope(user: Any) -> Any:
    """For the staff screens: in the divisions of the post."""
    return DeputyMessage.objects.in_divisions(scope_of(user, VIEW)).for_list()


def codes_in_scope(user: Any) -> Any:
    rows = DeputyQrCode.objects.in_divisions(scope_of(user, CODES))
    return rows.select_related("station", "deputy__congress", "division", "issued_by", "revoked_by")


def stations_in_scope(user: Any) -> Any:
    return _inside(LiaisonStation.objects.filter(live=True), scope_of(user, CODES)).select_related("division")


def deputies_in_scope(user: Any) -> Any:
    rows = _inside(Deputy.objects.filter(is_void=False), scope_of(user, CODES))
    return rows.in_office(timezone.localdate()).select_related("congress", "division")


def _inside(rows: Any, divisions: Any) -> Any:
    if divisions is None:
        return rows
    wanted = Q(pk__in=[])
    for division in divisions:
        wanted |= Q(division__path__startswith=division.path)
    return rows.filter(wanted)


def left_for(user: Any) -> Any:
    """Left for this deputy, the ones that wait first."""
    if not user.is_authenticated:
        return DeputyMessage.objects.none()
    return DeputyMessage.objects.to_deputy_user(user).for_list().order_by("answered_at", "-created_at")


def sent_by(user: Any) -> Any:
    return DeputyMessage.objects.filter(sender=user).for_list().order_by("-created_at", "-pk")


def found_by_slip(*, number: str = "", last_six: str = "", limit: int = 1) -> list[Found]:
    """For `/lookup/`."""
    rows = DeputyMessage.objects.select_related("division")
    rows = rows.filter(number=number) if number else rows.filter(last_six=last_six)
    return [Found(row.number, row.get_absolute_url(), row.division) for row in rows.order_by("-pk")[:limit]]


def absent_senders(number: str) -> list[Absent]:
    """Who wrote without an account, for the 告知任务 of the staff."""
    rows = DeputyMessage.objects.filter(number=number, sender=None)
    return [Absent(name=row.name, telephone=row.phone, entered_by=row.answered_by_id) for row in rows if row.phone]

"""What staff log for X51 and X52: who was trained, which state organs came to the station."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from liaison_stations.stations.models import LiaisonStation
from participation.moderation.rules import Refused
from portal.trail.services import record

from ..models import HeadTraining, OrganVisit, ReceptionSession
from ..permissions import user_can_plan_receptions
from ..selectors.places import Desk
from .moves import required


@transaction.atomic
def log_training(*, desk: Desk, on: date, title: str, attendees: str, organiser: str = "", by: Any) -> HeadTraining:
    """负责人业务培训 that took place."""
    _may_log(desk, on, by)
    row = HeadTraining.objects.create(
        division=desk.division, date=on, title=required(title, _("请填写培训内容。"), 80),
        attendees=required(attendees, _("请填写参加人员。"), 200), organiser=organiser.strip()[:60], created_by=by,
    )  # fmt: skip
    _record("head_training", row.pk, by, desk, on)
    return row


@transaction.atomic
def log_organ_visit(
    *,
    desk: Desk,
    station: LiaisonStation,
    on: date,
    organ: str,
    people: str,
    reported: str = "",
    responded: str = "",
    session: ReceptionSession | None = None,
    by: Any,
) -> OrganVisit:
    """国家机关工作人员进站 that took place, by itself or at a reception."""
    _may_log(desk, on, by)
    if station.pk not in {row.pk for row in desk.stations}:
        raise Refused(_("只能登记本站及所属站点。"))
    if session is not None and (session.station_id != station.pk or session.date != on or not session.is_held):
        raise Refused(_("只能选同一站点、同一天已登记的接待。"))
    reported, responded = reported.strip(), responded.strip()
    if not (reported or responded):
        raise Refused(_("请写明通报了什么工作，或者回应了什么关切。"))
    row = OrganVisit.objects.create(
        station=station, session=session, date=on, organ=required(organ, _("请填写国家机关（单位）。"), 60),
        people=required(people, _("请填写到站人员。"), 100), reported=reported[:300], responded=responded[:300],
        created_by=by,
    )  # fmt: skip
    _record("organ_visit", row.pk, by, desk, on)
    return row


def _may_log(desk: Desk, on: date, by: Any) -> None:
    if not user_can_plan_receptions(by, desk.division):
        raise PermissionDenied(_("您没有这个联络站的权限。"))
    if on > timezone.localdate():
        raise Refused(_("只登记已经发生的，日期不能晚于今天。"))


def _record(kind: str, pk: int, by: Any, desk: Desk, on: date) -> None:
    """Never who came: people are not named in the trail."""
    record(
        subject_kind=kind, subject_key=str(pk), verb="log", actor=by, capacity="staff",
        detail={"division": desk.division.key, "date": on.isoformat()},
    )  # fmt: skip

"""每月20日提醒: once per place and month, only where the scheme is confirmed and the month is not met yet."""

from datetime import date

from django.utils import timezone

from liaison_stations.stations.models import LiaisonStation

from .. import notifications
from ..selectors.checking import month_check
from ..selectors.places import MAIN

FROM_DAY = 20


def remind_of_month(today: date | None = None) -> int:
    """How many places were reminded now. The outbox keeps the event: a second run, or one beside it, tells nobody."""
    day = today or timezone.localdate()
    if day.day < FROM_DAY:
        return 0
    told = 0
    for station in LiaisonStation.objects.filter(kind=MAIN, live=True).select_related("division").iterator(500):
        check = month_check(station.division, day.year, day.month)
        if check is not None and check.is_confirmed and not check.is_met:
            told += notifications.month_not_met(station, check) > 0
    return told

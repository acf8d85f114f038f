"""Reception records in any state, brought there by services."""

from datetime import time
from typing import Any

from liaison_stations.receptions.models import ReceptionSession
from liaison_stations.records import services
from liaison_stations.records.models import ReceptionRecord
from portal.idempotency.rules import new_key

from . import receptions


def session(cast: Any) -> ReceptionSession:
    """In the afternoon: the published one of `receptions` is in the morning."""
    found = ReceptionSession.objects.filter(status="held").order_by("pk").first()
    return found or receptions.held(cast, start=time(14), end=time(16))


def day(cast: Any, *rows: services.NewRecord, at: ReceptionSession | None = None, key: str = "") -> list[str]:
    done = services.record_day(session=at or session(cast), by=cast.clerk, form_key=key or new_key(), rows=rows)
    return list(done.numbers)


def new(said: str = "小区门口的路灯坏了", **fields: Any) -> services.NewRecord:
    return services.NewRecord(said=said, **fields)


def record(cast: Any, at: ReceptionSession | None = None, **fields: Any) -> ReceptionRecord:
    [number] = day(cast, new(**fields), at=at)
    return ReceptionRecord.objects.get(number=number)

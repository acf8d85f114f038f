"""A calendar that phones subscribe to: one event per session, the same UID for ever, times in UTC."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Calendar, Event, vDuration

PRODUCT = "-//Liaison stations//Reception schedule//ZH"
REFRESH = timedelta(hours=6)


@dataclass(frozen=True)
class Entry:
    """`uid` outlives moves; `sequence` grows with every change that the public sees. Moments are aware."""

    uid: str
    starts: datetime
    ends: datetime
    summary: str
    place: str
    description: str
    url: str
    changed: datetime
    sequence: int = 0
    is_cancelled: bool = False


def calendar_text(name: str, entries: Iterable[Entry], *, host: str) -> bytes:
    """RFC 5545. `host` is the right half of every UID: the portal's own name, so that two portals never collide."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Asia/Shanghai")
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for entry in entries:
        calendar.add_component(_event(entry, host))
    return calendar.to_ical()


def _event(entry: Entry, host: str) -> Event:
    event = Event()
    event.add("uid", f"reception-{entry.uid}@{host}")
    event.add("dtstamp", entry.changed)
    event.add("last-modified", entry.changed)
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.starts)
    event.add("dtend", entry.ends)
    event.add("summary", entry.summary)
    event.add("location", entry.place)
    event.add("description", entry.description)
    event.add("url", entry.url)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event

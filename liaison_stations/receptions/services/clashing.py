"""Who or what is bound twice at one time: among the sessions asked about, and with everything that stands elsewhere."""

from collections.abc import Collection, Iterable, Sequence

from django.utils.translation import gettext as _

from participation.moderation.rules import Refused

from ..models import ReceptionSession
from ..rules.conflicts import Conflict, Slot, conflicts


class Doubt(Refused):
    """A place or a time that is taken: may be meant, so it is asked about once."""


def slot_of(row: ReceptionSession) -> Slot:
    people = frozenset(f"{host.deputy_id}|{host.deputy.name}" for host in row.host_rows.all())
    venue = str(row.venue_id or "")
    return Slot(row.key, row.station.title, row.date, row.start, row.end, str(row.station_id), venue, people)


def clashes(slots: Sequence[Slot], without: Collection[str] = ()) -> list[Conflict]:
    """`without` are keys of sessions that the slots stand for, or that leave."""
    people = {int(each.partition("|")[0]) for slot in slots for each in slot.people}
    stations = {int(slot.station) for slot in slots if slot.station}
    venues = {int(slot.venue) for slot in slots if slot.venue}
    others = ReceptionSession.objects.standing().filter(date__in={slot.day for slot in slots}).exclude(key__in=without)
    near = (
        others.filter(station__in=stations) | others.filter(venue__in=venues) | others.filter(hosts__in=people)
    ).distinct()
    return conflicts(slots, [slot_of(row) for row in near.for_list()])


def clashes_of_sessions(rows: Iterable[ReceptionSession]) -> list[Conflict]:
    """Of plans that no grid has judged: copied, shifted, or overtaken by a plan of another station."""
    slots = [slot_of(row) for row in rows]
    return clashes(slots, without=[slot.key for slot in slots]) if slots else []


def refuse_clashes(found: Iterable[Conflict], *, accepts_doubts: bool = False) -> None:
    """Refused by the first person in two places, else a Doubt by the first place or time taken twice."""
    known = list(found)
    if hard := [each for each in known if each.is_hard]:
        raise Refused(str(hard[0]))
    if known and not accepts_doubts:
        raise Doubt(_("%s确实没有问题的，请勾选后再保存。") % known[0])

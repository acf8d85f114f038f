"""Reads of the public pages: one item with all that belongs to it, and what waits for a person."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import HandlingUnit
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import terms_in_force
from portal.lookup.registry import Found
from portal.trail.subjects import Subject, subjects_of

from ..models import HandlingPhoto, LedgerItem, Objection, Reply
from ..rules import steps
from ..states import State
from .clocks import terms_day
from .legs import awaiting_rating, has_open_rating, legs_of

MANY_UNITS = 60
STEP_LABELS = {
    "assign": _("交办"),
    "handle": _("办理"),
    "reply": _("答复"),
    "rate": _("评价"),
    "close_off": _("销号"),
    "suggest": _("商请代表"),
    "hotline": _("转12345热线"),
    "outside": _("上级或热线办理"),
    "import": _("历史导入"),
}


def item_by_reference(reference: str) -> LedgerItem | None:
    rows = LedgerItem.objects.select_related("division", "community", "unit")
    return rows.filter(reference=reference.strip().upper()).first()


def source_of(item: LedgerItem, user: Any) -> Subject | None:
    """What it came from, where this person may see it."""
    if not item.source_key:
        return None
    subject = subjects_of(item.source_kind, [item.source_key]).get(item.source_key)
    return subject if subject is not None and subject.visible_to(user) else None


def replies_of(item: LedgerItem) -> list[Reply]:
    """Signed replies with corrections, commitments, `evidence` and `legs`: a constant number of queries."""
    rows = item.replies.filter(signed_on__isnull=False).select_related("unit")
    shown = Prefetch("photos", HandlingPhoto.objects.filter(is_withheld=False), to_attr="shown_photos")
    replies: list[Any] = list(rows.prefetch_related("corrections", "commitments", shown))
    legs = legs_of(item, replies)
    for reply in replies:
        setattr(reply, "legs", legs[reply.pk])  # noqa: B010 - for the page
        setattr(reply, "evidence", _evidence(reply.shown_photos))  # noqa: B010 - for the page
    return replies


def _evidence(photos: Sequence[HandlingPhoto]) -> list[tuple[Any, list[HandlingPhoto]]]:
    """办理前 and 办理后, each with its photos; what has none is left out."""
    groups = [(moment.label, [photo for photo in photos if photo.moment == moment]) for moment in HandlingPhoto.Moment]
    return [(label, rows) for label, rows in groups if rows]


def progress_of(item: LedgerItem) -> Any:
    """Progress notes with `shown_photos`, those that anybody may see; two queries."""
    shown = Prefetch("photos", HandlingPhoto.objects.filter(is_withheld=False), to_attr="shown_photos")
    return item.progress.select_related("unit").prefetch_related(shown)


# --- Objection --------------------------------------------------------------------------------------------------
def objection_until(item: LedgerItem) -> date | None:
    """The last day on which a close-off may be objected to; None where it is not closed off."""
    if item.state != State.CLOSED_OFF or item.closed_off_on is None:
        return None
    days = int(terms_in_force(item.division, terms_day(item)).objection_days or 15)
    return item.closed_off_on + timedelta(days=days)


def is_open_to_objection(item: LedgerItem) -> bool:
    last = objection_until(item)
    return last is not None and item.is_public and timezone.localdate() <= last


def own_open_objection(item: LedgerItem, user: Any) -> Objection | None:
    if not user.is_authenticated:
        return None
    return item.objections.filter(by=user, state=Objection.State.OPEN).first()


# --- Steps, one's own matters, look-up ------------------------------------------------------------------------
def steps_of(item: LedgerItem) -> list[dict[str, Any]]:
    """For the step bar, also on the page of the item's source."""
    return [
        {
            "label": STEP_LABELS[key],
            "state": state,
            "note": item.get_state_display() if state == "current" else "",
        }
        for key, state in steps.steps_of(State(item.state), is_rating_open=has_open_rating(item), routing=item.routing)
    ]


def matters_of(user: Any) -> Any:
    """Every matter this person raised or joined, newest first."""
    return LedgerItem.objects.filter(parties__user=user).for_list().order_by("-created_at", "-pk")


def own_panel(request: Any) -> dict[str, Any] | None:
    """The latest of one's own for `/me/`, first what waits for one's word; nothing for who never raised anything."""
    waiting = awaiting_rating(request.user)
    rows = list(matters_of(request.user).filter(pk__in=waiting)[:5])
    rows += list(matters_of(request.user).exclude(pk__in=waiting)[: max(5 - len(rows), 0)])
    if not rows:
        return None
    return {"rows": rows, "waiting": waiting}


def found_by_number(*, number: str = "", last_six: str = "", limit: int = 2) -> list[Found]:
    """For `/lookup/`: a ledger number must be whole, its last six digits say nothing (docs/ledger.md)."""
    if not number:
        return []
    rows = LedgerItem.objects.filter(reference=number).select_related("division")
    return [Found(row.reference, row.get_absolute_url(), row.division) for row in rows]


def units_for_filter(division: Division | None) -> list[HandlingUnit]:
    """Units that may handle matters of a place, or of the site while they are few; one query."""
    rows = HandlingUnit.objects.filter(is_active=True).select_related("division").order_by("division__path", "name")
    if division is not None:
        above = [division.path[: end + 1] for end, sign in enumerate(division.path) if sign == "/"]
        rows = rows.filter(division__path__startswith=division.path) | rows.filter(division__path__in=above)
    found = list(rows[: MANY_UNITS + 1])
    return found if division is not None or len(found) <= MANY_UNITS else []


def latest_change() -> Any:
    """When anything public last moved, for the site map; one query."""
    return LedgerItem.objects.readable().aggregate(latest=Max("state_since"))["latest"]

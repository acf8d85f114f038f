"""Reads for pages."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participation.ledger.models import HandlingPhoto
from participation.ledger.rules.similarity import likeness
from portal.accounts.selectors import roles_of
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import Places, terms_by_division
from portal.lookup.registry import Found
from portal.trail.selectors import history_of

from .models import ACTION_LABELS, SnapPhoto, SnapReport
from .rules import cells_around, is_number, metres_between
from .states import Action, State

ALIKE_FOR = timedelta(days=30)
LIKE_ENOUGH = 0.3
CANDIDATES = 60
NEAR_METRES = 60  # a phone among houses is wrong by half of that
_PUBLIC_VERBS = {
    Action.CAPTURE: "",
    Action.REVIEW: "ok",
    Action.MERGE: "",
    Action.FORWARD: "official",
    Action.CORRECT_NUMBER: "",
    Action.ASSIGN: "official",
    Action.RECEIVE_FEEDBACK: "ok",
    Action.STILL_THERE: "due",
    Action.VERIFY: "ok",
    Action.CLOSE: "ok",
}
_HOLDER_VERBS = {Action.RETURN: "due", Action.RESUBMIT: "", Action.REJECT: "late", Action.DIVERT: "due"}
_CAPACITIES = {
    "deputy": _("人大代表"),
    "resident": _("居民"),
    "reviewer": _("审核人员"),
    "committee": _("人大街道工委"),
}
# what was said on site is public only once staff masked it: so never by itself
_REASON_IS_PUBLIC = {Action.CORRECT_NUMBER, Action.RECEIVE_FEEDBACK, Action.CLOSE}
EXPLANATIONS = {
    State.CAPTURED: _("已经收到，工作人员审核、遮盖人脸和车牌以后公开。"),
    State.RETURNED: _("需要补充，请按退回的理由改好再提交。"),
    State.REVIEWED: _("已经公开，人大街道工委决定交办还是转12345。"),
    State.FORWARDED: _("已转12345热线办理，有反馈后登记在这里。"),
    State.ASSIGNED: _("已交有关单位办理，进度以台账事项为准。"),
    State.FEEDBACK: _("办理单位已有反馈，等上报人或人大代表到现场核实。"),
    State.VERIFIED: _("已到现场核实，等人大街道工委归档。"),
    State.CLOSED: _("已办结归档。"),
    State.DUPLICATE: _("同一件事先前已有人上报，一并办理。"),
}


def explanation_of(snap: SnapReport) -> Any:
    """What is waited for now, in a sentence. Reads `ledger_item`."""
    if snap.state == State.VERIFIED and not snap.is_item_closed_off:
        return _("已到现场核实，等台账事项销号后归档。")
    return EXPLANATIONS.get(State(snap.state), "")


def snap_by_number(number: str) -> SnapReport | None:
    number = number.strip().upper()
    if not is_number(number):
        return None
    rows = SnapReport.objects.select_related("division", "review", "merged_into", "ledger_item__unit", "verified_by")
    found: SnapReport | None = rows.filter(number=number).prefetch_related(with_photos()).first()
    return found


def with_photos() -> Prefetch:
    """Each with what decides whether it is public, in one query."""
    return Prefetch("photos", SnapPhoto.objects.select_related("handling_photo"))


def photos_of(snap: SnapReport, *, sees_original: bool) -> dict[str, list[SnapPhoto]]:
    """`before` and `after`: what this person may see of them. One query."""
    found: dict[str, list[SnapPhoto]] = {"before": [], "after": []}
    for photo in snap.photos.all():
        photo.snap = snap
        if sees_original or photo.is_public:
            found[photo.moment].append(photo)
    return found


def timeline_of(snap: SnapReport, *, is_holder: bool) -> list[dict[str, Any]]:
    """What happened, oldest first, one query."""
    shown = {**_PUBLIC_VERBS, **(_HOLDER_VERBS if is_holder else {})}
    return [
        {
            "when": entry.at,
            "title": ACTION_LABELS[Action(entry.verb)],
            "kind": shown[Action(entry.verb)],
            "actor": _CAPACITIES.get(entry.capacity, ""),
            "body": entry.reason if is_holder or entry.verb in _REASON_IS_PUBLIC else "",
        }
        for entry in history_of("snap", snap.number)
        if entry.verb in shown
    ]


def steps_of(snap: SnapReport) -> list[dict[str, str]]:
    """The step bar: where it stands on its way."""
    names = [_("上报"), _("审核"), _("交办或转12345"), _("反馈"), _("现场核实"), _("归档")]
    stand = {
        State.CAPTURED: 1, State.RETURNED: 1, State.REJECTED: 1, State.DIVERTED: 1, State.REVIEWED: 2,
        State.DUPLICATE: 2, State.FORWARDED: 3, State.ASSIGNED: 4 if snap.is_answered else 3, State.FEEDBACK: 4,
        State.VERIFIED: 5, State.CLOSED: 6,
    }[State(snap.state)]  # fmt: skip
    is_stopped = snap.state in (State.REJECTED, State.DIVERTED, State.DUPLICATE)
    now = "stopped" if is_stopped else "current"
    return [
        {
            "label": str(name),
            "state": "done" if place < stand else "todo" if place > stand else now,
        }
        for place, name in enumerate(names)
    ]


def unit_photos_waiting(snap: SnapReport) -> Any:
    """办理后 photos of the unit's signed replies that anybody may read in the ledger and nobody has taken over yet."""
    rows = HandlingPhoto.objects.filter(
        moment=HandlingPhoto.Moment.AFTER, is_withheld=False, reply__signed_on__isnull=False
    )
    taken = SnapPhoto.objects.filter(handling_photo__isnull=False).values("handling_photo")
    return rows.filter(reply__item=snap.ledger_item_id).exclude(pk__in=taken).order_by("pk")


def redactions_of(photo: SnapPhoto) -> list[dict[str, Any]]:
    """Who blacked out what of one photo, oldest first, and whether anybody could have seen it before; two queries."""
    entries = [
        entry
        for entry in history_of("snap", photo.snap.number)
        if entry.verb == Action.REDACT and entry.detail.get("photo") == photo.pk
    ]
    names = names_of(entries)
    return [
        {
            "at": entry.at,
            "actor": names.get(entry.actor, ""),
            "boxes": entry.detail["boxes"] if isinstance(entry.detail["boxes"], list) else [],
            "is_withheld": entry.detail.get("is_withheld", False),
            "was_public": entry.detail.get("was_public", False),
        }
        for entry in entries
    ]


def names_of(entries: Iterable[Any]) -> dict[str, str]:
    """Of whoever acted, for the staff; one query."""
    people = get_user_model().objects.filter(trail_id__in={entry.actor for entry in entries})
    return {person.trail_id: person.get_full_name() for person in people}


def nearby(position: str) -> list[SnapReport]:
    """At most three open public reports of the last 30 days from about the same spot, the nearest first; one query."""
    if not position:
        return []
    rows = SnapReport.objects.within(*cells_around(position, NEAR_METRES), timezone.now() - ALIKE_FOR).for_list()
    near = [(metres_between(position, row.position), row) for row in rows.order_by("-published_at")[:CANDIDATES]]
    close = sorted((pair for pair in near if pair[0] <= NEAR_METRES), key=lambda pair: (pair[0], -pair[1].pk))
    return [row for _metres, row in close[:3]]


def same_matter(text: str, division: Division, position: str = "") -> list[SnapReport]:
    """What was reported before: from the same spot first, then what reads alike; one query each."""
    found = {row.pk: row for row in [*nearby(position), *alike(text, division)]}
    return list(found.values())[:4]


def alike(text: str, division: Division) -> list[SnapReport]:
    """At most three open public reports of the last 30 days near there that read alike; one query."""
    rows = SnapReport.objects.alike(division, timezone.now() - ALIKE_FOR).for_list()
    near = [(likeness(text, f"{row.place} {row.text}"), row) for row in rows.order_by("-published_at")[:CANDIDATES]]
    likely = sorted((pair for pair in near if pair[0] >= LIKE_ENOUGH), key=lambda pair: (-pair[0], -pair[1].pk))
    return [row for _much, row in likely[:3]]


def places_open_to(places: Places, *, is_deputy: bool) -> list[Division]:
    """Where this person may report: a deputy everywhere, a resident where the terms say so; a few queries."""
    if is_deputy:
        return list(places.divisions)
    terms = terms_by_division(set(places.divisions))
    return [division for division in places.divisions if terms[division.pk]["resident_snaps"]]


def places_reported_from(user: Any, places: Places) -> list[Division]:
    """Where this person most likely stands: the street of the last report, then those of the posts held."""
    last = SnapReport.objects.of_sender(user).select_related("division").order_by("-pk").first()
    known = [last.division] if last is not None else []
    known += [post.division for post in roles_of(user)]
    streets = [places.subdistrict_of(division) for division in known]
    return [street for street in streets if street is not None]


def snaps_of(user: Any) -> Any:
    return SnapReport.objects.of_sender(user).select_related("division", "review", "ledger_item").order_by("-pk")


def found_by_slip(*, number: str = "", last_six: str = "", limit: int = 2) -> list[Found]:
    rows = SnapReport.objects.select_related("division")
    rows = rows.filter(number=number) if number else rows.filter(last_six=last_six)[:limit]
    return [Found(row.number, row.get_absolute_url(), row.division) for row in rows]

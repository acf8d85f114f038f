"""The ledger as a table of words: what an export and the print page show of each item."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from participation.evaluations.models import Answer
from participation.evaluations.states import Source as Rated

from ..models import AskedDeputy, LedgerItem, Progress, Reply, ReplyRound
from ..rules.clock import Clock, remaining_in_words
from ..states import State
from .clocks import clocks_of
from .work import state_in_words

# Rows read at once; an export of more than this says so instead of leaving some out.
MOST_ROWS = 20_000


@dataclass(frozen=True)
class SheetRow:
    """Words only. A confidential item keeps its row without title and text."""

    title: str
    source: str
    unit: str
    owner_name: str
    assigned_on: str
    due_on: str
    progress: str
    rating: str
    closed_off_on: str


def sheet_rows(items: Sequence[LedgerItem]) -> list[SheetRow]:
    """Needs `division`, `unit` and, prefetched, `extensions` and `pauses`; a constant number of queries."""
    clocks = clocks_of(items)
    keys = [item.pk for item in items]
    replies = {
        (reply.item_id, reply.leg): reply for reply in Reply.objects.filter(item__in=keys, signed_on__isnull=False)
    }
    progress: dict[int, Progress] = {row.item_id: row for row in Progress.objects.filter(item__in=keys)}
    ratings, numbers = ratings_of(keys), _numbers(keys)
    return [
        SheetRow(
            title=item.public_title,
            source=str(item.get_source_display()),
            unit=_where(item, replies.get((item.pk, item.leg)), numbers.get(item.pk, [])),
            owner_name=item.owner_name,
            assigned_on=_day(item.assigned_on),
            due_on=_due(clocks[item.pk]),
            progress=""
            if item.is_confidential
            else _said(item, replies.get((item.pk, item.leg)), progress.get(item.pk)),
            rating=ratings.get(item.pk, ""),
            closed_off_on=_day(item.closed_off_on),
        )
        for item in items
    ]


def _numbers(keys: Sequence[int]) -> dict[int, list[str]]:
    """Numbers of deputies' suggestions by item, of the request that is out."""
    found: dict[int, list[str]] = {}
    rows = AskedDeputy.objects.filter(suggestion__item__in=keys, suggestion__ended_on=None).order_by("pk")
    for item, number in rows.exclude(outside_number="").values_list("suggestion__item", "outside_number"):
        found.setdefault(item, []).append(number)
    return found


def _where(item: LedgerItem, reply: Reply | None, numbers: Sequence[str]) -> str:
    """承办单位, or where the matter went: who answered there, else 12345 or deputies, with the outside numbers."""
    if not item.is_elsewhere:
        return item.unit.name if item.unit else (reply.unit_name if reply else "")
    place = (reply.unit_name if reply else "") or str(item.get_routing_display())
    if item.is_confidential:
        return place
    outside = [item.hotline_number] if item.hotline_number else list(numbers)
    return _("%(place)s（%(numbers)s）") % {"place": place, "numbers": "、".join(outside)} if outside else place


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _due(clock: Clock) -> str:
    if clock.due is None:
        return ""
    words = clock.due.date.isoformat() + (_("（暂定）") if clock.is_provisional else "")
    left = remaining_in_words(clock, clock.is_stopped)
    return f"{words}（{left}）" if clock.is_overdue and left else words


def _said(item: LedgerItem, reply: Reply | None, progress: Progress | None) -> str:
    """办理情况: the state, and the reply or the last progress."""
    state = state_in_words(item)
    if reply is not None:
        kind = f"{reply.get_kind_display()}：" if reply.kind else ""  # an imported reply has none
        return f"{state}。{kind}{reply.text}"
    if progress is not None and item.state != State.CLOSED_OFF:
        return f"{state}。{progress.on:%Y-%m-%d} {progress.text}"
    return f"{state}。"


def ratings_of(keys: Sequence[int]) -> dict[int, str]:
    """What the proposers said of the last leg that was rated; silence is no rating."""
    rows = ReplyRound.objects.filter(reply__item__in=keys, source=Rated.RESIDENT).select_related("reply")
    rated = {row.round_id: row.reply for row in rows}
    found: dict[int, dict[int, list[str]]] = {}
    for answer in Answer.objects.filter(rater__round__in=list(rated)).select_related("rater").order_by("pk"):
        reply = rated[answer.rater.round_id]
        words = found.setdefault(reply.item_id, {}).setdefault(reply.leg, [])
        words.append(str(answer.get_value_display()))
    return {item: _counted(legs[max(legs)]) for item, legs in found.items()}


def _counted(words: list[str]) -> str:
    """One word alone; several with their number."""
    counts = {word: words.count(word) for word in dict.fromkeys(words)}
    if len(words) == 1:
        return words[0]
    return "、".join(_("%(word)s%(n)d人") % {"word": word, "n": n} for word, n in counts.items())

"""三种评价 of an item: how each leg stands, in words that tell no value (decisions.md 14), and whose place is where."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participation.evaluations.models import Answer, Rater, Round
from participation.evaluations.rules import SMALLEST_SAMPLE
from participation.evaluations.states import Channel, RoundState, Source

from ..models import LedgerItem, Reply, ReplyRound
from ..states import State

WHO = {
    Source.RESIDENT: _("谁来评：提出事项的居民"),
    Source.MEMBER: _("谁来评：本街道（乡镇）议事代表（议事员），无记名"),
    Source.PUBLIC: _("谁来评：核验过身份的居民，无记名"),
}
# The proposers' word sets rework going; the other two legs run to their last day whatever the committee does.
STATES = {
    Source.RESIDENT: frozenset({State.COMPLETED}),
    **dict.fromkeys((Source.MEMBER, Source.PUBLIC), frozenset({State.COMPLETED, State.DECIDING, State.CLOSED_OFF})),
}


@dataclass(frozen=True)
class LegShown:
    """What anyone may know of one leg: who answered in words, values only as their raters show them."""

    source: str
    label: Any
    who: Any
    words: Any
    published: Sequence[Answer]
    closes_on: date
    is_open: bool
    was_phoned: bool
    results_url: str


@dataclass(frozen=True)
class Place:
    """Where this person's word counts: one person, one leg."""

    source: Source
    round: Round
    rater: Rater | None
    is_open: bool

    @property
    def has_answered(self) -> bool:
        return self.rater is not None and self.rater.answered_on is not None

    @property
    def awaits(self) -> bool:
        return self.is_open and not self.has_answered


def is_leg_open(item: LedgerItem, source: str, round_: Round) -> bool:
    """Open today, and the reply still stands."""
    if Source(source) != Source.RESIDENT and not item.is_readable:
        return False
    return round_.is_open and item.state in STATES[Source(source)]


def legs_of(item: LedgerItem, replies: Iterable[Reply]) -> dict[int, list[LegShown]]:
    """By reply, in the order of `Source`; three queries, whatever the number of raters."""
    rows = list(ReplyRound.objects.filter(reply__in=list(replies)).select_related("reply", "round"))
    keys = [row.round_id for row in rows]
    phoned = Q(answer__channel=Channel.PHONE)
    counts: dict[int, dict[str, Any]] = {
        each["round"]: dict(each)
        for each in Rater.objects.filter(round__in=keys)
        .values("round")
        .annotate(
            asked=Count("pk"), answered=Count("pk", filter=Q(answered_on__isnull=False)), phoned=Count("answer", phoned)
        )
    }
    published: dict[int, list[Answer]] = defaultdict(list)
    for answer in Answer.objects.filter(rater__round__in=keys, is_public=True).select_related("rater"):
        published[answer.rater.round_id].append(answer)
    found: dict[int, list[LegShown]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: list(Source).index(Source(row.source))):
        found[row.reply_id].append(_shown(item, row, counts.get(row.round_id) or {}, published[row.round_id]))
    return found


def _shown(item: LedgerItem, row: ReplyRound, counts: dict[str, Any], published: list[Answer]) -> LegShown:
    source = Source(row.source)
    asked, answered = counts.get("asked", 0), counts.get("answered", 0)
    return LegShown(
        source=source.value,
        label=row.get_source_display(),
        who=WHO[source],
        words=_participation(source, asked, answered),
        published=published,
        closes_on=row.round.closes_on,
        is_open=row.reply.leg == item.leg and is_leg_open(item, source, row.round),
        was_phoned=bool(counts.get("phoned")),
        results_url=_results_url(row.round),
    )


def _results_url(round_: Round) -> str:
    """The figures that this round went into, once they are published."""
    if round_.publication_id is None:
        return ""
    return reverse("evaluations:detail", args=[round_.publication_id])


def _participation(source: Source, asked: int, answered: int) -> Any:
    if source == Source.PUBLIC:
        return _of_anybody(answered)
    if source == Source.MEMBER:
        return _of_members(asked, answered)
    if not answered:
        return _("提出人未评价")
    if asked == 1:
        return _("提出人已评价")
    if asked == answered:
        return _("提出人均已评价")
    if asked < SMALLEST_SAMPLE:
        return _("部分提出人已评价")
    if answered < SMALLEST_SAMPLE:
        return _("%d位提出人，已评价的不足5位") % asked
    return _("%(asked)d位提出人，%(answered)d位已评价") % {"asked": asked, "answered": answered}


def _of_members(asked: int, answered: int) -> Any:
    if not answered:
        return _("应评%d人，未评价") % asked
    if answered < SMALLEST_SAMPLE:
        return _("应评%d人，已评价的不足5人") % asked
    return _("应评%(asked)d人，%(answered)d人已评价") % {"asked": asked, "answered": answered}


def _of_anybody(answered: int) -> Any:
    if not answered:
        return _("还没有人评价")
    return _("%d人已评价") % answered if answered >= SMALLEST_SAMPLE else _("已评价的不足5人")


def place_of(item: LedgerItem, user: Any, *, may_publicly: bool) -> Place | None:
    """Who raised the matter rates as a resident, else whoever is on the roll as a member, else, where the permission
    for it was asked (`user_can_rate_publicly`), anybody verified."""
    if not user.is_authenticated:
        return None
    rows = ReplyRound.objects.filter(reply__item=item, reply__leg=item.leg).select_related("round")
    rounds = {Source(row.source): row.round for row in rows}
    if not rounds:
        return None
    raters = {rater.round_id: rater for rater in Rater.objects.filter(round__in=rounds.values(), user=user)}

    def place(source: Source) -> Place:
        round_ = rounds[source]
        return Place(source, round_, raters.get(round_.pk), is_leg_open(item, source, round_))

    if item.parties.filter(user=user).exists():
        on_roll = Source.RESIDENT in rounds and rounds[Source.RESIDENT].pk in raters
        return place(Source.RESIDENT) if on_roll else None
    if Source.MEMBER in rounds and rounds[Source.MEMBER].pk in raters:
        return place(Source.MEMBER)
    if Source.PUBLIC in rounds and may_publicly:
        return place(Source.PUBLIC)
    return None


def has_open_public_leg(item: LedgerItem) -> bool:
    """Anybody verified may rate it today."""
    row = ReplyRound.objects.filter(reply__item=item, reply__leg=item.leg, source=Source.PUBLIC).first()
    return row is not None and is_leg_open(item, row.source, row.round)


def resident_round_of(reply: Reply) -> Round | None:
    """The proposers' round of this reply, which alone drives rework and close-off."""
    row = ReplyRound.objects.filter(reply=reply, source=Source.RESIDENT).select_related("round").first()
    return row.round if row else None


def own_answer_of(item: LedgerItem, user: Any) -> Answer | None:
    """What this person said as a proposer of the latest reply that was rated."""
    if not user.is_authenticated:
        return None
    rows = ReplyRound.objects.filter(reply__item=item, source=Source.RESIDENT).order_by("-reply__leg")
    current = rows.first()
    return Answer.objects.filter(rater__round=current.round_id, rater__user=user).first() if current else None


def _waiting() -> Any:
    return ReplyRound.objects.filter(
        source=Source.RESIDENT, round__state=RoundState.OPEN, round__closes_on__gte=timezone.localdate()
    )


def has_open_rating(item: LedgerItem) -> bool:
    """A proposer may still rate the present reply."""
    if item.state != State.COMPLETED:
        return False
    rows = _waiting().filter(reply__item=item, reply__leg=item.leg)
    return bool(rows.filter(round__raters__isnull=False, round__raters__answered_on=None).exists())


def awaiting_rating(user: Any) -> set[int]:
    """Items whose present reply waits for this person's word as a proposer; one query."""
    rows = _waiting().filter(
        reply__item__state=State.COMPLETED, round__raters__user=user, round__raters__answered_on=None
    )
    return set(rows.values_list("reply__item_id", flat=True))

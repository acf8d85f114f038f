"""Rounds as staff see them: how many took part; what was said only once it is counted, and never of fewer than five."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from participation.moderation.selectors import scope_of

from ..models import VALUES, Answer, PaperCount, Publication, Rater, Round, SecretAnswer
from ..registry import kinds
from ..rules import SMALLEST_CELL, percent_in_words
from ..states import Channel, RoundState, Value
from .rounds import paper_agreed, result_of, tally_of


def rounds_in_scope(user: Any, permission: str) -> QuerySet[Round]:
    return _within(Round.objects.select_related("division", "unit"), scope_of(user, permission))


def publications_in_scope(user: Any, permission: str) -> QuerySet[Publication]:
    return _within(Publication.objects.select_related("division", "unit"), scope_of(user, permission))


def _within(rows: Any, scope: Any) -> Any:
    if scope is None:
        return rows
    near = Q(pk__in=[])
    for division in scope:
        near |= Q(division__path__startswith=division.path)
    return rows.filter(near)


def with_answered(rows: QuerySet[Round]) -> QuerySet[Round]:
    """`.took_part`: people who answered or took a paper ballot."""
    return rows.annotate(took_part=Count("raters", filter=Q(raters__answered_on__isnull=False)))


def awaiting_confirmation(rows: QuerySet[Round]) -> QuerySet[Round]:
    owned = [kind.key for kind in kinds() if not kind.is_automatic]
    return rows.filter(kind__in=owned, state=RoundState.CLOSED)


@dataclass(frozen=True)
class PaperState:
    """What anybody may know of the paper ballots while they are counted: never the other person's figures."""

    handed_out: int
    counted_by: int
    words: str
    is_agreed: bool
    own: PaperCount | None


def paper_state_of(round_: Round, user: Any) -> PaperState | None:
    handed_out = Rater.objects.filter(round=round_, channel=Channel.PAPER).count()
    if not handed_out:
        return None
    counts, is_agreed = list(round_.paper_counts.all()), paper_agreed(round_) is not None
    if len(counts) < 2:
        words = _("还没有人计票。") if not counts else _("一人已计票，等第二人独立计票。")
    else:
        words = _("两人计票一致。") if is_agreed else _("两人计票不一致，请各自重新核对。")
    own = next((count for count in counts if count.entered_by_id == user.pk), None)
    return PaperState(handed_out, len(counts), words, is_agreed, own)


@dataclass(frozen=True)
class ResultShown:
    """Counts of a finished round; `lines` is empty where there are fewer than five."""

    answered: str
    lines: list[tuple[str, int, str]]
    invalid: int
    result: str


def result_shown(round_: Round) -> ResultShown | None:
    """None while the round is open: nobody looks at votes that are still coming in."""
    if round_.state == RoundState.OPEN:
        return None
    counts = tally_of(round_)
    if counts.answered < SMALLEST_CELL:
        return ResultShown(_("不足5份"), [], 0, "")
    paper, found = paper_agreed(round_), result_of(round_)
    numbers = (counts.satisfied, counts.basically, counts.dissatisfied)
    return ResultShown(
        _("%d份") % counts.answered,
        [
            (str(label), number, percent_in_words(number, counts.answered))
            for (_value, label), number in zip(VALUES, numbers, strict=True)
        ],
        paper.invalid if paper else 0,
        str(dict(VALUES)[found]) if found else "",
    )


def reasons_of(round_: Round) -> list[Answer]:
    """Named answers that say something, without their raters, in no order of arrival."""
    rows = Answer.objects.filter(rater__round=round_).exclude(reason="", comment="")
    return list(rows.order_by("value", "reason", "pk"))


def round_table(rounds: Sequence[Round]) -> Iterable[tuple[Round, str, tuple[str, str, str]]]:
    """(round, ratings, counts by value) in a constant number of queries; under five nothing but 不足5."""
    counts: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys((value.value for value in Value), 0))
    keys = [row.pk for row in rounds]
    named = Answer.objects.filter(rater__round__in=keys).order_by().values_list("rater__round", "value")
    secret = SecretAnswer.objects.filter(round__in=keys).order_by().values_list("round", "value")
    for key, value, number in [*named.annotate(Count("pk")), *secret.annotate(Count("pk"))]:
        counts[key][value] += number
    by_round: dict[int, list[PaperCount]] = defaultdict(list)
    for count in PaperCount.objects.filter(round__in=keys):
        by_round[count.round_id].append(count)
    for key, pair in by_round.items():
        if len(pair) == 2 and pair[0].figures == pair[1].figures:
            for value, number in zip(Value, pair[0].figures, strict=False):
                counts[key][value.value] += number
    for row in rounds:
        answered = sum(counts[row.pk].values())
        if row.state == RoundState.OPEN:
            yield row, "", ("", "", "")
        elif answered < SMALLEST_CELL:
            yield row, _("不足5"), ("", "", "")
        else:
            satisfied, basically, dissatisfied = (str(counts[row.pk][value.value]) for value in Value)
            yield row, str(answered), (satisfied, basically, dissatisfied)

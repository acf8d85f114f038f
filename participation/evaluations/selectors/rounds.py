"""One round: who, how many, and the class that its votes make."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, TypeVar

from django.db.models import Count

from ..models import Answer, PaperCount, Rater, Round, SecretAnswer
from ..rules import StarTally, Tally, class_of, star_tally, tally
from ..states import STARRED, Value

T = TypeVar("T")
CHUNK = 2000


def rater_of(round_: Round, user: Any) -> Rater | None:
    """The place of this person in the round, with the answer if there is one."""
    if not user.is_authenticated:
        return None
    return Rater.objects.filter(round=round_, user=user).select_related("answer").first()


def has_answered(round_: Round, user: Any) -> bool:
    rater = rater_of(round_, user)
    return rater is not None and rater.answered_on is not None


def paper_agreed(round_: Round) -> PaperCount | None:
    """The count of the paper ballots once two people counted the same; None before."""
    counts = list(PaperCount.objects.filter(round=round_)[:2])
    if len(counts) == 2 and counts[0].figures == counts[1].figures:
        return counts[0]
    return None


def has_counted_paper(round_: Round, user: Any) -> bool:
    """Whoever counted ballots does not confirm what came of them."""
    return PaperCount.objects.filter(round=round_, entered_by=user).exists()


def answers_of(round_: Round, *, with_public: bool = True) -> Iterable[Answer | SecretAnswer]:
    if round_.is_secret:
        return SecretAnswer.objects.filter(round=round_)
    rows = Answer.objects.filter(rater__round=round_)
    return rows if with_public else rows.filter(is_public=False)


def tally_of(round_: Round, *, with_public: bool = True) -> Tally:
    """Answers here and on paper. Without the public ones: their raters show them, they stay out of every cell."""
    return tally_of_rounds([round_], with_public=with_public)


def tally_of_rounds(rounds: Sequence[Round], *, with_public: bool = True) -> Tally:
    """`tally_of` added up: five queries for every CHUNK rounds, however many answered."""
    found = Tally(invited=sum(round_.roll_size or 0 for round_ in rounds))
    for some in in_chunks(rounds):
        named = [round_.pk for round_ in some if not round_.is_secret]
        counts: Counter[str] = Counter()
        if named:
            answers = Answer.objects.filter(rater__round__in=named)
            if not with_public:
                hidden = answers.filter(is_public=True).count()
                found += Tally(invited=-hidden)
                answers = answers.filter(is_public=False)
            counts.update(dict(answers.order_by().values_list("value").annotate(n=Count("pk"))))
        if len(named) < len(some):
            secret = SecretAnswer.objects.filter(round__in=[round_.pk for round_ in some if round_.is_secret])
            for value in secret.values_list("value", flat=True):  # in the order of the keys, as always
                counts[value] += 1
        without_roll = [round_.pk for round_ in some if round_.roll_size is None]
        invited = Rater.objects.filter(round__in=without_roll).count() if without_roll else 0
        found += tally(counts.elements(), invited) + _on_paper(some)
    return found


def _on_paper(rounds: Sequence[Round]) -> Tally:
    """Of rounds whose two counts agree."""
    by_round: dict[int, list[PaperCount]] = {}
    for count in PaperCount.objects.filter(round__in=[round_.pk for round_ in rounds]):
        by_round.setdefault(count.round_id, []).append(count)
    agreed = [pair[0] for pair in by_round.values() if len(pair) >= 2 and pair[0].figures == pair[1].figures]
    return sum((Tally(each.satisfied, each.basically, each.dissatisfied) for each in agreed), Tally())


def stars_of_rounds(rounds: Sequence[Round], *, with_public: bool = True) -> dict[str, StarTally]:
    """By question, those that somebody answered; two queries for every CHUNK rounds that asked any."""
    given: dict[str, Counter[int]] = {question.value: Counter() for question in STARRED}
    asked = {round_.pk: {each.value for each in STARRED} & set(round_.questions) for round_ in rounds}
    for some in in_chunks([round_ for round_ in rounds if asked[round_.pk]]):
        named = Answer.objects.filter(rater__round__in=[round_.pk for round_ in some if not round_.is_secret])
        if not with_public:
            named = named.filter(is_public=False)
        secret = SecretAnswer.objects.filter(round__in=[round_.pk for round_ in some if round_.is_secret])
        for key, stars in chain(named.values_list("rater__round_id", "stars"), secret.values_list("round_id", "stars")):
            for question in asked[key] & set(stars):
                given[question][stars[question]] += 1
    found = {question: star_tally(counts.elements()) for question, counts in given.items()}
    return {question: stars for question, stars in found.items() if stars.answered}


def in_chunks(things: Sequence[T]) -> Iterator[Sequence[T]]:
    """A database takes only so many keys at once."""
    return (things[start : start + CHUNK] for start in range(0, len(things), CHUNK))


def result_of(round_: Round) -> Value | None:
    """等次 by the rule and the roll that were frozen with the round; None without a rule or a roll."""
    if round_.rule is None or round_.roll_size is None:
        return None
    counts = tally_of(round_)
    return class_of(
        satisfied=counts.satisfied,
        basically=counts.basically,
        dissatisfied=counts.dissatisfied,
        roll=round_.roll_size,
        rule=round_.rule,
    )

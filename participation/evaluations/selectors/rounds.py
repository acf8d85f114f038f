"""One round: who, how many, and the class that its votes make."""

from collections.abc import Iterable
from typing import Any

from ..models import Answer, PaperCount, Rater, Round, SecretAnswer
from ..rules import StarTally, Tally, class_of, star_tally, tally
from ..states import STARRED, Value


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


def answers_of(round_: Round, *, with_public: bool = True) -> Iterable[Answer | SecretAnswer]:
    if round_.is_secret:
        return SecretAnswer.objects.filter(round=round_)
    rows = Answer.objects.filter(rater__round=round_)
    return rows if with_public else rows.filter(is_public=False)


def tally_of(round_: Round, *, with_public: bool = True) -> Tally:
    """Answers here and on paper. Without the public ones: their raters show them, they stay out of every cell."""
    answers = list(answers_of(round_, with_public=with_public))
    invited = round_.roll_size if round_.roll_size is not None else Rater.objects.filter(round=round_).count()
    if not with_public and not round_.is_secret:
        invited -= Answer.objects.filter(rater__round=round_, is_public=True).count()
    found = tally((answer.value for answer in answers), invited)
    paper = paper_agreed(round_)
    return found + Tally(paper.satisfied, paper.basically, paper.dissatisfied) if paper else found


def stars_of(round_: Round, *, with_public: bool = True) -> dict[str, StarTally]:
    """By question, those that somebody answered."""
    answers = list(answers_of(round_, with_public=with_public))
    found = {
        question.value: star_tally(answer.stars[question] for answer in answers if question in answer.stars)
        for question in STARRED
        if question in round_.questions
    }
    return {question: stars for question, stars in found.items() if stars.answered}


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

"""Reads for the pages: what anybody sees, what a member has to rate, what staff see of the result."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from participation.evaluations.models import VALUES, Rater
from participation.evaluations.rules import Tally, percent_in_words
from participation.evaluations.selectors import (
    Published,
    paper_agreed,
    publication_shown,
    rater_of,
    result_of,
    rule_in_words,
    tally_of,
)
from participation.evaluations.states import RoundState
from portal.accounts.models import HandlingUnit, Role, RoleAssignment, User
from portal.jurisdictions.models import Division

from ..models import OfficeAppraisal
from ..states import State


@dataclass(frozen=True)
class Result:
    """The counts and the class as staff see them once the rating is over, published or not.

    Under five answers they are withheld here as well: the raters are few, and who runs the rating knows them.
    """

    tally: Tally
    is_enough: bool
    invalid: int
    label: str
    rule: str

    @property
    def lines(self) -> list[tuple[str, int, str]]:
        """满意、基本满意、不满意 with their share of the frozen roll; nothing under five answers."""
        if not self.is_enough:
            return []
        counts = (self.tally.satisfied, self.tally.basically, self.tally.dissatisfied)
        return [
            (str(label), count, percent_in_words(count, self.tally.invited))
            for (_value, label), count in zip(VALUES, counts, strict=True)
        ]


def result_for_staff(appraisal: OfficeAppraisal) -> Result | None:
    """None while it can still be rated: nobody watches a rating come in."""
    round_ = appraisal.round
    if round_ is None or round_.state == RoundState.OPEN or State(appraisal.state) is State.RATING_OPEN:
        return None
    rule, counts = rule_in_words(round_.rule) if round_.rule else "", tally_of(round_)
    if not counts.is_enough:
        return Result(Tally(invited=counts.invited), is_enough=False, invalid=0, label="", rule=rule)
    paper, value = paper_agreed(round_), result_of(round_)
    label = str(dict(VALUES)[value]) if value else ""
    return Result(counts, is_enough=True, invalid=paper.invalid if paper else 0, label=label, rule=rule)


def published_result(appraisal: OfficeAppraisal) -> Published | None:
    """As it was published, with its corrections; None before."""
    return publication_shown(appraisal.publication_id) if appraisal.publication_id else None


def members_of(division: Division) -> Any:
    """The council's members of this division on this day: active holders of the role there, or below it."""
    held = RoleAssignment.objects.current(timezone.localdate()).filter(role=Role.MEMBER.value)
    return User.objects.active().filter(pk__in=held.within([division]).values("user"))


def members_who_rate(appraisal: OfficeAppraisal) -> tuple[list[Any], int]:
    """Members without those who hold a post in the unit that is rated, and how many these are."""
    barred = set(posts_in_unit(appraisal))
    members = list(members_of(appraisal.division))
    asked = [member for member in members if member.pk not in barred]
    return asked, len(members) - len(asked)


def posts_in_unit(appraisal: OfficeAppraisal) -> Any:
    """The keys of those who work for the unit today: nobody rates the own unit."""
    held = RoleAssignment.objects.current(timezone.localdate()).filter(unit=appraisal.unit)
    return held.values_list("user", flat=True)


def place_in_round(appraisal: OfficeAppraisal, user: Any) -> Rater | None:
    return rater_of(appraisal.round, user) if appraisal.round is not None else None


def appraisals_to_rate(user: Any) -> Any:
    """Open ones on whose roll this person stands and has not answered."""
    today = timezone.localdate()
    return (
        OfficeAppraisal.objects.filter(
            state=State.RATING_OPEN.value,
            round__state=RoundState.OPEN.value,
            round__opened_on__lte=today,
            round__closes_on__gte=today,
            round__raters__user=user,
            round__raters__answered_on=None,
        )
        .select_related("unit", "round")
        .order_by("round__closes_on", "pk")
    )


def own_panel(request: Any) -> dict[str, Any] | None:
    """For `/me/`: what waits for this person's rating; nothing for everybody else."""
    rows = list(appraisals_to_rate(request.user)[:5])
    return {"rows": rows} if rows else None


def units_appraised(division: Division | None) -> Any:
    rows = OfficeAppraisal.objects.public()
    if division is not None:
        rows = rows.in_division(division)
    return HandlingUnit.objects.filter(pk__in=rows.values("unit")).select_related("division").order_by("name", "pk")


def years_appraised() -> list[int]:
    return list(OfficeAppraisal.objects.public().order_by("-year").values_list("year", flat=True).distinct())

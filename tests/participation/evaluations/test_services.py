"""A round: asked once, answered once, silence is silence."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from participation.evaluations import services
from participation.evaluations.models import Answer, Rater, Round
from participation.evaluations.rules import Tally, tally
from participation.evaluations.selectors import rater_of, tally_of
from participation.moderation.rules import Refused
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(cast: Cast) -> Round:
    today = timezone.localdate()
    return services.open_round(
        users=[cast.resident, cast.resident2, cast.resident],
        keys=["party:7"],
        opened_on=today,
        closes_on=today + timedelta(days=15),
    )


def rater(round_: Round, user: object) -> Rater:
    found = rater_of(round_, user)
    assert found is not None
    return found


def test_each_person_is_asked_once(round_: Round) -> None:
    assert Rater.objects.filter(round=round_).count() == 3


def test_an_answer_is_given_once(round_: Round, cast: Cast) -> None:
    services.give_answer(rater=rater(round_, cast.resident), value="satisfied")
    with pytest.raises(Refused, match="您已经评价过"):
        services.give_answer(rater=rater(round_, cast.resident), value="dissatisfied", reason="改主意")
    assert [answer.value for answer in Answer.objects.all()] == ["satisfied"]


def test_dissatisfied_says_why(round_: Round, cast: Cast) -> None:
    with pytest.raises(Refused, match="不满意的理由"):
        services.give_answer(rater=rater(round_, cast.resident), value="dissatisfied", reason="  ")


def test_nothing_is_answered_after_the_last_day(round_: Round, cast: Cast) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=16)), pytest.raises(Refused, match="已经截止"):
        services.give_answer(rater=rater(round_, cast.resident), value="satisfied")


def test_closing_twice_is_once_and_ends_the_answers(round_: Round, cast: Cast) -> None:
    assert [services.close_round(round_=round_), services.close_round(round_=round_)] == [True, False]
    with pytest.raises(Refused, match="已经截止"):
        services.give_answer(rater=rater(round_, cast.resident), value="satisfied")


def test_silence_is_counted_as_asked_and_as_nothing_else(round_: Round, cast: Cast) -> None:
    services.give_answer(rater=rater(round_, cast.resident), value="basically_satisfied")
    assert tally_of(round_) == Tally(satisfied=0, basically=1, dissatisfied=0, invited=3)


@pytest.mark.parametrize(("answers", "is_enough"), [(4, False), (5, True)])
def test_rates_are_withheld_below_five_answers(answers: int, is_enough: bool) -> None:
    assert tally(["satisfied"] * answers, invited=9).is_enough is is_enough

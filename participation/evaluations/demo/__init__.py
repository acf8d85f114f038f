"""Evaluations of two years with invented figures: published, put together, withheld, corrected, and one still open.

Demo only: the rounds lie in the past, so the clock is moved.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any
from unittest import mock

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import HandlingUnit
from portal.jurisdictions.models import Division

from ..models import Publication, Rater, Round
from ..services import NewRound, correct_publication, give_answer, open_round, publish_due
from ..states import Question, Roll, Source, Value

HOME = "430381001000"
KIND = "ledger"
DAYS = 15
STARS = (Question.SOLVED, Question.ATTITUDE, Question.SPEED)
# days ago, leg, unit, satisfied, basically, dissatisfied, silent
COURSES: list[tuple[int, Source, int, int, int, int, int]] = [
    (560, Source.RESIDENT, 0, 5, 3, 2, 3),
    (540, Source.MEMBER, 0, 7, 2, 1, 2),
    (470, Source.RESIDENT, 1, 2, 1, 0, 1),  # three and four of one unit: a batch of seven
    (465, Source.RESIDENT, 1, 3, 1, 0, 0),
    (300, Source.RESIDENT, 0, 8, 3, 1, 2),
    (230, Source.MEMBER, 1, 6, 3, 0, 3),
    (120, Source.RESIDENT, 1, 6, 2, 1, 4),
    (90, Source.MEMBER, 0, 9, 2, 0, 1),
    (60, Source.RESIDENT, 0, 9, 2, 1, 1),
    (40, Source.RESIDENT, 1, 2, 0, 1, 5),  # three: withheld
]
TITLES = ["小区路灯维修", "消防通道清理", "背街小巷保洁", "充电桩安装", "雨污分流改造", "助餐点开办"]


@contextmanager
def clock_at(day: date) -> Iterator[None]:
    moment = timezone.make_aware(datetime.combine(day, time(10)))
    with mock.patch("django.utils.timezone.now", return_value=moment):
        yield


@transaction.atomic
def load_demo(cast: dict[str, Any]) -> int:
    """Before anything else that is rated; how many rounds, 0 when they are there already."""
    place = Division.objects.filter(code=HOME).first()
    units = list(HandlingUnit.objects.filter(assignments__user__in=[cast["unit"], cast["unit2"]]).order_by("pk"))
    if place is None or len(units) < 2 or Round.objects.exists() or Publication.objects.exists():
        return 0
    for number, (ago, source, unit, *counts) in enumerate(COURSES):
        _closed_round(number, timezone.localdate() - timedelta(days=ago), source, place, units[unit], counts)
    with clock_at(timezone.localdate() - timedelta(days=20)):
        publish_due()
        [first] = Publication.objects.order_by("published_on", "pk")[:1]
        text = "原公布的评价内容名称有误，应为“小区路灯维修（一期）”。评价数字没有变化。"
        correct_publication(publication=first, by=cast["director"], text=text)
    _open_round(place, units[0])
    return len(COURSES) + 1


def _closed_round(
    number: int, day: date, source: Source, place: Division, unit: HandlingUnit, counts: list[int]
) -> None:
    """Given on its first days; published when its time is over, if there are five."""
    *said, silent = counts
    with clock_at(day):
        round_ = open_round(
            NewRound(
                kind=KIND, source=source, title=TITLES[number % len(TITLES)], division=place, unit=unit,
                roll=Roll.MEMBERS if source == Source.MEMBER else Roll.PROPOSERS, questions=STARS,
                is_secret=source == Source.MEMBER, opened_on=day, closes_on=day + timedelta(days=DAYS),
                keys=[f"demo:{place}" for place in range(sum(said) + silent)],
            )
        )  # fmt: skip
        values = [value for value, count in zip(Value, said, strict=True) for _ in range(count)]
        for turn, (rater, value) in enumerate(zip(Rater.objects.filter(round=round_), values, strict=False)):
            high = {Value.SATISFIED: 5, Value.BASICALLY: 4, Value.DISSATISFIED: 2}[value]
            give_answer(
                rater=rater, value=value, reason="问题还在，请再去看看。" if value == Value.DISSATISFIED else "",
                stars={question: high - (turn + place) % 2 for place, question in enumerate(STARS)},
            )  # fmt: skip
    with clock_at(day + timedelta(days=DAYS + 1)):
        publish_due()


def _open_round(place: Division, unit: HandlingUnit) -> None:
    """Nobody of the cast: without a matter behind it there is no page where an account could answer."""
    today = timezone.localdate()
    round_ = open_round(
        NewRound(
            kind=KIND, source=Source.MEMBER, title="社区便民设施维护", division=place, unit=unit, roll=Roll.MEMBERS,
            is_secret=True, keys=[f"demo:{number}" for number in range(12)],
            opened_on=today, closes_on=today + timedelta(days=DAYS),
        )
    )  # fmt: skip
    for rater in Rater.objects.filter(round=round_).exclude(key="")[:4]:
        give_answer(rater=rater, value=Value.SATISFIED)

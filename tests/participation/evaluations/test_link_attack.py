"""A full dump of a closed secret round: raters and answers cannot be matched better than by chance (decisions.md 13).

The attacker has every row of every table in the order in which the database stores it, and on PostgreSQL the number of
the transaction that wrote it; matches the raters to the answers by each order that there is, forwards and backwards.
"""

import math
import random
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from participation.evaluations import registry, services
from participation.evaluations.models import Rater, Round, SecretAnswer
from participation.evaluations.registry import RoundKind
from participation.evaluations.services import closing
from participation.evaluations.states import Roll
from portal.trail.models import Entry
from tests.factories.evaluations import round_for

pytestmark = pytest.mark.django_db
SIZE = 12
VALUES = ["satisfied", "basically_satisfied", "dissatisfied"]


@pytest.fixture(autouse=True)
def kind(monkeypatch: pytest.MonkeyPatch) -> None:
    row = RoundKind(key="secret", label="无记名测评", definition="各评一次。", is_automatic=False)
    monkeypatch.setitem(registry._kinds, "secret", row)


def closed_round(chance: random.Random) -> tuple[Round, dict[str, str]]:
    """Answered in random order; the dict is what nobody may know: key of the rater → value."""
    keys = tuple(f"party:{number}" for number in range(SIZE))
    round_ = round_for(keys=keys, kind="secret", is_secret=True, roll=Roll.MEMBERS, source="member", days=3)
    raters = list(Rater.objects.filter(round=round_))
    chance.shuffle(raters)
    given = {}
    for rater in raters:
        given[rater.key] = chance.choice(VALUES)
        services.give_answer(rater=rater, value=given[rater.key])
    services.close_round(round_=round_)
    return round_, given


def dumped(table: str, columns: str, round_: Round) -> list[tuple[Any, ...]]:
    """Rows as they are stored: by rowid or by the table's own order on SQLite, by ctid on PostgreSQL."""
    stored = {"sqlite": "", "postgresql": " ORDER BY ctid"}[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table} NOT INDEXED WHERE round_id = %s{stored}"
                       if connection.vendor == "sqlite"
                       else f"SELECT {columns} FROM {table} WHERE round_id = %s{stored}", [round_.pk])  # fmt: skip
        return cursor.fetchall()


def guesses(round_: Round) -> dict[str, dict[str, str]]:
    """By name of the order: rater's key → guessed value."""
    marks = ", xmin::text" if connection.vendor == "postgresql" else ", rowid"
    raters = dumped("evaluations_rater", f"key, id, answered_on{marks}", round_)
    marks = ", xmin::text" if connection.vendor == "postgresql" else ", ''"
    answers = dumped("evaluations_secretanswer", f"value, key{marks}", round_)
    orders_of_raters: dict[str, Callable[[Any], Any] | None] = {
        "stored": None, "id": lambda row: row[1], "day": lambda row: (row[2], row[1]), "mark": lambda row: row[3],
    }  # fmt: skip
    orders_of_answers: dict[str, Callable[[Any], Any] | None] = {
        "stored": None, "key": lambda row: row[1], "mark": lambda row: row[2],
    }  # fmt: skip
    found = {}
    for mine, order in orders_of_raters.items():
        for theirs, other in orders_of_answers.items():
            left = [row[0] for row in (sorted(raters, key=order) if order else raters)]
            right = [row[0] for row in (sorted(answers, key=other) if other else answers)]
            found[f"{mine}-{theirs}"] = dict(zip(left, right, strict=True))
            found[f"{mine}-{theirs} backwards"] = dict(zip(left, right[::-1], strict=True))
    return found


def attacked(rounds: int, seed: int = 1) -> dict[str, float]:
    """By order: how many standard deviations the hits lie above chance, given the published counts of each round."""
    chance = random.Random(seed)
    hits: dict[str, int] = {}
    expected, variance = 0.0, 0.0
    for _ in range(rounds):
        round_, given = closed_round(chance)
        counts = [list(given.values()).count(value) for value in VALUES]
        expected += sum(count * count for count in counts) / SIZE
        variance += _variance(counts)
        for name, guess in guesses(round_).items():
            hits[name] = hits.get(name, 0) + sum(guess[key] == value for key, value in given.items())
    return {name: (number - expected) / math.sqrt(variance) for name, number in hits.items()}


def _variance(counts: Sequence[int]) -> float:
    """Of the hits of a random matching of two rows with the same counts of values."""
    size = sum(counts)
    pairs = sum(a * a * b * b for a in counts for b in counts) - 2 * size * sum(a**3 for a in counts)
    same = sum(a * a for a in counts)
    return (pairs + size * size * same) / (size * size * (size - 1)) if size > 1 else 0.0


def worst(found: dict[str, float]) -> float:
    return max(abs(value) for value in found.values())


def test_no_order_of_a_dump_matches_raters_to_answers() -> None:
    """Reduced: forty rounds of twelve."""
    assert worst(attacked(40)) < 4.5


@pytest.mark.figures
def test_the_link_attack_on_four_hundred_rounds() -> None:
    found = worst(attacked(400))
    print(f"link attack: 400 secret rounds of {SIZE}, the best of 24 orders {found:.1f} standard deviations off chance")
    assert found < 4


def test_the_attack_succeeds_where_answers_keep_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """The attack itself works: with keys that count up and without the shuffle, the order of answering tells all."""
    number = iter(range(10**6))
    monkeypatch.setattr(SecretAnswer._meta.get_field("key"), "_get_default", lambda: f"{next(number):032d}")
    monkeypatch.setattr(closing, "_shuffle", lambda round_: None)
    chance = random.Random(2)
    hits = 0
    for _ in range(5):
        keys = tuple(f"party:{each}" for each in range(SIZE))
        round_ = round_for(keys=keys, kind="secret", is_secret=True, roll=Roll.MEMBERS, source="member", days=3)
        given = {}
        for rater in Rater.objects.filter(round=round_).order_by("pk"):  # in the order of the roll
            given[rater.key] = chance.choice(VALUES)
            services.give_answer(rater=rater, value=given[rater.key])
        services.close_round(round_=round_)
        hits += sum(guesses(round_)["id-key"][key] == value for key, value in given.items())
    assert hits == 5 * SIZE


def test_the_record_tells_no_more_than_the_day() -> None:
    """No entry of the trail falls together with an answer; raters hold a day, answers nothing."""
    round_, _given = closed_round(random.Random(3))
    verbs = Entry.objects.filter(subject_kind="evaluation_round", subject_key=str(round_.pk)).values_list(
        "verb", flat=True
    )
    assert list(verbs.order_by("pk")) == ["open", "close"]
    assert {field.name for field in SecretAnswer._meta.fields} == {"key", "round", "value", "stars", "comment"}
    today = timezone.localdate()
    days = set(Rater.objects.filter(round=round_).values_list("answered_on", flat=True))
    assert days <= {today, today + timedelta(days=1)}

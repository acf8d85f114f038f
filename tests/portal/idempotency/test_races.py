from django.db import connections, transaction

from portal.idempotency.models import Done
from portal.idempotency.services import KeyReused, once
from portal.numbering.models import Counter
from portal.numbering.services import draw
from tests.races.harness import at_once


def alone(action):
    """With a database connection of the thread's own, closed at the end."""

    def run():
        try:
            return action()
        finally:
            connections.close_all()

    return run


def submit(key, content="f"):
    """Draws a number, as a submission does."""
    return once(key=key, scope="s", fingerprint=content, action=lambda: f"JY-{draw(series='JY'):06d}")


def test_twenty_parallel_posts_of_one_form_are_one_action_with_one_answer(transactional_db):
    for turn in range(1, 4):
        outcomes = at_once([alone(lambda key=f"k{turn}": submit(key)) for _ in range(20)])
        assert {outcome.result for outcome in outcomes} == {f"JY-{turn:06d}"}
        assert sorted(outcome.is_new for outcome in outcomes) == [False] * 19 + [True]
    assert Done.objects.count() == 3
    assert Counter.objects.get().last == 3


def test_parallel_posts_of_one_key_with_other_content_are_refused(transactional_db):
    def attempt(content):
        try:
            return submit("k", content).result
        except KeyReused:
            return "refused"

    answers = at_once([alone(lambda content=content: attempt(content)) for content in "aaaabbbb"])
    assert sorted(answers) == ["JY-000001"] * 4 + ["refused"] * 4


def test_forty_parallel_forms_get_forty_numbers_without_a_gap(transactional_db):
    answers = at_once([alone(lambda key=f"k{number}": submit(key).result) for number in range(40)], clients=20)
    assert sorted(answers) == [f"JY-{number:06d}" for number in range(1, 41)]


def test_numbers_given_back_by_a_rollback_leave_no_gap(transactional_db):
    def attempt(number):
        try:
            with transaction.atomic():
                drawn = draw(series="JY")
                if number % 3 == 0:
                    raise InterruptedError
                return drawn
        except InterruptedError:
            return 0

    answers = at_once([alone(lambda number=number: attempt(number)) for number in range(30)], clients=15)
    assert sorted(filter(None, answers)) == list(range(1, 21))

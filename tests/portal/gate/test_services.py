from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.core.cache import caches
from django.test import RequestFactory

from portal.gate.rules import question_in_words
from portal.gate.services import allow, arithmetic_challenge, client_address, is_exhausted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_cache():
    caches["default"].clear()


def test_a_key_gets_exactly_its_turns():
    assert [allow("lookup", "a", 3, 600) for _ in range(5)] == [True, True, True, False, False]
    assert allow("lookup", "b", 3, 600) is True
    assert allow("message", "a", 3, 600) is True


def test_looking_takes_no_turn():
    assert [is_exhausted("lookup", "a", 1, 600) for _ in range(3)] == [False, False, False]
    assert allow("lookup", "a", 1, 600) is True
    assert is_exhausted("lookup", "a", 1, 600) is True


def test_turns_come_back_with_the_next_window():
    with time_machine.travel("2026-03-10 08:00:00+08:00", tick=False) as traveller:
        assert [allow("lookup", "a", 1, 60) for _ in range(2)] == [True, False]
        traveller.shift(60)
        assert allow("lookup", "a", 1, 60) is True


def test_parallel_callers_share_the_turns(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "turns"}}
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: allow("race", "a", 7, 3600), range(80)))
    assert sum(answers) == 7


def test_a_forwarded_address_counts_only_behind_our_own_proxy(settings):
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="6.6.6.6, 1.2.3.4")
    settings.TRUSTED_PROXY_COUNT = 0
    assert client_address(request) == "10.0.0.1"
    settings.TRUSTED_PROXY_COUNT = 1
    assert client_address(request) == "1.2.3.4"


def test_every_question_can_be_said_and_has_a_small_answer():
    for _ in range(200):
        challenge, answer = arithmetic_challenge()
        assert question_in_words(challenge).endswith("等于几？")
        assert 0 <= int(answer) <= 18

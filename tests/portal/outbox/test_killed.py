"""The outbox as real processes: run twice in parallel and killed half-way, on whichever database the tests run."""

import io
import json
import multiprocessing
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from multiprocessing.context import ForkProcess
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from django.utils import timezone

from portal.outbox.models import Delivery, Digest
from portal.outbox.services import queue_messages

LETTERS = 60
fork = multiprocessing.get_context("fork")
Start = Callable[..., ForkProcess]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "letters"


def deliver(log: Path, parties: int, stale_minutes: int) -> None:
    """`deliver_outbox` with a slow mail server; what it prints goes beside the log."""
    backend, out = "tests.portal.outbox.slow_mail.EmailBackend", io.StringIO()
    slow = {"SLOW_MAIL_LOG": log, "SLOW_MAIL_PARTIES": parties}
    with override_settings(EMAIL_BACKEND=backend, OUTBOX_STALE_MINUTES=stale_minutes, **slow):
        call_command("deliver_outbox", stdout=out)
    log.with_name(f"tally-{multiprocessing.current_process().name}").write_text(out.getvalue())


@pytest.fixture
def start(log: Path) -> Start:
    """Start `deliver_outbox` in a process of its own."""

    def start_process(*, parties: int = 1, stale_minutes: int = 10) -> ForkProcess:
        connections.close_all()  # a child must never inherit an open connection
        process = fork.Process(target=deliver, args=(log, parties, stale_minutes), daemon=True)
        process.start()
        return process

    return start_process


@pytest.fixture
def letters(transactional_db, django_user_model) -> None:
    people = [
        django_user_model.objects.create_user(f"resident{number}", f"resident{number}@b.cn")
        for number in range(LETTERS)
    ]
    assert queue_messages(event="e", kind="k", recipients=people, title="已公开") == LETTERS


def accepted(log: Path) -> Counter[str]:
    """How often the mail server accepted a letter to each address."""
    return Counter(line.split()[0] for line in log.read_text().splitlines()) if log.exists() else Counter()


def in_state(state: str) -> set[str]:
    rows = Delivery.objects.filter(channel="email", state=state)
    return set(rows.values_list("message__recipient__email", flat=True))


def tally_of(process: ForkProcess, log: Path) -> dict[str, int]:
    process.join(60)
    assert process.exitcode == 0
    tally: dict[str, int] = json.loads(log.with_name(f"tally-{process.name}").read_text())
    return tally


@pytest.mark.usefixtures("letters")
def test_two_in_parallel_send_each_letter_once(start: Start, log: Path) -> None:
    tallies = [tally_of(process, log) for process in [start(parties=2), start(parties=2)]]
    assert sum(tally.get("sent", 0) for tally in tallies) == LETTERS
    assert [tally.get("sent", 0) > 0 for tally in tallies] == [True, True]
    assert accepted(log) == {f"resident{number}@b.cn": 1 for number in range(LETTERS)}


@pytest.fixture
def summaries(letters: None, django_user_model) -> None:
    """Two messages each for the summary, queued two days ago; the mails of the fixture are out of the way."""
    people = list(django_user_model.objects.filter(username__startswith="resident"))
    daily = {person.pk: "daily" for person in people}
    Delivery.objects.filter(channel="email").delete()
    for number in range(2):
        queue_messages(event=f"d{number}", kind="k", recipients=people, title="进展", frequencies=daily)
    Delivery.objects.filter(channel="digest").update(due_at=timezone.now() - timedelta(days=2))


@pytest.mark.usefixtures("summaries")
def test_summaries_of_killed_and_parallel_runs_go_out_once_each(start: Start, log: Path) -> None:
    process = start()
    while sum(accepted(log).values()) < 10:
        assert process.is_alive()
        time.sleep(0.005)
    process.kill()
    process.join()
    assert Delivery.objects.filter(channel="digest", digest=None).count() == 0
    for process in [start(stale_minutes=0), start(stale_minutes=0)]:
        tally_of(process, log)
    tally_of(start(stale_minutes=0), log)
    heard = accepted(log)
    assert set(heard.values()) == {1}
    assert Digest.objects.count() == LETTERS
    states = Delivery.objects.filter(channel="digest").values_list("digest", "state", "message__recipient__email")
    ends = {(digest, email): state for digest, state, email in states.distinct()}
    assert len(ends) == LETTERS  # both lines of one summary end in the same way
    assert set(ends.values()) <= {"sent", "uncertain"}
    assert {email for (_digest, email), state in ends.items() if state == "sent"} <= heard.keys()


@pytest.mark.usefixtures("letters")
def test_killed_half_way_nobody_hears_twice_and_nobody_is_forgotten(start: Start, log: Path) -> None:
    for rest in (5, 25):
        process = start()
        while sum(accepted(log).values()) < rest:
            assert process.is_alive()
            time.sleep(0.005)
        process.kill()
        process.join()
    left_open = in_state("sending")
    assert len(left_open) <= 2
    assert tally_of(start(stale_minutes=0), log).get("stale", 0) == len(left_open)
    assert (in_state("uncertain"), in_state("queued"), in_state("sending")) == (left_open, set(), set())
    sent = in_state("sent")
    heard = accepted(log)
    assert set(heard.values()) == {1}
    assert sent | left_open == {f"resident{number}@b.cn" for number in range(LETTERS)}
    assert sent - heard.keys() == set()
    assert heard.keys() - sent <= left_open

"""The outbox as real processes: run twice in parallel and killed half-way, on whichever database the tests run."""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from portal.outbox.models import Delivery
from portal.outbox.services import queue_messages
from tests.conftest import ROOT

LETTERS = 60
Start = Callable[..., "subprocess.Popen[str]"]


def url_of_this_database() -> str:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlunsplit(urlsplit(os.environ["TEST_DATABASE_URL"])._replace(path=f"/{name}"))


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "letters"


@pytest.fixture
def start(log: Path) -> Start:
    """Start `deliver_outbox` in a process of its own."""

    def start_command(*, parties: int = 1, stale_minutes: int = 10) -> "subprocess.Popen[str]":
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.portal.outbox.slow_mail_settings",
            "TEST_DATABASE_URL": url_of_this_database(),
            "SLOW_MAIL_LOG": str(log),
            "SLOW_MAIL_PARTIES": str(parties),
            "OUTBOX_STALE_MINUTES": str(stale_minutes),
        }
        command = [sys.executable, "manage.py", "deliver_outbox"]
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)  # noqa: S603

    return start_command


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


def tally_of(process: "subprocess.Popen[str]") -> dict[str, int]:
    answer, _errors = process.communicate(timeout=60)
    tally: dict[str, int] = json.loads(answer)
    return tally


@pytest.mark.usefixtures("letters")
def test_two_in_parallel_send_each_letter_once(start: Start, log: Path) -> None:
    tallies = [tally_of(process) for process in [start(parties=2), start(parties=2)]]
    assert sum(tally.get("sent", 0) for tally in tallies) == LETTERS
    assert [tally.get("sent", 0) > 0 for tally in tallies] == [True, True]
    assert accepted(log) == {f"resident{number}@b.cn": 1 for number in range(LETTERS)}


@pytest.mark.usefixtures("letters")
def test_killed_half_way_nobody_hears_twice_and_nobody_is_forgotten(start: Start, log: Path) -> None:
    for rest in (5, 25):
        process = start()
        while sum(accepted(log).values()) < rest:
            assert process.poll() is None
            time.sleep(0.005)
        process.kill()
        process.wait()
    left_open = in_state("sending")
    assert len(left_open) <= 2
    assert tally_of(start(stale_minutes=0)).get("stale", 0) == len(left_open)
    assert (in_state("uncertain"), in_state("queued"), in_state("sending")) == (left_open, set(), set())
    sent = in_state("sent")
    heard = accepted(log)
    assert set(heard.values()) == {1}
    assert sent | left_open == {f"resident{number}@b.cn" for number in range(LETTERS)}
    assert sent - heard.keys() == set()
    assert heard.keys() - sent <= left_open

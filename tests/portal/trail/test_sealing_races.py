"""Sealing while others write, by several sealers at once, some killed half-way, in real processes."""

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable

import pytest
from django.db import connections, transaction

from portal.trail import services
from portal.trail.models import Entry, Head, Seal

pytestmark = pytest.mark.django_db(transaction=True)
fork = multiprocessing.get_context("fork")


class Undo(Exception):
    """Rolls a writer's transaction back."""


def start(work: Callable[..., None], *arguments: object) -> "multiprocessing.context.ForkProcess":
    connections.close_all()  # a child must never inherit an open connection
    process = fork.Process(target=work, args=arguments, daemon=True)
    process.start()
    return process


def write(seed: int, rounds: int) -> None:
    """Transactions of several entries that stay open for a while; a quarter of them is undone."""
    chance = random.Random(seed)
    for number in range(rounds):
        try:
            with transaction.atomic():
                for part in range(3):
                    services.record(subject_kind="race", subject_key=f"{seed}-{number}", verb=f"v{part}")
                    time.sleep(chance.random() * 0.004)
                if chance.random() < 0.25:
                    raise Undo
        except Undo:
            continue


def seal_forever() -> None:
    services.BATCH = 7  # many small batches: more places to be killed at
    while True:
        services.seal()


def race(writers: int, rounds: int, kills: int) -> None:
    chance = random.Random(7)
    writing = [start(write, seed, rounds) for seed in range(writers)]
    sealing = [start(seal_forever) for _ in range(2)]
    for _ in range(kills):
        time.sleep(0.1 + chance.random() * 0.2)
        victim = sealing.pop(0)
        os.kill(victim.pid, signal.SIGKILL)
        victim.join()
        sealing.append(start(seal_forever))
    for process in writing:
        process.join(120)
    time.sleep(0.3)
    for process in sealing:
        os.kill(process.pid, signal.SIGKILL)
        process.join()
    assert [process.exitcode for process in writing] == [0] * writers


def assert_whole(verdict, export) -> None:
    services.seal()
    written = set(Entry.objects.values_list("pk", flat=True))
    sealed = list(Seal.objects.order_by("position").values_list("position", "entry_id"))
    assert [position for position, _ in sealed] == list(range(1, len(written) + 1))
    assert {entry for _, entry in sealed} == written
    assert verdict(export(), tuple(Head.objects.values_list("count", "chain_hash"))) is None


def test_every_committed_entry_is_sealed_once_while_sealers_are_killed(verdict, export):
    race(writers=3, rounds=40, kills=4)
    assert_whole(verdict, export)


@pytest.mark.figures
def test_r7_two_thousand_transactions_with_forty_kills_leave_a_whole_chain(verdict, export):
    race(writers=4, rounds=500, kills=40)
    assert_whole(verdict, export)
    print(f"sealing under load: {Entry.objects.count()} entries, {Head.objects.count()} heads, 40 kills, chain whole")


def test_a_transaction_still_open_is_waited_for_and_sealed_later(verdict, export):
    """PostgreSQL: the lower id commits after the higher one is sealed."""
    if connections["default"].vendor == "sqlite":
        pytest.skip("SQLite has one writer: ids are drawn in the order of commits")

    def slow() -> None:
        with transaction.atomic():
            services.record(subject_kind="race", subject_key="slow", verb="a")
            time.sleep(1.5)

    writing = start(slow)
    time.sleep(0.5)
    fast = services.record(subject_kind="race", subject_key="fast", verb="a")
    assert services.seal() == 1
    writing.join(10)
    assert services.seal() == 1
    order = list(Seal.objects.order_by("position").values_list("entry_id", flat=True))
    assert (order[0], order[1] < order[0]) == (fast.pk, True)
    assert_whole(verdict, export)

"""R21: jobs run when due, once, whoever else runs them."""

import multiprocessing
import time
from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connections
from django.utils import timezone

from portal.operations import registry
from portal.operations.models import JobRun
from portal.operations.services import periodic

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def jobs(monkeypatch):
    """An empty registry; `jobs(name, run)` fills it."""
    monkeypatch.setattr(periodic, "periodic_jobs", known := {})
    monkeypatch.setattr("portal.operations.management.commands.runperiodic.periodic_jobs", known)
    return lambda name, run, every=HOUR: known.__setitem__(name, registry.PeriodicJob(name, run, every))


def test_a_job_runs_when_due_and_not_before(jobs):
    runs = []
    jobs("count", lambda: runs.append(1) or "counted")
    with time_machine.travel("2026-01-01T00:00:00+00:00", tick=False) as clock:
        assert periodic.run_due_jobs() == ["count: counted"]
        clock.shift(HOUR - timedelta(seconds=1))
        assert periodic.run_due_jobs() == []
        clock.shift(1)
        assert periodic.run_due_jobs() == ["count: counted"]
    assert len(runs) == 2


def test_a_failing_job_stops_no_other_and_its_message_is_not_kept(jobs):
    def fail() -> str:
        raise ValueError("张三丰 13800138000")

    jobs("first", fail)
    jobs("second", lambda: "done")
    assert periodic.run_due_jobs() == ["first: FAILED ValueError", "second: done"]
    periodic.run_due_jobs(force=True)
    assert list(JobRun.objects.order_by("name").values_list("name", "failures", "outcome", "claim")) == [
        ("first", 2, "FAILED ValueError", ""),
        ("second", 0, "done", ""),
    ]


def test_a_claimed_job_is_left_alone_until_the_claim_of_a_crash_runs_out(jobs):
    jobs("job", lambda: "done")
    now = timezone.now()
    JobRun.objects.create(name="job", claim="crashed", claimed_until=now + periodic.LEASE)
    assert periodic.run_due_jobs() == []
    with time_machine.travel(now + periodic.LEASE):
        assert periodic.run_due_jobs() == ["job: done"]


def test_a_clock_set_back_does_not_silence_a_job(jobs):
    jobs("job", lambda: "done")
    JobRun.objects.create(name="job", started_at=timezone.now() + timedelta(days=300))
    assert periodic.run_due_jobs() == ["job: done"]


def test_command_prints_runs_one_and_refuses_an_unknown_name(jobs, capsys):
    jobs("one", lambda: "1")
    jobs("two", lambda: "2")
    call_command("runperiodic", only="two")
    call_command("runperiodic", list=True)
    assert capsys.readouterr().out == "two: 2\none：每 1:00:00 一次\ntwo：每 1:00:00 一次\n"
    with pytest.raises(CommandError):
        call_command("runperiodic", only="three")


@pytest.mark.django_db(transaction=True)
def test_parallel_runners_run_a_job_once(jobs):
    fork = multiprocessing.get_context("fork")
    runs, barrier = fork.Value("i", 0), fork.Barrier(6)

    def work() -> str:
        with runs.get_lock():
            runs.value += 1
        time.sleep(0.3)
        return "worked"

    def runner() -> None:
        barrier.wait(20)
        periodic.run_due_jobs(force=True)

    jobs("job", work)
    connections.close_all()
    runners = [fork.Process(target=runner) for _ in range(6)]
    for process in runners:
        process.start()
    for process in runners:
        process.join(30)
    assert ([process.exitcode for process in runners], runs.value) == ([0] * 6, 1)


@pytest.mark.django_db(transaction=True)
def test_the_claim_of_a_long_job_is_renewed(jobs, monkeypatch):
    monkeypatch.setattr(periodic, "RENEW_EVERY", timedelta(seconds=0.05))
    ends = []

    def long() -> str:
        for _ in range(20):
            ends.append(JobRun.objects.get(name="long").claimed_until)
            time.sleep(0.05)
        return "done"

    jobs("long", long)
    periodic.run_due_jobs()
    assert ends[0] < ends[-1]

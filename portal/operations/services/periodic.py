"""Running what features register to be run by a clock."""

import contextlib
import logging
import secrets
import threading
from collections.abc import Iterator
from datetime import timedelta

from django.db import close_old_connections, connection
from django.db.utils import DatabaseError
from django.utils import timezone

from ..models import JobRun
from ..registry import PeriodicJob, periodic_jobs

LEASE = timedelta(minutes=5)
RENEW_EVERY = timedelta(seconds=60)
logger = logging.getLogger(__name__)


def run_due_jobs(*, only: str = "", force: bool = False) -> list[str]:
    """Run every registered job that is due; one line for each that ran.

    A job is claimed by one conditional UPDATE, so two runners never run it at once. The claim is renewed while the
    job works and runs out five minutes after a crash. A failing job stops no other; it is tried again when next due.
    """
    lines = []
    for job in list(periodic_jobs.values()):
        if only and job.name != only:
            continue
        if token := _claim(job, force=force):
            lines.append(_run(job, token))
    return lines


def _claim(job: PeriodicJob, *, force: bool) -> str:
    """The token of our claim, or nothing if the job is not due or somebody else has it."""
    now = timezone.now()
    JobRun.objects.bulk_create([JobRun(name=job.name)], ignore_conflicts=True)
    open_runs = JobRun.objects.filter(name=job.name).free(now)
    if not force:
        open_runs = open_runs.due(now, job.every)
    token = secrets.token_hex(16)
    claimed = open_runs.update(claim=token, claimed_until=now + LEASE, started_at=now)
    return token if claimed else ""


def _run(job: PeriodicJob, token: str) -> str:
    own = JobRun.objects.filter(name=job.name, claim=token)
    try:
        with _renewed(job.name, token):
            outcome, failures = job.run() or "", 0
    except Exception as error:  # one failing job must not stop the others
        logger.exception("The periodic job %s failed", job.name)
        if not connection.in_atomic_block:
            close_old_connections()  # a broken connection is opened anew for the next job
        # The class only: a message may quote what somebody wrote.
        outcome, failures = f"FAILED {type(error).__name__}", own.values_list("failures", flat=True).first() or 0
        failures += 1
    own.update(claim="", claimed_until=None, finished_at=timezone.now(), outcome=outcome[:200], failures=failures)
    return f"{job.name}: {outcome}"


@contextlib.contextmanager
def _renewed(name: str, token: str) -> Iterator[None]:
    """Keeps the claim alive while a long job works; dies with the process."""
    done = threading.Event()

    def renew() -> None:
        while not done.wait(RENEW_EVERY.total_seconds()):
            try:
                JobRun.objects.filter(name=name, claim=token).update(claimed_until=timezone.now() + LEASE)
            except DatabaseError:  # busy or away: four more tries before the claim runs out
                logger.warning("Could not renew the claim of %s", name)
            finally:
                connection.close()

    thread = threading.Thread(target=renew, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()

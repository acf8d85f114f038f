"""What features hand to the operators: periodic jobs and health checks, registered from `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class PeriodicJob:
    """`run()` returns one line for the log; it must be safe to run twice, in parallel, or killed half-way."""

    name: str
    run: Callable[[], str]
    every: timedelta


@dataclass(frozen=True)
class Finding:
    """One thing `doctor` found: what is wrong and how to mend it."""

    problem: str
    remedy: str
    is_serious: bool = True


periodic_jobs: dict[str, PeriodicJob] = {}
checks: dict[str, Callable[[], list[Finding]]] = {}


def register_job(name: str, run: Callable[[], str], *, every: timedelta) -> None:
    periodic_jobs[name] = PeriodicJob(name, run, every)


def register_check(name: str, check: Callable[[], list[Finding]]) -> None:
    checks[name] = check

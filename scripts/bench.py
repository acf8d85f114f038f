"""`make bench`: speed as ratios measured in one run, so that the machine cancels out.

Two servers, one over a small and one over a large database, and a bare Django view are asked in turn, A B C A B C,
over kept-alive connections; medians are compared. A third one keeps its pages (docs/caching.md), the two make each
anew. The queries of each page, uncached, are counted over both. Data is built once
under var/bench/. `--large 20000` for a quicker look, `--postgres` for a throw-away
PostgreSQL, `--check` to fail where a bound is broken, `--reconcile` to prove the large ledger's figures too (minutes).
"""

import argparse
import http.client
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.fingerprint import MIGRATIONS, fingerprint  # noqa: E402 - run as a script
from scripts.postgres import TemporaryCluster  # noqa: E402
from scripts.server import free_port, start_server, stop, wait_until_up  # noqa: E402

HOME = Path(os.environ.get("VAR_DIR", ROOT / "var")) / "bench"
BOUND = 1.3
STATISTICS_BOUND = 2.0
SCHEDULE_BOUND = 3.0  # forty lines and a number for every day against five lines
DATA = (
    "scripts/bench_data.py",
    "scripts/bench_discussion.py",
    "scripts/bench_evaluations.py",
    "scripts/bench_ledger.py",
    "scripts/bench_receptions.py",
)
CACHED = 0.5  # of a bare view's requests per second: a kept home page
PAGES = {
    "list, newest": "/proposals/",
    "list, most supported": "/proposals/?order=supported",
    "search, common word": f"/proposals/?q={quote('电梯')}",
    "search, two words": f"/proposals/?q={quote('充电桩 积水')}",
    "search, one character": f"/proposals/?q={quote('灯')}",
    "ledger, newest": "/ledger/",
    "ledger, one county": "/ledger/?division=430381000000",
    "ledger, one street": "/ledger/?division=430381001000",
    "ledger, one state": "/ledger/?state=closed_off",
    "ledger, overdue": "/ledger/?overdue=on",
    "ledger, late of a street": "/ledger/?division=430381001000&overdue=on",
    "evaluations, everywhere": "/evaluations/",
    "evaluations, one street": "/evaluations/?division=430381001000",
    # ten thousand comments against twenty; an old comment's own address leads to the page that begins with it
    "discussion, first page": "/threads/1/",
    "discussion, most helpful": "/threads/1/?order=helpful",
    "discussion, last page": "/comments/20/",
    "discussion, deep link": "/comments/11/",
    # a city of 900 stations and 5,000 sessions against one station with five
    "schedule, whole city": "/schedule/",
    "schedule, one street": "/schedule/?division=430381001000",
    "ledger statistics": "/ledger/statistics/",
    "ledger statistics, county": "/ledger/statistics/?division=430381000000",
}


def bound_of(path: str) -> float:
    if path.startswith("/schedule/"):
        return SCHEDULE_BOUND
    return STATISTICS_BOUND if path.startswith("/ledger/statistics/") else BOUND


def timed(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def interleaved(actions: dict[str, Callable[[], object]], *, rounds: int, warm_up: int = 5) -> dict[str, float]:
    """Median seconds of each action; the actions take turns, so that whatever disturbs one disturbs all."""
    times: dict[str, list[float]] = {name: [] for name in actions}
    for number in range(warm_up + rounds):
        for name, action in actions.items():
            seconds = timed(action)
            if number >= warm_up:
                times[name].append(seconds)
    return {name: statistics.median(each) for name, each in times.items()}


def environment(url: str) -> dict[str, str]:
    served = {"DJANGO_SETTINGS_MODULE": "portal.settings.dev", "DEBUG": "false", "DEMO": "true", "DATABASE_URL": url}
    return os.environ | served | {"VAR_DIR": str(HOME / "var")}


def build(url: str, count: int) -> None:
    print(f"building {count:,} proposals and ledger items …", flush=True)
    command = [sys.executable, "scripts/bench_data.py", str(count)]
    unbounded = {"DATABASE_STATEMENT_TIMEOUT_MS": "0"}  # as manage.py has it
    subprocess.run(command, cwd=ROOT, env=environment(url) | unbounded, check=True)  # noqa: S603 - our own command


def sqlite_url(count: int) -> str:
    """A database file kept from run to run, until a migration or the data changes."""
    path = HOME / f"{fingerprint(*MIGRATIONS, *DATA)}-{count}.sqlite3"
    if not path.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        build(f"sqlite:///{draft}", count)
        draft.rename(path)
    return f"sqlite:///{path}"


def postgres_url(server: str, count: int) -> str:
    import psycopg

    with psycopg.connect(server.replace("postgres://", "postgresql://", 1), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE bench_{count}".encode())
    url = urlunsplit(urlsplit(server)._replace(path=f"/bench_{count}"))
    build(url, count)
    return url


class Site:
    """A server and a kept-alive connection to it."""

    def __init__(self, env: dict[str, str], application: str) -> None:
        self.port = free_port()
        self.process = start_server(self.port, env=env, workers=1, application=application)
        wait_until_up(self.port, self.process)
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def get(self, path: str) -> None:
        try:
            self.connection.request("GET", path)
            response = self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            self.connection.close()  # an idle connection that the server had ended
            self.connection.request("GET", path)
            response = self.connection.getresponse()
        response.read()
        if response.status == 302 and (place := response.getheader("Location")) and place != path:
            self.get(place.split("#")[0])
        elif response.status != 200:
            raise RuntimeError(f"{path} answered {response.status}")


@contextmanager
def sites(urls: dict[str, str]) -> Iterator[dict[str, Site]]:
    started: dict[str, Site] = {}
    try:
        for name, url in urls.items():
            started[name] = Site(environment(url) | {"PAGE_CACHE_SECONDS": "0"}, "portal.wsgi")
        started["kept"] = Site(environment(urls["large"]), "portal.wsgi")
        bare = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
        started["bare"] = Site(bare, "scripts.bench_bare")
        yield started
    finally:
        stop(*(site.process for site in started.values()))


def queries(url: str) -> dict[str, int]:
    """Of each page, made anew: the same however much there is."""
    pages = {"home": "/"} | PAGES
    command = [sys.executable, "scripts/bench_queries.py", *pages.values()]
    env = environment(url) | {"PAGE_CACHE_SECONDS": "0"}
    done = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE)  # noqa: S603 - our own command
    return dict(zip(pages, json.loads(done.stdout.splitlines()[-1]), strict=True))


def reconciles(url: str) -> bool:
    """The figures that the statistics page reads, proved cell by cell from the items themselves."""
    command = [sys.executable, "manage.py", "reconcile_ledger_statistics"]
    env = environment(url) | {"DATABASE_STATEMENT_TIMEOUT_MS": "0"}
    started = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=env, check=False, capture_output=True, text=True)  # noqa: S603 - our own command
    words = (done.stdout or done.stderr).strip().splitlines()[-1:]
    print(f"  statistics reconciled in {time.perf_counter() - started:.0f} s: {''.join(words)}", flush=True)
    return done.returncode == 0


def posting_ratio(urls: dict[str, str]) -> float:
    """Writing and publishing one comment in the large discussion against the small one, measured in turn."""
    command = [sys.executable, "scripts/bench_discussion.py"]
    times: dict[str, list[float]] = {name: [] for name in urls}
    for _turn in range(3):
        for name, url in urls.items():
            done = subprocess.run(command, cwd=ROOT, env=environment(url), check=True, stdout=subprocess.PIPE)  # noqa: S603 - our own command
            times[name].append(json.loads(done.stdout.splitlines()[-1]))
    few, many = (statistics.median(times[name]) for name in ("small", "large"))
    print(f"  [posting {few * 1000:.1f} ms, {many * 1000:.1f} ms]")
    return many / few


def cached_share(site: dict[str, Site], rounds: int) -> float:
    """Requests per second of the kept home page against those of the bare view, both asked in turn."""
    kept, bare = site["kept"], site["bare"]
    p50 = interleaved({"home": lambda: kept.get("/"), "bare": lambda: bare.get("/")}, rounds=rounds, warm_up=20)
    print(f"  [home {p50['home'] * 1000:.2f} ms, bare {p50['bare'] * 1000:.2f} ms]")
    return p50["bare"] / p50["home"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", type=int, default=1000)
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument(
        "--reconcile", action="store_true", help="prove the ledger's figures on the large one (minutes)"
    )
    given = parser.parse_args()
    broken = 0
    with TemporaryCluster() if given.postgres else nullcontext("") as server:
        counts = {"small": given.small, "large": given.large}
        urls = {name: postgres_url(server, n) if server else sqlite_url(n) for name, n in counts.items()}
        with sites(urls) as site:
            print(f"\n{'PostgreSQL' if server else 'SQLite'}: {given.large:,} rows against {given.small:,}")
            for title, path in PAGES.items():
                small, large, bare = site["small"], site["large"], site["bare"]
                p50 = interleaved(
                    {
                        "small": lambda small=small, path=path: small.get(path),  # type: ignore[misc]
                        "large": lambda large=large, path=path: large.get(path),  # type: ignore[misc]
                        "bare": lambda bare=bare: bare.get("/"),  # type: ignore[misc]
                    },
                    rounds=given.rounds,
                )
                ratio, bound = p50["large"] / p50["small"], bound_of(path)
                broken += ratio > bound
                print(
                    f"  {title:<25} large/small {ratio:5.2f} (≤ {bound}) {'ok  ' if ratio <= bound else 'OVER'}"
                    f"  page/bare view {p50['large'] / p50['bare']:6.1f}"
                    f"  [{p50['small'] * 1000:.1f} ms, {p50['large'] * 1000:.1f} ms, {p50['bare'] * 1000:.2f} ms]",
                    flush=True,
                )
            few, many = queries(urls["small"]), queries(urls["large"])
            for title, count in many.items():
                # a frequent word is not counted exactly, so that it may ask less
                broken += count > few[title]
                verdict = "ok" if count <= few[title] else "MORE"
                print(f"  {title:<25} queries uncached: {few[title]} small, {count} large {verdict}", flush=True)
            for name, url in urls.items():
                if name == "small" or given.reconcile:
                    broken += not reconciles(url)
            posting = posting_ratio(urls)
            broken += posting > BOUND
            print(f"  posting a comment, large/small {posting:5.2f} (≤ {BOUND}) {'ok' if posting <= BOUND else 'OVER'}")
            share = cached_share(site, given.rounds * 10)
            broken += share < CACHED
            print(
                f"  cached home page / bare view, requests per second {share:5.2f} (≥ {CACHED})"
                f" {'ok' if share >= CACHED else 'UNDER'}",
                flush=True,
            )
    return 1 if broken and given.check else 0


if __name__ == "__main__":
    sys.exit(main())

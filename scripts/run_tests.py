"""The whole suite on SQLite and, at the same time, on a throw-away PostgreSQL.

What is missing on this machine is named in one line each and skipped; with CI set it fails instead.
Arguments go to pytest. `--figures` runs the tests marked `figures`, in full size, instead of the others.
"""

import os
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.browser import chromium  # noqa: E402 - run as a script, from anywhere
from scripts.postgres import TemporaryCluster, binaries  # noqa: E402

NO_TESTS_COLLECTED = 5
VAR = Path(os.environ.get("VAR_DIR", ROOT / "var"))


def missing() -> list[str]:
    gaps = []
    if binaries() is None:
        gaps.append("the PostgreSQL half: no PostgreSQL server found (apt-get install postgresql)")
    if chromium() is None:
        gaps.append("the browser journeys: no Chromium found (apt-get install chromium fonts-noto-cjk)")
    return gaps


class Half:
    """The suite on one kind of database, in a process of its own. The two halves share nothing but the cores."""

    def __init__(self, title: str, url: str, arguments: list[str], log: Path | None = None) -> None:
        self.title, self.log, self.started = title, log, time.monotonic()
        env = {key: value for key, value in os.environ.items() if key != "TEST_DATABASE_URL"}
        if url:
            env["TEST_DATABASE_URL"] = url
        command = [sys.executable, "-m", "pytest", *arguments]
        with ExitStack() as stack:
            output = stack.enter_context(log.open("wb")) if log else None
            self.process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=output, stderr=output)  # noqa: S603

    def passed(self) -> bool:
        """Wait for the end; what went to a log is shown then."""
        code = self.process.wait()
        if self.log:
            print(f"\n=== {self.title}", flush=True)
            print(self.log.read_text(errors="replace"), flush=True)
        print(f"=== {self.title}: {time.monotonic() - self.started:.0f} s, exit {code}", flush=True)
        return code in (0, NO_TESTS_COLLECTED)


def main(arguments: list[str]) -> int:
    if "--figures" in arguments:
        arguments = ["-m", "figures", "-s", *(each for each in arguments if each != "--figures")]
    gaps = missing()
    for gap in gaps:
        print(f"SKIPPED {gap}", flush=True)
    if gaps and os.environ.get("CI"):
        print("CI is set: nothing may be skipped.", flush=True)
        return 1
    with ExitStack() as stack:
        halves = []
        if binaries():
            url = stack.enter_context(TemporaryCluster())
            log = VAR / "test-postgresql.log"
            log.parent.mkdir(parents=True, exist_ok=True)
            print(f"=== PostgreSQL runs beside SQLite and is shown at the end (meanwhile in {log.name})", flush=True)
            halves.append(Half("PostgreSQL", url, arguments, log))
        print("=== SQLite", flush=True)
        halves.insert(0, Half("SQLite", "", arguments))
        passed = [half.passed() for half in halves]
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

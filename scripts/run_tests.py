"""The whole suite on SQLite, then on a throw-away PostgreSQL.

What is missing on this machine is named in one line each and skipped; with CI set it fails instead.
Arguments go to pytest. `--figures` runs the tests marked `figures`, in full size, instead of the others.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.browser import chromium  # noqa: E402 - run as a script, from anywhere
from scripts.postgres import TemporaryCluster, binaries  # noqa: E402

NO_TESTS_COLLECTED = 5


def missing() -> list[str]:
    gaps = []
    if binaries() is None:
        gaps.append("the PostgreSQL half: no PostgreSQL server found (apt-get install postgresql)")
    if chromium() is None:
        gaps.append("the browser journeys: no Chromium found (apt-get install chromium fonts-noto-cjk)")
    return gaps


def run_suite(title: str, url: str, arguments: list[str]) -> bool:
    print(f"\n=== {title}", flush=True)
    started = time.monotonic()
    env = {key: value for key, value in os.environ.items() if key != "TEST_DATABASE_URL"}
    if url:
        env["TEST_DATABASE_URL"] = url
    code = subprocess.call([sys.executable, "-m", "pytest", *arguments], cwd=ROOT, env=env)  # noqa: S603
    print(f"=== {title}: {time.monotonic() - started:.0f} s", flush=True)
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
    passed = [run_suite("SQLite", "", arguments)]
    if binaries():
        with TemporaryCluster() as url:
            passed.append(run_suite("PostgreSQL", url, arguments))
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The whole suite on SQLite (its browser journeys apart) and, at the same time, on a throw-away PostgreSQL.

What is missing on this machine is named in one line each and skipped; with CI set it fails instead.
Arguments go to pytest. `--figures` runs the tests marked `figures`, in full size, instead of the others; when all
of them passed, what they measured is written to docs/figures.md.
"""

import os
import platform
import re
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


class Part:
    """A share of the suite in a process of its own; the parts have nothing in common but the cores."""

    def __init__(self, title: str, arguments: list[str], *, log: str = "", **environment: str) -> None:
        self.title, self.started = title, time.monotonic()
        self.log = VAR / log if log else None
        # tests start a hundred processes: each would compile the portal anew where no bytecode may be kept
        dropped = ("TEST_DATABASE_URL", "TEST_PART", "PYTHONDONTWRITEBYTECODE")
        env = {key: value for key, value in os.environ.items() if key not in dropped}
        env |= environment
        command = [sys.executable, "-m", "pytest", *arguments]
        with ExitStack() as stack:
            output = stack.enter_context(self.log.open("wb")) if self.log else None
            self.process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=output, stderr=output)  # noqa: S603

    def passed(self) -> bool:
        """Wait for the end; what went to a log is shown then."""
        code = self.process.wait()
        if self.log:
            print(f"\n=== {self.title}", flush=True)
            print(self.log.read_text(errors="replace"), flush=True)
        print(f"=== {self.title}: {time.monotonic() - self.started:.0f} s, exit {code}", flush=True)
        return code in (0, NO_TESTS_COLLECTED)


def write_figures(parts: list[Part]) -> None:
    """The figures of a whole run, without the paths of the machine it ran on."""
    lines = [
        "# Figures",
        "",
        f"Written by `make test-figures` on {time.strftime('%Y-%m-%d')}: Python {platform.python_version()}, "
        f"{platform.system()}, {os.cpu_count()} cores. Not edited by hand.",
    ]
    for part in parts:
        text = part.log.read_text(errors="replace") if part.log else ""
        # what pytest draws round the figures, its list of slow tests and the libraries' log included
        drawn = r"platform|rootdir|configfile|plugins|collected|cachedir|=+|\d{4}-\d\d-\d\d [\d:,]+ [A-Z]+ "
        kept = [
            re.sub(r"^\.+(?=\S)", "", line.replace(f"{ROOT}/", "")).rstrip()
            for line in text.split("slowest", 1)[0].splitlines()
            if line.strip(" .sx=") and not re.match(drawn, line)
        ]
        result = re.findall(r"^(?:=+ )?(\d+ passed.*?)(?: =+)?$", text, re.MULTILINE)
        lines += ["", f"## {part.title}", "", "```", *kept, *result[-1:], "```"]
    (ROOT / "docs" / "figures.md").write_text("\n".join(lines) + "\n")


def main(arguments: list[str]) -> int:
    is_figures = "--figures" in arguments
    is_whole = is_figures and arguments == ["--figures"]
    if is_figures:
        arguments = ["-m", "figures", "-s", *(each for each in arguments if each != "--figures")]
    gaps = missing()
    for gap in gaps:
        print(f"SKIPPED {gap}", flush=True)
    if gaps and os.environ.get("CI"):
        print("CI is set: nothing may be skipped.", flush=True)
        return 1
    VAR.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        print("=== SQLite; the other parts run meanwhile, their logs are under var/ and shown at the end", flush=True)
        parts = [Part("SQLite", arguments, log="test-sqlite.log" if is_whole else "", TEST_PART="rest")]
        parts.append(
            Part("SQLite, the architecture and the browser", arguments, log="test-browser.log", TEST_PART="browser")
        )
        if binaries():
            url = stack.enter_context(TemporaryCluster())
            parts.append(Part("PostgreSQL", arguments, log="test-postgresql.log", TEST_DATABASE_URL=url))
        passed = [part.passed() for part in parts]
    if is_whole and all(passed):
        write_figures(parts)
        print("=== docs/figures.md is written: commit it", flush=True)
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""`make lighthouse`: accessibility, best practices and SEO 100, performance at least 98, on the mobile preset.

Six pages of the demo on loopback, one after the other. ARGS: --desktop for the other preset, names for a few pages.
Needs node (20.19 or newer) and Chromium; without them it says so and passes, unless CI is set.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.browser import FLAGS, chromium  # noqa: E402 - run as a script
from scripts.check_html import missing, node_tool  # noqa: E402
from scripts.crawl import get  # noqa: E402
from scripts.served_demo import served_demo  # noqa: E402

BOUNDS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}


def first_link(host: str, page: str, pattern: str) -> str:
    match = re.search(rf'href="({pattern})"', get(host, page)[1])
    if match is None:
        sys.exit(f"no link like {pattern} on {page}")
    return match[1]


def pages(host: str) -> dict[str, str]:
    column = first_link(host, "/", r"/news/[\w-]+/")
    return {
        "home": "/",
        "column": column,
        "article": first_link(host, column, rf"{column}[\w-]+/"),
        "proposals": "/proposals/",
        "proposal": first_link(host, "/proposals/", r"/proposals/JY-[\d-]+/"),
        "login": "/accounts/login/",
    }


def measure(tool: list[str], url: str, executable: str, preset: list[str]) -> dict:
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        flags = " ".join(["--headless=new", *FLAGS])
        command = [*tool, url, "--quiet", "--output=json", f"--output-path={report.name}", f"--chrome-flags={flags}"]
        command += [f"--only-categories={','.join(BOUNDS)}", "--no-enable-error-reporting", *preset]
        env = os.environ | {"CHROME_PATH": executable}
        for is_last in (False, False, True):  # a busy machine now and then loses the trace (NO_NAVSTART)
            if subprocess.run(command, env=env, check=is_last).returncode == 0:  # noqa: S603 - our own command
                break
        result: dict = json.loads(Path(report.name).read_text())
        return result


def lost_points(report: dict, category: str) -> list[str]:
    audits = report["audits"]
    return [
        f"{each['id']}: {audits[each['id']]['title']} {audits[each['id']].get('displayValue', '')}".rstrip()
        for each in report["categories"][category]["auditRefs"]
        if each["weight"] and (audits[each["id"]]["score"] is not None and audits[each["id"]]["score"] < 1)
    ]


def main() -> int:
    tool, executable = node_tool("lighthouse", "cli", "index.js"), chromium()
    if tool is None:
        return 1 if missing("lighthouse") else 0
    if executable is None:
        print("skip lighthouse: Chromium is not installed")
        return 1 if os.environ.get("CI") else 0
    preset = ["--preset=desktop"] if "--desktop" in sys.argv else []
    chosen = [each for each in sys.argv[1:] if not each.startswith("-")]
    failed = False
    print(f"{'page':<12}" + "".join(f"{name:>16}" for name in BOUNDS))
    with served_demo() as address:
        wanted = pages(address.split("//")[1])
        get(address.split("//")[1], "/")
        for name in chosen or wanted:
            report = measure(tool, address + wanted[name], executable, preset)
            scores = {each: round(report["categories"][each]["score"] * 100) for each in BOUNDS}
            print(f"{name:<12}" + "".join(f"{score:>16}" for score in scores.values()), flush=True)
            for category, bound in BOUNDS.items():
                if scores[category] < bound:
                    failed = True
                    print("".join(f"    {category}: {line}\n" for line in lost_points(report, category)), end="")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

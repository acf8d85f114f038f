"""`make check-html`: every public page through html-validate, every stylesheet through stylelint, every link followed.

Needs node (20.19 or newer) for the first two; without it they are left out with a line that says so. CI=true makes
that a failure.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.crawl import crawl, get  # noqa: E402 - run as a script
from scripts.served_demo import NODE_FOLDER, served_demo  # noqa: E402

IN_ELDER_MODE = ["/", "/proposals/", "/snaps/", "/accessibility/", "/accounts/login/", "/search/"]


def node_tool(*name: str) -> list[str] | None:
    """The command of a tool pinned in .ci/package.json, installed on first use; None without node."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    script = NODE_FOLDER.joinpath("node_modules", *name)
    if not script.exists():
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", "--prefix", str(NODE_FOLDER)]
        subprocess.run(command, check=True)  # noqa: S603 - our own command
    return [node, str(script)]


def missing(what: str) -> bool:
    """Says that node is missing; whether that fails the run."""
    print(f"skip {what}: node (20.19 or newer) is not installed")
    return bool(os.environ.get("CI"))


def run(name: str, command: list[str], cwd: Path) -> bool:
    done = subprocess.run(  # noqa: S603 - our own commands
        command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    print(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name}")
    if done.returncode:
        print(done.stdout[-12_000:])
    return done.returncode != 0


def report(command: list[str], path: Path, count: int) -> bool:
    """html-validate's findings, one line for each kind with how often and where first."""
    done = subprocess.run(  # noqa: S603 - our own command
        [*command, "--formatter", f"json={path}"], cwd=NODE_FOLDER, capture_output=True, text=True
    )
    kinds: dict[tuple[str, str], list[str]] = {}
    for page in json.loads(path.read_text() if path.exists() else "[]"):
        for each in page["messages"]:
            place = f"{Path(page['filePath']).name}:{each['line']} {each.get('selector') or ''}"
            kinds.setdefault((each["ruleId"], each["message"]), []).append(place)
    print(f"{'FAIL' if done.returncode else 'ok  '} html-validate ({count} pages)")
    if done.returncode and not kinds:
        print(done.stderr[-4000:])
    for (rule, message), places in sorted(kinds.items()):
        print(f"  {rule}: {message} ({len(places)}×, first {places[0]})")
    return done.returncode != 0


def main() -> int:
    failed = False
    stylelint = node_tool("stylelint", "bin", "stylelint.mjs")
    if stylelint is None:
        failed |= missing("stylelint")
    else:
        config = ["--config", str(NODE_FOLDER / "stylelint.json"), "portal/static/css/**/*.css"]
        failed |= run("stylelint", [*stylelint, *config], ROOT)
    with served_demo() as address:
        found = crawl(address)
        host = address.split("//")[1]
        pages = dict(found.pages)
        pages |= {f"{path}?elder": get(host, path, "elder=1; contrast=1; theme=dark")[1] for path in IN_ELDER_MODE}
    print(f"{'FAIL' if found.complaints else 'ok  '} links ({found.asked} addresses, {len(found.pages)} pages)")
    for complaint in found.complaints:
        print("  " + complaint)
    failed |= bool(found.complaints)
    validate = node_tool("html-validate", "bin", "html-validate.mjs")
    if validate is None:
        return 1 if missing("html-validate") or failed else 0
    with tempfile.TemporaryDirectory() as folder:
        for path, text in pages.items():
            name = re.sub(r"[^\w-]+", "_", path).strip("_")[:120] or "home"
            Path(folder, f"{name}.html").write_text(text)
        config = ["--config", str(NODE_FOLDER / "htmlvalidate.json"), "--ext", "html", folder]
        failed |= report([*validate, *config], Path(folder, "report.json"), len(pages))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

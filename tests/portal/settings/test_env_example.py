"""Whoever runs the portal finds every switch in .env.example."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
# what a read of the environment looks like in portal/settings
READ = re.compile(r'\benv(?:\.\w+)?\(\s*"([A-Z][A-Z0-9_]*)"')
KEPT = re.compile(r'kept_secret\("(\w+)"\)')
RATE = re.compile(r'\brate\("(\w+)", (\d+), (\d+)\)')


def sources() -> str:
    return "\n".join(path.read_text() for path in sorted((ROOT / "portal" / "settings").glob("*.py")))


def example() -> dict[str, str]:
    lines = (ROOT / ".env.example").read_text().splitlines()
    pairs = (re.fullmatch(r"#?([A-Z][A-Z0-9_]*)=(.*)", line) for line in lines)
    return {pair[1]: pair[2] for pair in pairs if pair}


def test_every_setting_read_from_the_environment_stands_in_the_example():
    text = sources()
    read = set(READ.findall(text)) | {name.upper() for name in KEPT.findall(text)}
    read |= {f"GATE_{name.upper()}" for name, _times, _seconds in RATE.findall(text)}
    assert len(read) > 60
    assert sorted(read - example().keys()) == []


def test_the_example_shows_the_true_rates():
    shown = {name: value for name, value in example().items() if name.startswith("GATE_")}
    assert shown == {f"GATE_{name.upper()}": f"{times}/{seconds}" for name, times, seconds in RATE.findall(sources())}


def test_the_example_tells_a_setting_once():
    names = re.findall(r"^#?([A-Z][A-Z0-9_]*)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert sorted(names) == sorted(set(names))

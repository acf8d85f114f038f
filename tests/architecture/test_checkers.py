"""A rule of a page checker is switched off with a written reason only."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def changed_rules() -> set[str]:
    html = json.loads((ROOT / ".ci" / "htmlvalidate.json").read_text())
    css = json.loads((ROOT / ".ci" / "stylelint.json").read_text())
    return {*html["rules"], *css["rules"], *(rule for each in css["overrides"] for rule in each["rules"])}


def test_every_changed_rule_of_html_validate_and_stylelint_has_its_reason_in_the_docs() -> None:
    rows = [row.split("|") for row in (ROOT / "docs" / "frame.md").read_text().splitlines() if row.startswith("| `")]
    reasons = {name: row[2].strip() for row in rows if len(row) == 4 for name in re.findall(r"`([\w/-]+)`", row[1])}
    assert {rule for rule in changed_rules() if not reasons.get(rule)} == set()

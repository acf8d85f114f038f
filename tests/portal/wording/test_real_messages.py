"""False alarms on real messages; the figure stands in docs/wording.md. Skipped where the exports are absent."""

from collections import Counter
from pathlib import Path

import pytest
from openpyxl import load_workbook

from portal.wording.rules.personal_data import find_personal_data

EXPECTED = {
    "messages_with_replies.xlsx": Counter({"plate": 2, "landline": 1}),
    "messages_with_votes.xlsx": Counter({"plate": 2, "mobile": 1}),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_real_messages_and_replies_hold_few_hits_all_looked_at(shared_data: Path, name: str) -> None:
    rows = load_workbook(shared_data / name, read_only=True).active.iter_rows(values_only=True)
    header = next(rows)
    hits: Counter[str] = Counter()
    for row in rows:
        for title, value in zip(header, row, strict=True):
            if title in ("留言主题", "留言详情", "答复意见"):
                hits.update(hit.kind for hit in find_personal_data(str(value or ""), title == "答复意见"))
    assert hits == EXPECTED[name]

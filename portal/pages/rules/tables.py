"""A table as an editor pastes it: one row a line, cells apart by a tab or a bar."""

import re
from dataclasses import dataclass

MAX_ROWS, MAX_COLUMNS = 60, 8


@dataclass(frozen=True)
class PastedTable:
    """Every row has as many cells as there are columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def pasted_table(text: str) -> PastedTable:
    """The first line is the head; short rows are filled up, blank lines and Markdown's dashes are left out."""
    lines = [_cells(line) for line in text.splitlines() if line.strip() and not re.fullmatch(r"[\s|:\-]+", line)]
    if not lines:
        return PastedTable((), ())
    width = max(len(line) for line in lines)
    filled = [tuple(line + [""] * (width - len(line))) for line in lines]
    return PastedTable(filled[0], tuple(filled[1:]))


def _cells(line: str) -> list[str]:
    if "\t" in line:
        return [cell.strip() for cell in line.split("\t")]
    return [cell.strip() for cell in re.sub(r"^\s*\||\|\s*$", "", line).replace("｜", "|").split("|")]

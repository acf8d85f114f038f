"""An existing ledger of a committee as an .xlsx."""

from participation.moderation.rules import Refused
from portal.tables.imports import UnreadableWorkbook, read_grid

from .rules.paper_rows import MOST_ROWS, PaperLedger, read_paper

MAX_BYTES = 5 * 1024 * 1024


def read_workbook(content: bytes, year: int) -> PaperLedger:
    """The first sheet. Refused when the file as a whole is of no use."""
    try:
        grid = read_grid(content, max_bytes=MAX_BYTES, max_rows=MOST_ROWS, is_cut=True)
    except UnreadableWorkbook as problem:
        raise Refused(problem) from problem
    return read_paper(grid.cells, grid.continued, year, grid.formulas)

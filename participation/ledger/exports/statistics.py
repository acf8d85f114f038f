"""Tables of the ledger to take along: UTF-8 with a mark that Excel and WPS know, no formula."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.utils.translation import gettext as _

from participation.moderation.exports import Row, csv_lines

from ..selectors.statistics import COLUMN_LABELS, DEFINITIONS, Statistics


def _rows(found: Statistics) -> Iterator[Row]:
    """All tables below one another, the definitions at the end."""
    yield [_("截至"), found.as_of.isoformat() if found.as_of else "—"]
    yield [_("分组"), _("名称"), *(str(label) for label in COLUMN_LABELS)]
    if found.total is not None:
        yield [_("合计"), "", *found.total.cells]
    for table in found.tables:
        for line in table.lines:
            yield [table.head, line.label, *line.cells]
    for label, words in DEFINITIONS:
        yield [_("口径"), str(label), str(words)]


def statistics_csv(found: Statistics) -> HttpResponse:
    response = HttpResponse("".join(csv_lines(_rows(found))), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="ledger-statistics.csv"'
    return response

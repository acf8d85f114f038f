"""The month as a workbook, in the very columns that an import reads back."""

from collections.abc import Iterable, Iterator

from django.http import FileResponse
from django.utils.translation import gettext as _

from participation.moderation.exports import xlsx_response

from .imports import HEADINGS
from .models import ReceptionSession
from .selectors.people import guest_texts, host_texts


def month_xlsx(rows: Iterable[ReceptionSession], name: str) -> FileResponse:
    return xlsx_response(_table(rows), name)


def _table(rows: Iterable[ReceptionSession]) -> Iterator[tuple[str, ...]]:
    yield (*(str(known[0]) for known in HEADINGS.values()), _("状态"), _("到站代表"))
    for row in rows:
        hosts = list(row.host_rows.all())
        yield (
            row.date.isoformat(), f"{row.start:%H:%M}", f"{row.end:%H:%M}", row.station.title,
            row.venue.name if row.venue else "", host_texts([each.deputy for each in hosts]),
            guest_texts([(each.role, each.post) for each in row.guest_rows.all()]), row.theme,
            str(row.capacity or ""), str(row.get_status_display()),
            host_texts([each.deputy for each in hosts if each.attended]),
        )  # fmt: skip

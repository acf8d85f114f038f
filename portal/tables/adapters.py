"""Wagtail's own exports in words: local time, 是/否, Chinese headings, a BOM for Excel, no formulas."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateTimeField, QuerySet
from wagtail.admin.views.mixins import SpreadsheetExportMixin, list_to_str

from .exports import BOM, heading_of, in_words, moment, safe_cell


def _holds_moments(queryset: Any, field: str) -> bool:
    """The log report exports a list of entries of several models, each with its `timestamp`."""
    model = getattr(queryset, "model", None)
    try:
        return field == "timestamp" if model is None else isinstance(model._meta.get_field(field), DateTimeField)
    except FieldDoesNotExist:
        return False


def word_wagtails_exports() -> None:
    get_heading, stream_csv = SpreadsheetExportMixin.get_heading, SpreadsheetExportMixin.stream_csv

    def heading(self: Any, queryset: QuerySet[Any], field: str) -> str:
        return heading_of(get_heading(self, queryset, field), holds_moments=_holds_moments(queryset, field))

    def with_bom(self: Any, queryset: QuerySet[Any]) -> Iterator[bytes]:
        yield BOM.encode()
        yield from stream_csv(self, queryset)

    SpreadsheetExportMixin.get_heading = heading
    SpreadsheetExportMixin.stream_csv = with_bom
    # looked through in this order: a datetime is a date as well
    SpreadsheetExportMixin.custom_value_preprocess = {
        bool: {"csv": in_words, "xlsx": in_words},
        datetime: {"csv": moment, "xlsx": moment},
        date: {"csv": in_words, "xlsx": None},
        list: {"csv": list_to_str, "xlsx": list_to_str},
        str: {"csv": safe_cell},
        type(None): {"csv": in_words, "xlsx": in_words},
    }

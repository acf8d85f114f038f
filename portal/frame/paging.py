"""Keyset pagination: page 1,000 costs what page 1 costs, and a new row never shifts the page being read."""

import contextlib
import datetime
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core import signing
from django.core.exceptions import FieldDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q, QuerySet

SALT = "portal.frame.paging"
DEFAULT_SIZE = 20


@dataclass(frozen=True)
class Page:
    """Rows of one page; `next` and `previous` are cursors, empty where there is no such page."""

    items: Sequence[Any] = field(default_factory=list)
    next: str = ""
    previous: str = ""

    def __iter__(self) -> Iterator[Any]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


def _text_of(value: Any) -> Any:
    # DjangoJSONEncoder cuts microseconds, which would skip rows of the same millisecond
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else value


def _write(way: str, order: str, value: Any, pk: Any) -> str:
    body = json.dumps([way, order, _text_of(value), pk], cls=DjangoJSONEncoder, separators=(",", ":"))
    return signing.Signer(salt=SALT).sign_object(json.loads(body), compress=True)


def _read(cursor: str, order: str, queryset: QuerySet, name: str) -> tuple[str, Any, Any] | None:
    try:
        way, written_for, value, pk = signing.Signer(salt=SALT).unsign_object(cursor)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if written_for != order or way not in ("next", "previous", "from"):
        return None
    # an annotation is no field: numbers and strings travel through JSON unchanged
    with contextlib.suppress(FieldDoesNotExist):
        value = queryset.model._meta.get_field(name).to_python(value)
    return way, value, pk


def cursor_from(row: Any, order: str) -> str:
    """The cursor of the page that begins with `row`, for a link to one row of a long list."""
    return _write("from", order, getattr(row, order.removeprefix("-")), row.pk)


def keyset_page(
    queryset: QuerySet, order: str = "-published_at", cursor: str | None = "", size: int = DEFAULT_SIZE
) -> Page:
    """One page of `queryset` by `order` (a never-null field or annotation, "-" for descending), ties broken by pk.

    A cursor that is forged, stale or written for another order gives the first page.
    """
    name = order.removeprefix("-")
    descending = order.startswith("-")
    place = _read(cursor, order, queryset, name) if cursor else None
    backwards = place is not None and place[0] == "previous"
    falling = descending != backwards

    if place is not None:
        _way, value, pk = place
        beyond, or_equal = ("lt", "lte") if falling else ("gt", "gte")
        behind = or_equal if place[0] == "from" else beyond
        # written so that an index on (order, pk) bounds the scan; a plain OR would not
        queryset = queryset.filter(
            Q(**{f"{name}__{or_equal}": value}) & (Q(**{f"{name}__{beyond}": value}) | Q(**{f"pk__{behind}": pk}))
        )
    sign = "-" if falling else ""
    rows = list(queryset.order_by(f"{sign}{name}", f"{sign}pk")[: size + 1])
    has_more = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    if not rows:
        return Page() if place is None else keyset_page(queryset.model._base_manager.none(), order)
    return Page(
        items=rows,
        next=_write("next", order, getattr(rows[-1], name), rows[-1].pk) if backwards or has_more else "",
        previous=(
            _write("previous", order, getattr(rows[0], name), rows[0].pk)
            if (has_more if backwards else place is not None)
            else ""
        ),
    )

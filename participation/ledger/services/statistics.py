"""Counting the public ledger beforehand, so that its statistics page costs the same at any size."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from portal.jurisdictions.models import Division
from portal.jurisdictions.rules import paths_up
from portal.workdays.selectors import calendar

from ..models import LedgerFigure, LedgerItem
from ..rules.figures import Case, Counting
from ..selectors.cases import cases_of, counted_items
from ..selectors.ratings import published_ratings, ratings_by_place_and_unit

Cell = tuple[int | None, str, str]  # (division, dimension, key)
TOTAL, UNIT, CATEGORY = (kind.value for kind in LedgerFigure.Dimension)
COLUMNS = [field.name for field in LedgerFigure._meta.fields if field.name not in {"id", "cell"}]


def cell_name(cell: Cell) -> str:
    division, dimension, key = cell
    return f"{division or ''}:{dimension}:{key}"


def refresh_statistics(today: date | None = None) -> int:
    """Count anew in one pass; how many cells there are. Two runs at once write the same cells."""
    day = today or timezone.localdate()
    groups: dict[Cell, list[Case]] = defaultdict(list)
    groups[None, TOTAL, ""] = []
    places = dict(Division.objects.values_list("path", "pk"))
    for item, case in cases_of(counted_items().public(), day):
        for cell in _cells_of(item, places):
            groups[cell].append(case)
    counting, ratings = Counting(calendar()), _ratings(places)
    rows = [_row(cell, groups[cell], ratings[cell], counting, day) for cell in {**groups, **ratings}]
    with transaction.atomic():
        LedgerFigure.objects.bulk_create(
            sorted(rows, key=lambda row: row.cell),
            update_conflicts=True,
            unique_fields=["cell"],
            update_fields=COLUMNS,
            batch_size=500,
        )
        LedgerFigure.objects.exclude(cell__in=[row.cell for row in rows]).delete()
    return len(rows)


def _cells_of(item: LedgerItem, places: dict[str, int]) -> Iterator[Cell]:
    for place in (None, *(places[path] for path in paths_up(item.division.path) if path in places)):
        yield place, TOTAL, ""
        yield place, CATEGORY, item.category
        if item.unit_id:
            yield place, UNIT, str(item.unit_id)


def _ratings(places: dict[str, int]) -> dict[Cell, tuple[int, int]]:
    """Sums of whole published batches; a batch has no category."""
    found: dict[Cell, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for path, unit, rated, satisfied in ratings_by_place_and_unit():
        for place in (None, *(places[above] for above in paths_up(path) if above in places)):
            for cell in [(place, TOTAL, ""), *([(place, UNIT, str(unit))] if unit else [])]:
                found[cell] = (found[cell][0] + rated, found[cell][1] + satisfied)
    return found


def _row(cell: Cell, cases: list[Case], ratings: tuple[int, int], counting: Counting, day: date) -> LedgerFigure:
    division, dimension, key = cell
    figures = asdict(counting.figures(cases)) | dict(zip(("rated", "satisfied"), ratings, strict=True))
    return LedgerFigure(cell=cell_name(cell), division_id=division, dimension=dimension, key=key, as_of=day, **figures)


def reconcile_statistics(today: date | None = None) -> list[str]:
    """Count anew, then prove every cell by asking for its own items alone; what differs, or [].

    Slow on purpose: it shares the cases but neither the grouping nor the stored rows. Run it when nobody writes.
    """
    day = today or timezone.localdate()
    refresh_statistics(day)
    counting, wrong = Counting(calendar()), []
    cases = {item.pk: case for item, case in cases_of(counted_items().public(), day)}
    paths = dict(Division.objects.values_list("pk", "path"))
    for row in LedgerFigure.objects.order_by("pk"):
        items = counted_items().public()
        if row.division_id:
            items = items.filter(division__path__startswith=paths[row.division_id])
        if row.dimension != TOTAL:
            items = items.filter(**{"unit" if row.dimension == UNIT else "category": row.key})
        own = list(items.values_list("pk", flat=True))
        proved = asdict(counting.figures(cases[key] for key in own if key in cases)) | _proved_ratings(row)
        stored = {name: getattr(row, name) for name in proved}
        if stored != proved or row.received != len(own):
            wrong.append(f"{row.cell}: {stored} != {proved}")
    if LedgerFigure.objects.get(cell=cell_name((None, TOTAL, ""))).received != counted_items().public().count():
        wrong.append("the total is not the number of public items")
    return wrong


def _proved_ratings(row: LedgerFigure) -> dict[str, int]:
    batches = published_ratings(row.division)
    if row.dimension == UNIT:
        batches = batches.filter(unit=row.key)
    elif row.dimension == CATEGORY:
        batches = batches.none()
    sums = batches.aggregate(rated=Sum("answered"), well=Sum("satisfied"), basically=Sum("basically"))
    return {"rated": sums["rated"] or 0, "satisfied": (sums["well"] or 0) + (sums["basically"] or 0)}

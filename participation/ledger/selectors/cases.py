"""Items as cases of the figures: when each began, was answered, ran late."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from ..models import LedgerItem, Reply, Source
from ..querysets import LedgerItemQuerySet
from ..rules.clock import Clock
from ..rules.figures import Case
from ..states import State
from .clocks import clocks_of

BATCH = 1000


def counted_items() -> LedgerItemQuerySet:
    """Everything but what was entered by mistake."""
    rows: LedgerItemQuerySet = LedgerItem.objects.exclude(state=State.VOIDED)
    return rows


def cases_of(items: QuerySet[LedgerItem], today: date | None = None) -> Iterator[tuple[LedgerItem, Case]]:
    """A batch of items costs a constant number of queries."""
    day = today or timezone.localdate()
    # what came with an import and was taken up has its old reply before the first leg
    first = Reply.objects.filter(item=OuterRef("pk"), leg__lte=1, signed_on__isnull=False).order_by("leg")
    first_reply = first.values("signed_on")[:1]
    rows = items.annotate(first_replied_on=Subquery(first_reply)).select_related("division").order_by("pk")
    rows = rows.defer("summary").prefetch_related("extensions", "pauses")
    reading = rows.iterator(chunk_size=BATCH)
    while batch := list(islice(reading, BATCH)):
        clocks = clocks_of(batch, day)
        for item in batch:
            yield item, _case(item, clocks[item.pk])


def _case(item: Any, clock: Clock) -> Case:
    is_finished = clock.stopped_on is not None
    return Case(
        # decisions.md 25: history counts from the message itself
        starts_on=item.raised_on if item.source == Source.IMPORT else item.assigned_on,
        replied_on=item.first_replied_on,
        is_assigned=item.assigned_on is not None,
        is_on_time=not clock.is_overdue if clock.due and (is_finished or clock.is_overdue) else None,
        is_overdue_open=clock.is_overdue and not is_finished,
    )

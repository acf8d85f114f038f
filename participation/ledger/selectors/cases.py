"""Items as cases of the figures: when each began, was answered, ran late, was rated."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from participation.evaluations.states import RoundState

from ..models import LedgerItem, Reply, ReplyRound, Source
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
        clocks, ratings = clocks_of(batch, day), _ratings([item.pk for item in batch], day)
        for item in batch:
            yield item, _case(item, clocks[item.pk], ratings[item.pk])


def _case(item: Any, clock: Clock, rated: tuple[int, int]) -> Case:
    is_finished = clock.stopped_on is not None
    return Case(
        # decisions.md 25: history counts from the message itself
        starts_on=item.raised_on if item.source == Source.IMPORT else item.assigned_on,
        replied_on=item.first_replied_on,
        is_assigned=item.assigned_on is not None,
        is_on_time=not clock.is_overdue if clock.due and (is_finished or clock.is_overdue) else None,
        is_overdue_open=clock.is_overdue and not is_finished,
        rated=rated[0],
        satisfied=rated[1],
    )


def _ratings(keys: Iterable[int], today: date) -> dict[int, tuple[int, int]]:
    """(ratings, of these satisfied or basically so) of finished rounds; those whose rater shows the own value stay out
    of every cell (decisions.md 14)."""
    found: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    rows = (
        ReplyRound.objects.filter(
            Q(round__state=RoundState.CLOSED) | Q(round__closes_on__lt=today), reply__item__in=keys
        )
        .filter(round__raters__answer__is_public=False)
        .values_list("reply__item", "round__raters__answer__value")
    )
    for key, value in rows:
        rated, satisfied = found[key]
        found[key] = (rated + 1, satisfied + (value != "dissatisfied"))
    return found

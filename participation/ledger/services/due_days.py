"""The helper column `due_on` kept equal to the clock: holidays entered later and pauses move it (docs/ledger.md)."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from ..models import LedgerItem
from ..selectors.clocks import clocks_of, due_day
from ..states import OPEN

AT_ONCE = 500


def wrong_due_days() -> dict[str, tuple[str, str]]:
    """Items whose column is not what their clock says: reference -> (kept, right). Empty is proof."""
    return {item.reference: (str(item.due_on), str(right)) for item, right in _differing()}


def refresh_due_days() -> str:
    """Every day, and safe to repeat: only rows that differ are written, each by itself."""
    count = 0
    for item, right in _differing():
        # whoever moved the item meanwhile has written the column anew
        rows = LedgerItem.objects.filter(pk=item.pk, state_since=item.state_since, due_on=item.due_on)
        count += rows.update(due_on=right)
    return f"set {count} due days"


def _differing() -> Iterator[tuple[LedgerItem, date | None]]:
    today = timezone.localdate()
    rows = LedgerItem.objects.filter(state__in=OPEN) | LedgerItem.objects.filter(due_on__isnull=False)
    last = 0
    while True:
        items = list(rows.filter(pk__gt=last).for_list().order_by("pk")[:AT_ONCE])
        if not items:
            return
        clocks = clocks_of(items, today)
        for item in items:
            right = due_day(clocks[item.pk], item)
            if right != item.due_on:
                yield item, right
        last = items[-1].pk

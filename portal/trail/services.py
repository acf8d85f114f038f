"""Writing to the record, and sealing it. There is no verb for changing or removing an entry."""

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from . import registry, rules
from .adapters import triggers
from .models import Entry, Head, Seal
from .selectors import newest_head, sealing_floor

SYSTEM = "system"
BATCH = 500
logger = logging.getLogger(__name__)


def record(
    *,
    subject_kind: str,
    subject_key: str,
    verb: str,
    actor: Any = None,
    capacity: str = "",
    from_state: str = "",
    to_state: str = "",
    reason: str = "",
    detail: dict[str, Any] | None = None,
) -> Entry:
    """Append one entry, in the caller's transaction.

    `actor` is a user (its opaque `trail_id` is stored, never a name), or None for the system. `detail` holds
    JSON values only, no floats, and no personal data. Raises ValidationError for a field that is empty or too long.
    """
    entry = _entry(
        subject_kind=subject_kind, subject_key=subject_key, verb=verb, actor=actor, capacity=capacity,
        from_state=from_state, to_state=to_state, reason=reason, detail=detail,
    )  # fmt: skip
    entry.save(force_insert=True)
    return entry


def record_all(entries: Iterable[Mapping[str, Any]]) -> list[Entry]:
    """Append many at once, for imports; each mapping holds what `record` takes."""
    return Entry.objects.bulk_create(_entry(**fields) for fields in entries)


def _entry(
    *,
    subject_kind: str,
    subject_key: str,
    verb: str,
    actor: Any = None,
    capacity: str = "",
    from_state: str = "",
    to_state: str = "",
    reason: str = "",
    detail: dict[str, Any] | None = None,
) -> Entry:
    if rules.holds_float(detail):
        raise TypeError("The trail holds no floats: write an integer or text.")
    entry = Entry(
        at=timezone.now(),
        subject_kind=subject_kind,
        subject_key=subject_key,
        verb=verb,
        actor=getattr(actor, "trail_id", None) or SYSTEM,
        capacity=capacity,
        from_state=from_state,
        to_state=to_state,
        reason=reason,
        detail=detail or {},
    )
    entry.clean_fields()  # SQLite would take any length, PostgreSQL would fail late
    return entry


def seal(*, sweep: bool = False) -> int:
    """Give every committed entry its place in the chain; returns how many got one.

    Each batch is one transaction that writes places and a head together, so a kill leaves whole batches. An entry
    whose transaction is still open is not seen and waits; it may get a later place than its id suggests. `sweep`
    looks through the whole table instead of the last day.
    """
    sealed = 0
    while batch := _seal_batch(after=0 if sweep else sealing_floor()):
        sealed += batch
    return sealed


def _seal_batch(*, after: int) -> int:
    unsealed = Entry.objects.unsealed(after=after)
    if not unsealed.exists():
        return 0
    # durable: inside another transaction it could seal what is rolled back later, and would hold the lock.
    with transaction.atomic(durable=True):
        triggers.lock_sealing(connection)
        last = Seal.objects.order_by("-position").first()
        position, chained = (last.position, last.chain_hash) if last else (0, rules.GENESIS)
        seals = []
        for entry in unsealed.all()[:BATCH]:
            position += 1
            own_hash = rules.entry_hash(entry.sealed_fields)
            chained = rules.chain_hash(chained, position, own_hash)
            seals.append(Seal(position=position, entry=entry, entry_hash=own_hash, chain_hash=chained))
        if not seals:
            return 0
        before = newest_head()
        Seal.objects.bulk_create(seals)
        head = Head.objects.create(
            count=position,
            chain_hash=chained,
            published_at=timezone.now(),
            top_entry_id=max(seals[-1].entry_id, before.top_entry_id if before else 0),
        )
        _tell(head)
    return len(seals)


def _tell(head: Head) -> None:
    for listen in registry.head_listeners:
        try:
            with transaction.atomic():
                listen(head)
        except Exception:
            logger.exception("A listener failed on head %s", head.count)

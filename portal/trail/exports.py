"""The trail as JSON lines: one line for each sealed entry, and the head as the last line."""

import datetime
from collections.abc import Iterator
from typing import Any

from .models import Entry, Seal
from .rules import GENESIS, canonical_json
from .selectors import newest_head

CHUNK = 1000


def export_lines(*, full: bool) -> Iterator[bytes]:
    """Canonical lines up to the newest head.

    `full` carries the entries, with private reasons: for auditors only. Otherwise only positions and hashes. Read
    in chunks by position, so that a long export holds no cursor; what is sealed cannot change in between.
    """
    head = newest_head()
    count = head.count if head else 0
    position = 0
    while position < count:
        seals = list(Seal.objects.filter(position__gt=position, position__lte=count).order_by("position")[:CHUNK])
        if not seals:
            break  # places are missing: the verifier will say so
        entries = Entry.objects.in_bulk([seal.entry_id for seal in seals]) if full else {}
        for seal in seals:
            yield _line(seal, entries.get(seal.entry_id))
        position = seals[-1].position
    yield _head_line(count, head.chain_hash if head else GENESIS, head.published_at if head else None)


def _line(seal: Seal, entry: Entry | None) -> bytes:
    row: dict[str, Any] = {"position": seal.position, "entry_hash": seal.entry_hash, "chain_hash": seal.chain_hash}
    if entry:
        row["entry"] = entry.sealed_fields
    return canonical_json(row) + b"\n"


def _head_line(count: int, chain_hash: str, published_at: datetime.datetime | None) -> bytes:
    at = published_at.astimezone(datetime.UTC).isoformat(timespec="seconds") if published_at else ""
    return canonical_json({"head": {"count": count, "hash": chain_hash, "published_at": at}}) + b"\n"

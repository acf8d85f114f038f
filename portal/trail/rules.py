"""How an entry is written down and how one link of the chain follows from the one before.

The stand-alone verifier repeats these three definitions on purpose: it must not need this portal.
"""

import hashlib
import json
from typing import Any

GENESIS = "0" * 64
"""The chained hash before the first entry."""


def canonical_json(value: Any) -> bytes:
    """The one spelling of a JSON value: UTF-8, keys sorted, no blanks."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def entry_hash(fields: dict[str, Any]) -> str:
    """SHA-256 over the canonical form of every field, the salt included."""
    return hashlib.sha256(canonical_json(fields)).hexdigest()


def chain_hash(previous: str, position: int, own_hash: str) -> str:
    """One link: the position is hashed as well, so that two equal entries cannot change places."""
    return hashlib.sha256(f"{previous}\n{position}\n{own_hash}".encode("ascii")).hexdigest()


def holds_float(value: Any) -> bool:
    """Whether a JSON value holds a float anywhere; databases spell floats differently, so a hash could change."""
    if isinstance(value, dict):
        return any(map(holds_float, value.values()))
    if isinstance(value, list | tuple):
        return any(map(holds_float, value))
    return isinstance(value, float)

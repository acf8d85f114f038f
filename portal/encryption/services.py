"""Sealing and finding personal values with the keys of this installation (FIELD_KEY, FIELD_KEY_FALLBACKS)."""

from functools import lru_cache

from django.conf import settings

from . import rules
from .rules import WrongKey

__all__ = ["WrongKey", "blind_index", "blind_indexes", "decrypt", "encrypt", "keyed_digest", "keyed_digests"]


def field_keys() -> list[str]:
    """The current key first, then the older ones that may still open what they sealed."""
    return [settings.FIELD_KEY, *getattr(settings, "FIELD_KEY_FALLBACKS", [])]


def encrypt(text: str) -> str:
    return rules.seal(text, settings.FIELD_KEY)


def decrypt(stored: str) -> str:
    """Raises WrongKey when none of the configured keys opens it."""
    return rules.unseal(stored, field_keys())


def blind_index(value: str, purpose: str) -> str:
    """64 hex digits by which equal values are found without being readable; different for every purpose.

    `value` must already be normalised (half width, no blanks): the index sees nothing but equality.
    """
    return rules.mac(value, settings.FIELD_KEY, f"blind:{purpose}").hex()


def blind_indexes(value: str, purpose: str) -> list[str]:
    """The index under every configured key: use with `__in` so that look-ups work while keys are rotated."""
    return [rules.mac(value, key, f"blind:{purpose}").hex() for key in field_keys()]


def keyed_digest(value: str, purpose: str) -> bytes:
    """HMAC under the current key, for codes that are computed and never stored."""
    return rules.mac(value, settings.FIELD_KEY, f"digest:{purpose}")


def keyed_digests(value: str, purpose: str) -> list[bytes]:
    """The digest under every configured key, the current one first."""
    return [rules.mac(value, key, f"digest:{purpose}") for key in field_keys()]


@lru_cache(maxsize=1)
def _known_ids(keys: tuple[str, ...]) -> frozenset[str]:
    return frozenset(rules.key_id(key) for key in keys)


def is_current(stored: str) -> bool:
    """Whether the value is already sealed under FIELD_KEY itself."""
    return rules.key_id_of(stored) == rules.key_id(settings.FIELD_KEY)


def is_openable(stored: str) -> bool:
    """Whether the key that sealed it is configured; does not decrypt."""
    try:
        return rules.key_id_of(stored) in _known_ids(tuple(field_keys()))
    except WrongKey:
        return False

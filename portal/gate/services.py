"""The gate's verbs for other features; the counting itself is in `backends`."""

from .backends import allow, allow_named, arithmetic_challenge, begin_wait, client_address, is_exhausted, limit_of

__all__ = ["allow", "allow_named", "arithmetic_challenge", "begin_wait", "client_address", "is_exhausted", "limit_of"]

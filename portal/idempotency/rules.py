"""The key of one form."""

import secrets


def new_key() -> str:
    """32 characters that nobody guesses: one per form handed out."""
    return secrets.token_urlsafe(24)

"""Who a row of the permission table lets in."""

from typing import NamedTuple

from tests.conftest import CAST

VISITOR = "visitor"
PEOPLE = [VISITOR, *CAST]

People = frozenset[str]
EVERYONE: People = frozenset(PEOPLE)
SIGNED_IN: People = frozenset(CAST)
NOBODY: People = frozenset()
VISITORS: People = frozenset({VISITOR})
ADMIN: People = frozenset({"admin"})
# Residents and those who act for them have no business in the admin; everybody else works there.
RESIDENTS: People = frozenset({"resident", "resident2", "member", "deputy"})
STAFF: People = SIGNED_IN - RESIDENTS

SETS = {
    "EVERYONE": EVERYONE,
    "SIGNED_IN": SIGNED_IN,
    "NOBODY": NOBODY,
    "VISITORS": VISITORS,
    "ADMIN": ADMIN,
    "RESIDENTS": RESIDENTS,
    "STAFF": STAFF,
}


class Row(NamedTuple):
    """Who gets past the guard by GET and by POST; everyone else is refused, hidden from, or sent to log in."""

    get: People
    post: People


def only(names: str) -> People:
    """A set by name: `only("editor admin")`. A misspelt name is an error."""
    people = frozenset(names.split())
    if unknown := people - EVERYONE:
        raise ValueError(f"not in the cast: {unknown}")
    return people


def source(people: People) -> str:
    """How a table row writes this set."""
    named = next((name for name, members in SETS.items() if members == people), None)
    return named or f'only("{" ".join(name for name in PEOPLE if name in people)}")'

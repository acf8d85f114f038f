from collections.abc import Iterator
from typing import Any

import pytest

from portal.trail import subjects
from portal.trail.subjects import Subject, register_subject


@pytest.fixture
def things() -> Iterator[dict[str, set[Any]]]:
    """Subjects of kind "thing": key -> the keys of the users who may see it; None among them means everybody."""
    known: dict[str, set[Any]] = {}

    def resolve(keys: list[str]) -> dict[str, Subject]:
        return {
            key: Subject("thing", key, f"事情{key}", f"/things/{key}/", lambda user, key=key: _may(user, known[key]))
            for key in keys
            if key in known
        }

    register_subject("thing", resolve)
    yield known
    subjects._resolvers.pop("thing")


def _may(user: Any, allowed: set[Any]) -> bool:
    return None in allowed or user.pk in allowed

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from portal.outbox import registry
from portal.outbox.rules import Contact


@pytest.fixture
def contacts() -> Iterator[dict[Any, Contact]]:
    """{user.pk: Contact}, in the place of what accounts would answer."""
    known: dict[Any, Contact] = {}
    registry.register_contacts(lambda users: {user.pk: known.get(user.pk, Contact()) for user in users})
    yield known
    registry._resolve.pop()


@pytest.fixture
def person(db: None, django_user_model: Any, contacts: dict[Any, Contact]) -> Callable[..., Any]:
    """`person("resident", email=…)`: a user and how they are reached."""

    def make(username: str, **contact: Any) -> Any:
        user = django_user_model.objects.create_user(username, password="x" * 12)
        contacts[user.pk] = Contact(**contact)
        return user

    return make

"""Posting to an item's staff page as somebody of the cast."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from participation.ledger.models import LedgerItem
from participation.ledger.selectors.desk import version_of
from tests.conftest import Cast

Enter = Callable[[str], Client]


@pytest.fixture
def staff(cast: Cast) -> Enter:
    clients: dict[str, Client] = {}

    def enter(name: str) -> Client:
        if name not in clients:
            clients[name] = Client()
            clients[name].force_login(cast[name], backend="portal.accounts.backends.ScopedRoleBackend")
        return clients[name]

    return enter


@pytest.fixture
def act(staff: Enter) -> Callable[..., Any]:
    """`act("unit", item, "sign_for", on="2026-03-10")`; with `proxy=True` as 由工委代录."""

    def post(name: str, item: LedgerItem, action: str, *, proxy: bool = False, **fields: Any) -> Any:
        prefix = f"proxy-{action}" if proxy else action
        fields.setdefault("version", version_of(item))
        data = {f"{prefix}-{key}": value for key, value in fields.items()}
        data |= {"action": action} | ({"proxy": "1"} if proxy else {})
        return staff(name).post(page(item), data)

    return post


def page(item: LedgerItem) -> str:
    return reverse("ledger_admin:item", args=[item.pk])

"""Forgets kept pages when a transaction that wrote has been committed, whoever wrote: view, command or bulk update."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction

from .rules import changes_pages
from .services import forget_pages


class _Watcher:
    def __init__(self, alias: str) -> None:
        self.alias = alias

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        answer = execute(sql, params, many, context)
        if isinstance(sql, str) and changes_pages(sql, settings.PAGE_CACHE_QUIET_TABLES):
            waiting = context["connection"].run_on_commit
            if not any(entry[1] is forget_pages for entry in waiting):
                transaction.on_commit(forget_pages, using=self.alias)
        return answer


def watch(connection: Any, **kwargs: Any) -> None:
    """Receiver of Django's `connection_created`."""
    if not any(isinstance(wrapper, _Watcher) for wrapper in connection.execute_wrappers):
        connection.execute_wrappers.append(_Watcher(connection.alias))

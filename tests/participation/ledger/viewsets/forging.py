"""Thousands of forged posts in seconds: each is put to its view, behind the guards of its address; no page is drawn.

Sessions and middleware stay out (the permission table and a test of the words go through them); what a refusal would
show is read where the page is handed over for drawing: the errors of its forms, and the messages.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.template.backends.django import Template
from django.test import RequestFactory
from django.urls import resolve

from portal.jurisdictions.selectors import terms_kept

WRITES = re.compile(r"^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+\"?(ledger|trail|evaluations|outbox|accounts)_", re.I)


@dataclass(frozen=True)
class Answer:
    """What came back, and the tables that were written to."""

    status: int
    words: str = ""
    written: list[str] = field(default_factory=list)


def _said(_template: Any, context: Mapping[str, Any] | None = None, request: Any = None) -> str:
    """Instead of the page: what its forms refuse."""
    context = context or {}
    offers = [offer for name in ("next_offers", "other_offers", "proxy_offers") for offer in context.get(name, ())]
    offers += context.get("offers", ())
    forms = [offer["form"] if isinstance(offer, dict) else offer.form for offer in offers]
    bound = [form for form in [*forms, context.get("form")] if form is not None and form.is_bound]
    return " ".join(str(words) for form in bound for errors in form.errors.values() for words in errors)


class Poster:
    def __init__(self, people: Mapping[str, Any]) -> None:
        self.people = people
        self.factory = RequestFactory()

    def post(self, name: str, path: str, data: Mapping[str, Any]) -> Answer:
        request = self.factory.post(path, data)
        request.user = self.people.get(name) or AnonymousUser()
        request.session = SessionStore()
        request._messages = CookieStorage(request)  # type: ignore[attr-defined]  # as the middleware does
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]  # as the test client does
        request.resolver_match = match = resolve(path)
        written: list[str] = []

        def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            if WRITES.match(sql):
                written.append(sql[:80])
            return execute(sql, params, many, context)

        with patch.object(Template, "render", _said), connection.execute_wrapper(watch), terms_kept():
            try:
                answer = match.func(request, *match.args, **match.kwargs)
                if hasattr(answer, "render") and not answer.is_rendered:
                    answer.render()
            except PermissionDenied:
                return Answer(403, written=written)
            except Http404:
                return Answer(404, written=written)
        told: Iterable[Any] = request._messages._queued_messages  # type: ignore[attr-defined]  # not yet stored
        words = [answer.content.decode(), *(str(message) for message in told)]
        return Answer(answer.status_code, " ".join(words), written)

"""One cell of the permission table: a route, a method, a person; did that person get past the guard?"""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock
from urllib.parse import urlsplit

from django.db import transaction
from django.http import HttpResponseBase
from django.template.backends.django import Template
from django.test import Client
from django.urls import reverse

from tests.architecture.permission_sets import VISITOR
from tests.architecture.routes import Route
from tests.conftest import Cast

METHODS = ["GET", "POST"]
LOGIN_PATHS = (
    "/accounts/login/",
    "/accounts/reauthenticate/",
    "/accounts/2fa/authenticate/",
    "/accounts/2fa/reauthenticate/",
    "/admin/login/",
    "/_util/login/",
)


class Cells:
    """Answers for one cell at a time; whatever a request writes is rolled back before the next."""

    def __init__(self, cast: Cast, people: list[str]) -> None:
        self.sessions: dict[str, dict[str, str]] = {}
        for name in people:
            client = Client()
            if name != VISITOR:
                client.force_login(cast[name])
            self.sessions[name] = {key: morsel.value for key, morsel in client.cookies.items()}
        self.errors: list[str] = []

    def passed(self, route: Route, path: str, method: str, person: str) -> bool:
        client = Client(raise_request_exception=False)
        for name, value in self.sessions[person].items():
            client.cookies[name] = value
        with transaction.atomic():
            try:
                response = client.generic(method, path, content_type="application/x-www-form-urlencoded")
                passed = self._judge(response)
                if response.status_code >= 500 and route.is_ours:
                    self.errors.append(f"{method} {path} as {person}: {response.status_code}")
            finally:
                transaction.set_rollback(True)
        return passed

    def _judge(self, response: HttpResponseBase) -> bool:
        """Refused: 403, 404, 405, sent to a log-in, or sent back to the admin's first page with a message."""
        if response.status_code in (403, 404, 405):
            return False
        if response.status_code in (301, 302, 303, 307):
            target = urlsplit(response.headers["Location"]).path
            return not target.startswith(LOGIN_PATHS) and target != reverse("wagtailadmin_home")
        return True


@contextmanager
def without_rendering() -> Iterator[None]:
    """Library pages are judged by their status alone; rendering Wagtail's templates would take minutes."""
    with mock.patch.object(Template, "render", lambda self, context=None, request=None: ""):
        yield

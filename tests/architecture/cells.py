"""One cell of the permission table: a route, a method, a person; did that person get past the guard?"""

from collections.abc import Collection
from contextlib import AbstractContextManager, nullcontext
from copy import copy
from unittest.mock import patch
from urllib.parse import urlsplit

from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.core.handlers.wsgi import WSGIRequest
from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.template.backends.django import Template
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import resolve, reverse

from portal.accounts.models import User
from portal.accounts.selectors import roles_of
from tests.architecture.permission_sets import VISITOR
from tests.architecture.routes import Route
from tests.conftest import Cast

METHODS = ["GET", "POST"]
FORM = "application/x-www-form-urlencoded"
LOGIN_PATHS = (
    "/accounts/login/",
    "/accounts/reauthenticate/",
    "/accounts/2fa/authenticate/",
    "/accounts/2fa/reauthenticate/",
    "/admin/login/",
    "/_util/login/",
)


def undrawn() -> AbstractContextManager[object]:
    """Pages come back empty: for answers that only their status or their effect is asked of."""
    return patch.object(Template, "render", lambda *args: "")


def warmed(user: User) -> User:
    user.get_all_permissions()
    roles_of(user)
    return user


class Cells:
    """Answers for one cell at a time; whatever an answer writes is rolled back before the next.

    Our own routes answer a whole request, through every middleware; templates are drawn for `drawn` only, being more
    than half of the time and no guard. Wagtail's several hundred routes are called at their view with its guards,
    without session and rendering: all of them by all people would take minutes. For the same reason a person's row,
    posts and permissions are read once, and every request gets a copy.
    """

    def __init__(self, cast: Cast, people: Collection[str], *, drawn: Collection[str] | None = None) -> None:
        self.drawn = people if drawn is None else drawn
        self.handler = ClientHandler(enforce_csrf_checks=False)
        self.errors: list[str] = []
        self.sessions: dict[str, dict[str, str]] = {}
        self.users: dict[str, User | AnonymousUser] = {}
        self.admin = reverse("wagtailadmin_home")
        for name in people:
            client = Client()
            self.users[name] = AnonymousUser()
            if name != VISITOR:
                client.force_login(cast[name])
                self.users[name] = warmed(User.objects.get(pk=cast[name].pk))
            self.sessions[name] = {key: morsel.value for key, morsel in client.cookies.items()}

    def passed(self, route: Route, path: str, method: str, person: str, query: str = "") -> bool:
        """`query` goes into the address, and with a POST into the form as well."""
        ask = self._at_the_view if path.startswith(self.admin) and not route.is_ours else self._at_the_door
        with transaction.atomic():
            answer = ask(route, path, method, person, query)
            transaction.set_rollback(True)
        return answer

    def _at_the_door(self, route: Route, path: str, method: str, person: str, query: str) -> bool:
        client = Client(raise_request_exception=False)
        client.handler = self.handler
        for name, value in self.sessions[person].items():
            client.cookies[name] = value
        form = query if method == "POST" else ""
        as_person = patch("django.contrib.auth.get_user", lambda request: copy(self.users[person]))
        with as_person, nullcontext() if person in self.drawn else undrawn():
            response = client.generic(method, f"{path}?{query}", form, content_type=FORM)
        if response.status_code >= 500 and route.is_ours:
            self.errors.append(f"{method} {path} as {person}: {response.status_code}")
        return self._judge(response)

    def _at_the_view(self, route: Route, path: str, method: str, person: str, query: str) -> bool:
        request: WSGIRequest = RequestFactory().generic(method, f"{path}?{query}", content_type=FORM)
        request.user = copy(self.users[person])  # type: ignore[assignment]
        request.session = SessionStore()
        request._messages = CookieStorage(request)  # type: ignore[attr-defined]
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        request.resolver_match = match = resolve(path)
        try:
            with transaction.atomic():
                return self._judge(match.func(request, *match.args, **match.kwargs))
        except (PermissionDenied, Http404):
            return False
        except Exception:  # the library's view fails on an empty form, behind its guard
            return True

    def _judge(self, response: HttpResponseBase) -> bool:
        """Refused: 403, 404, 405, sent to a log-in, or sent back to the admin's first page with a message."""
        if response.status_code in (403, 404, 405):
            return False
        if response.status_code in (301, 302, 303, 307):
            target = urlsplit(response.headers["Location"]).path
            return not target.startswith(LOGIN_PATHS) and target != self.admin
        return True

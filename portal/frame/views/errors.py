"""Error pages that say what happened to what was typed."""

import contextlib
import re
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template.loader import render_to_string

from ..redirects import parent_path

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
NEVER_RETURNED = re.compile(
    "token|password|passwd|captcha|code|secret|key|otp|signature|form_age|credential|next$|^id$|_id$", re.IGNORECASE
)
LONGEST_RETURNED = 5000


def _typed_text(request: HttpRequest) -> list[str]:
    """What was typed, to be copied; never codes or passwords, and nothing that a foreign site posted here."""
    if request.method != "POST" or request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return []
    try:
        posted = request.POST
    except (*TOO_LARGE, MultiPartParserError, OSError):
        return []
    return [
        value[:LONGEST_RETURNED]
        for name, values in posted.lists()
        for value in values[:5]
        # choices and switches are short ASCII words that nobody typed
        if not NEVER_RETURNED.search(name) and (len(value.strip()) > 20 or not value.isascii())
    ][:20]


def _error(request: HttpRequest, status: int, template: str = "", **values: Any) -> HttpResponse:
    context = {"status": status, "typed": _typed_text(request), **values}
    return render(request, template or f"{status}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 when there was more than the form takes."""
    return _error(request, 413 if isinstance(exception, TOO_LARGE) else 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403; a refusal written for people is shown, a technical one is not."""
    words = str(exception or "")
    return _error(request, 403, reason=words if re.search("[\u4e00-\u9fff]", words) else "")


def address_too_long(request: HttpRequest) -> HttpResponse:
    """414: somebody pasted a whole text into a search field. No session or database is asked for it."""
    return _plain_error(request, 414)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form stood open too long, or cookies are off: the text comes back for copying."""
    return _error(request, 403, "403_csrf.html", cookies_are_off=not request.COOKIES)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: touches neither database nor session; gives the number under which the fault stands in the log."""
    return _plain_error(request, 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: the database is busy or away; nothing was saved."""
    response = _plain_error(request, 503)
    response["Retry-After"] = "30"
    return response


def method_not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    """405: the address behind a button, opened by itself."""
    response = _plain_error(request, 405)
    response["Allow"] = allowed
    return response


def _plain_error(request: HttpRequest, status: int) -> HttpResponse:
    typed: list[str] = []
    with contextlib.suppress(Exception):  # the last page must not fail
        typed = _typed_text(request)
    values = {
        "typed": typed,
        "reference": getattr(request, "reference_id", ""),
        "site_name": settings.WAGTAIL_SITE_NAME,
        "above": parent_path(request.path),
    }
    # no request is passed: the context processors would ask for messages and the account
    body = render_to_string(f"{status}.html", values)
    return HttpResponse(body, status=status, headers={"Cache-Control": "no-store"})

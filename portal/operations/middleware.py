"""Two things that must stand outside everything else: the health answers, and the reference of an error."""

import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

from .selectors import readiness

Handler = Callable[[HttpRequest], HttpResponse]
UNAMBIGUOUS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class HealthMiddleware:
    """Answers /healthz and /readyz before host names, redirects, sessions and accounts are looked at.

    /healthz says that the process lives and touches nothing. /readyz is 503 while the database, the cache, the disk
    or the migrations are not in order. JSON; plain text for `Accept: text/plain` or `?format=plain`.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/healthz":
            return _answer(request, {}, is_well=True)
        if request.path == "/readyz":
            parts = readiness()
            return _answer(request, parts, is_well="failed" not in parts.values())
        return self.get_response(request)


def _answer(request: HttpRequest, parts: dict[str, str], *, is_well: bool) -> HttpResponse:
    status = "ok" if is_well else "unavailable"
    code = 200 if is_well else 503
    response: HttpResponse
    if request.GET.get("format") == "plain" or request.headers.get("Accept", "").startswith("text/plain"):
        lines = [status, *(f"{name}: {answer}" for name, answer in parts.items())]
        response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8", status=code)
    else:
        response = JsonResponse({"status": status, **({"checks": parts} if parts else {})}, status=code)
    response["Cache-Control"] = "no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]  # no mail per probe
    return response


class ErrorReferenceMiddleware:
    """Gives each request a reference: a page of a failure shows it (`request.reference_id`), the log has it too."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reference = "".join(secrets.choice(UNAMBIGUOUS) for _ in range(8))
        request.reference_id = f"{reference[:4]}-{reference[4:]}"  # type: ignore[attr-defined]
        response = self.get_response(request)
        if response.status_code >= 500:
            response["X-Error-Reference"] = request.reference_id  # type: ignore[attr-defined]
        return response

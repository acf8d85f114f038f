"""The frame's own addresses: display modes, joined assets, error pages that say what happened to what was typed."""

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from .assets import STATIC_DIR, bundle
from .modes import COOKIE_AGE, MODES
from .redirects import safe_next

FOREVER = "public, max-age=31536000, immutable"
NEVER_RETURNED = re.compile("token|password|passwd|captcha|code|secret|key|otp|signature", re.IGNORECASE)


@require_safe
def asset(request: HttpRequest, kind: str) -> HttpResponse:
    """The joined stylesheet or script: kept for ever under ?v=<its digest>, briefly under any other."""
    packed = bundle(kind)
    response = HttpResponse(content_type=packed.content_type)
    accepted = request.headers.get("Accept-Encoding", "")
    if "br" in accepted:
        response.content, response["Content-Encoding"] = packed.brotli, "br"
    elif "gzip" in accepted:
        response.content, response["Content-Encoding"] = packed.gzip, "gzip"
    else:
        response.content = packed.body
    response["Cache-Control"] = FOREVER if request.GET.get("v") == packed.digest else "public, max-age=60"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    body = (STATIC_DIR / "img" / "mark.svg").read_bytes()
    return HttpResponse(body, content_type="image/svg+xml", headers={"Cache-Control": "public, max-age=604800"})


@csrf_exempt  # a page without a session stays the same for everyone; turning large type on harms nobody
@require_POST
def modes(request: HttpRequest) -> HttpResponse:
    """Turn 长者模式 or 高对比 on or off and go back to where the reader was."""
    response = HttpResponseRedirect(safe_next(request))
    for name in MODES:
        wanted = request.POST.get(name)
        if wanted == "1":
            response.set_cookie(
                name, "1", max_age=COOKIE_AGE, samesite="Lax", secure=request.is_secure(), httponly=True
            )
        elif wanted == "0":
            response.delete_cookie(name, samesite="Lax")
    return response


# --- Errors ---------------------------------------------------------------------------------------------------
def _typed_text(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, to be shown for copying; never codes or passwords, and not for a post from a foreign site."""
    if request.method != "POST" or request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return []
    try:
        posted = request.POST
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent, MultiPartParserError):
        return []
    return [
        (name, value[:5000])
        for name, values in posted.lists()
        for value in values[:5]
        if len(value.strip()) > 1 and not NEVER_RETURNED.search(name)
    ][:20]


def _error(request: HttpRequest, status: int, template: str = "", **values: Any) -> HttpResponse:
    context = {"status": status, "typed": _typed_text(request), **values}
    return render(request, template or f"{status}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 when the request was too large for the form."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return _error(request, 413)
    return _error(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    # a refusal written for people is shown, a technical one is not
    reason = str(exception) if exception and re.search("[\u4e00-\u9fff]", str(exception)) else ""
    return _error(request, 403, reason=reason)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form stood open too long, or cookies are off: the text comes back for copying."""
    cookies_are_off = not request.COOKIES
    return _error(request, 403, "403_csrf.html", cookies_are_off=cookies_are_off)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: touches neither database nor session; gives the number under which the fault stands in the log."""
    reference = getattr(request, "reference_id", "")
    return _plain_error(request, 500, reference)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: the database is busy or away; nothing was saved."""
    response = _plain_error(request, 503, getattr(request, "reference_id", ""))
    response["Retry-After"] = "30"
    return response


def _plain_error(request: HttpRequest, status: int, reference: str) -> HttpResponse:
    try:
        typed = _typed_text(request)
    except Exception:
        typed = []
    values = {"typed": typed, "reference": reference, "status": status, "site_name": settings.WAGTAIL_SITE_NAME}
    # no request in the context: the context processors would ask for messages and the account
    body = get_template(f"{status}.html").render(values)
    return HttpResponse(body, status=status, headers={"Cache-Control": "no-store"})

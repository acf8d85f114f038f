"""Uploaded files in development and the demo; in production the web server does it (docs/production.md)."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

from .assets import FOREVER

RENDITIONS = "images/"  # named by content and filter, never changed


@require_safe
def media(request: HttpRequest, path: str, document_root: Any) -> HttpResponseBase:
    response = serve(request, path, document_root)
    response.headers["Cache-Control"] = FOREVER if path.startswith(RENDITIONS) else "no-cache"
    return response

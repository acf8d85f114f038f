"""The public page of the record: what it is, the published heads, the downloads."""

from pathlib import Path

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST, require_safe

from portal.frame.paging import keyset_page

from . import verifier
from .exports import export_lines
from .permissions import EXPORT_ENTRY, user_can_export_trail
from .selectors import newest_head, published_heads
from .services import record

HEADS_A_PAGE = 30


@require_safe
def trail_home(request: HttpRequest) -> HttpResponse:
    context = {
        "newest": newest_head(),
        "page": keyset_page(published_heads(), order="-count", cursor=request.GET.get("cursor"), size=HEADS_A_PAGE),
        "may_export": user_can_export_trail(request.user),
    }
    return render(request, "trail/trail_home.html", context)


@require_GET
def verifier_download(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(Path(verifier.__file__).read_bytes(), content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="verify_trail.py"'
    return response


@require_GET
def chain_download(request: HttpRequest) -> HttpResponseBase:
    """Positions and salted hashes only: nothing of what happened can be read or guessed from them."""
    return _attachment(full=False, name="trail-chain.jsonl")


@require_POST
@permission_required(EXPORT_ENTRY, raise_exception=True)
def full_download(request: HttpRequest) -> HttpResponseBase:
    """Every entry with its private reason, for auditors; that it was taken is itself recorded."""
    record(subject_kind="trail", subject_key="full", verb="exported", actor=request.user, capacity="auditor")
    response = _attachment(full=True, name="trail-full.jsonl")
    response["Cache-Control"] = "private, no-store"
    return response


def _attachment(*, full: bool, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(export_lines(full=full), content_type="application/x-ndjson")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

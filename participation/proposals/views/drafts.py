"""Whose draft it is: tied to the browser until the log-in, to the person afterwards. Also its photos and its end."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.idempotency.selectors import answer_of

from .. import services
from ..models import Draft, Photo

SESSION_KEY = "proposal_drafts"
KEPT_DRAFTS = 10
SHOWN_DRAFTS = 5


def remember(request: HttpRequest, key: str) -> None:
    """This browser may go on with the draft; before the log-in nothing else ties it to anybody."""
    keys = [kept for kept in request.session.get(SESSION_KEY, []) if kept != key]
    request.session[SESSION_KEY] = [*keys, key][-KEPT_DRAFTS:]


def take_along(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """At log-in the drafts of this browser become the person's, so that they are found on every device."""
    keys = request.session.get(SESSION_KEY, []) if hasattr(request, "session") else []
    if keys:
        Draft.objects.filter(key__in=keys, user=None).update(user=user)


def draft_or_404(request: HttpRequest, key: str) -> Draft:
    draft = Draft.objects.filter(key=key).first()
    if draft is None:
        raise Http404
    is_own = draft.user_id is not None and draft.user_id == request.user.pk
    if not is_own and (draft.user_id is not None or key not in request.session.get(SESSION_KEY, [])):
        raise Http404
    return draft


def submitted_number(request: HttpRequest, key: str) -> str:
    """The number this person's form already has, for a double click, a reload or the back button."""
    if not request.user.is_authenticated:
        return ""
    return answer_of(key=key, scope=f"proposals.submit:{request.user.pk}")


def keep(request: HttpRequest, draft: Draft, **changes: Any) -> None:
    """The row is locked and only `changes` are written, so that two tabs do not undo each other.

    Raises Draft.DoesNotExist when the draft was handed in meanwhile.
    """
    with transaction.atomic():
        row = Draft.objects.select_for_update().get(pk=draft.pk)
        # what is kept now ends what was refused before
        content = {**services.draft_content(row), "refused": None, **changes}
        services.save_draft(key=draft.key, content=content, user=request.user)


def unfinished(request: HttpRequest) -> list[dict[str, Any]]:
    """The newest drafts of this person or this browser, with their first words."""
    keys = request.session.get(SESSION_KEY, [])
    rows = Draft.objects.filter(key__in=keys, user=None)
    if request.user.is_authenticated:
        rows = rows | Draft.objects.filter(user=request.user)
    shown = []
    for row in rows.order_by("-updated_at")[:SHOWN_DRAFTS]:
        content = services.draft_content(row)
        typed = (content.get("refused") or {}).get("typed", {})
        words = content.get("title") or content.get("body") or typed.get("body", "")
        shown.append({"key": row.key, "words": words[:40], "body": content.get("body", ""), "when": row.updated_at})
    return shown


@require_POST
def remove_photo(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    draft = draft_or_404(request, key)
    photo = Photo.objects.filter(pk=pk, draft=draft).first()
    if photo is not None:
        services.remove_photo(photo=photo, draft=draft)
    here = reverse("proposals:write", args=[key, "about"])
    return redirect(f"{here}?from=check" if request.POST.get("from") == "check" else here)


@never_cache
@require_safe
def draft_photo(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """A draft's photo, for whoever writes the draft."""
    draft = draft_or_404(request, key)
    photo = Photo.objects.filter(pk=pk, draft=draft).first()
    if photo is None:
        raise Http404
    response = FileResponse(photo.thumbnail.open("rb"), content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def discard(request: HttpRequest, key: str) -> HttpResponse:
    try:
        services.discard_draft(draft=draft_or_404(request, key))
    except (Http404, PermissionDenied):
        return redirect("proposals:new")
    messages.success(request, _("草稿已删除。"))
    return redirect("proposals:new")

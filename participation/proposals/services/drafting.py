"""Drafts: what is typed survives the log-in, the time-out and the reload. A draft is never public."""

import json
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from ..models import Draft


def save_draft(*, key: str, content: dict[str, Any], user: Any = None) -> Draft:
    """Keep `content` (JSON values) under the form key. Whoever logs in takes the draft along; another's is refused."""
    owner = user if user is not None and user.is_authenticated else None
    draft = Draft.objects.filter(key=key).first() or Draft(key=key, user=owner)
    if draft.user_id and (owner is None or draft.user_id != owner.pk):
        raise PermissionDenied
    draft.user = owner
    draft.content = json.dumps(content, ensure_ascii=False)
    draft.save()
    return draft


def draft_content(draft: Draft) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(draft.content) if draft.content else {}
    return content


def discard_draft(*, draft: Draft) -> None:
    """With its photos' files."""
    for photo in draft.photos.all():
        photo.file.delete(save=False)
        photo.thumbnail.delete(save=False)
    draft.delete()


def delete_stale_drafts() -> str:
    """Periodic: drafts untouched for PROPOSAL_DRAFT_DAYS (30) go, with their photos."""
    limit = timezone.now() - timedelta(days=getattr(settings, "PROPOSAL_DRAFT_DAYS", 30))
    stale = list(Draft.objects.filter(updated_at__lt=limit)[:1000])
    for draft in stale:
        discard_draft(draft=draft)
    return f"deleted {len(stale)} stale drafts"

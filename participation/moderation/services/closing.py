"""关闭评论, with a notice that everybody reads; lifted by a director as well."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.jurisdictions.models import Division
from portal.trail.services import record
from portal.wording.services import mask

from ..models import CommentClosure
from ..permissions import user_can_close_comments
from ..rules import Refused
from .reviewing import require_reason


@transaction.atomic
def close_comments(
    *, by: Any, notice: str, division: Division | None = None, subject_kind: str = "", subject_key: str = ""
) -> CommentClosure:
    """For a thread (its owner's kind and key, with its division), a division and all below, or the site (none)."""
    if not user_can_close_comments(by, division):
        raise PermissionDenied
    notice = mask(require_reason(notice, _("请写明公告，例如：讨论暂停，恢复时间另行通知。"))).text[:200]
    scope = {"division": division, "subject_kind": subject_kind, "subject_key": subject_key}
    if CommentClosure.objects.filter(**scope, lifted_at__isnull=True).exists():
        raise Refused(_("这个范围的评论已经关闭。"))
    row = CommentClosure.objects.create(**scope, notice=notice, starts_at=timezone.now(), closed_by=by)
    _record(row, "close_comments", by, notice)
    return row


@transaction.atomic
def reopen_comments(*, closure: CommentClosure, by: Any) -> CommentClosure:
    row = CommentClosure.objects.select_for_update(of=("self",)).select_related("division").get(pk=closure.pk)
    if not user_can_close_comments(by, row.division):
        raise PermissionDenied
    if row.lifted_at is not None:
        raise Refused(_("已经恢复。"))
    row.lifted_at, row.lifted_by = timezone.now(), by
    row.save(update_fields=["lifted_at", "lifted_by"])
    _record(row, "reopen_comments", by, row.notice)
    return row


def _record(row: CommentClosure, verb: str, by: Any, notice: str) -> None:
    record(
        subject_kind="comment_closure",
        subject_key=str(row.pk),
        verb=verb,
        actor=by,
        capacity="director",
        reason=notice,
        detail={
            "division": row.division.code or "" if row.division else "",
            "subject": f"{row.subject_kind} {row.subject_key}".strip(),
        },
    )

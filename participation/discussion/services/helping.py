"""有帮助: exactly once for each person."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused

from ..models import Comment, Helpful
from ..permissions import user_can_write_comments
from .moves import locked


@transaction.atomic
def mark_helpful(*, comment: Comment, by: Any, is_helpful: bool = True) -> bool:
    """Said, or taken back; False where it was so already. The row's lock makes parallel presses one."""
    row = locked(comment)
    if not user_can_write_comments(by) or row.author_id == by.pk:
        raise PermissionDenied
    if not row.is_public:
        raise Refused(_("这条评论已不在页面上。"))
    if is_helpful:
        changed = Helpful.objects.get_or_create(comment=row, user=by)[1]
    else:
        changed = bool(Helpful.objects.filter(comment=row, user=by).delete()[0])
    if changed:
        step = 1 if is_helpful else -1
        Comment.objects.filter(pk=row.pk).update(helpful_count=Greatest(F("helpful_count") + step, 0))
    return changed

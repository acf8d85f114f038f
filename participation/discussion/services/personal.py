"""What one person has here: handing it out, and emptying it when the account is cancelled."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from participation.moderation.services import forget_original

from ..models import Comment, Helpful
from ..selectors import comments_of

HEADINGS = {
    "kind": _("种类"),
    "number": _("编号"),
    "state": _("状态"),
    "at": _("时间"),
    "capacity": _("身份"),
    "stance": _("立场"),
    "text": _("内容"),
}


def export_own(user: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {
            "kind": str(_("评论")),
            "number": comment.key,
            "state": str(comment.get_state_display()),
            "at": comment.submitted_at,
            "capacity": str(comment.get_capacity_display()),
            "stance": str(comment.get_stance_display()),
            "text": comment.review.original_body,
        }
        for comment in comments_of(user).order_by("pk")
    ]
    marks = Helpful.objects.filter(user=user).order_by("pk")
    rows += [{"kind": str(_("有帮助")), "number": str(row.comment_id), "at": row.created_at} for row in marks]
    return rows


@transaction.atomic
def empty_own(user: Any) -> None:
    """What is public stays, without the person: nickname and original words go."""
    for comment in Comment.objects.of_author(user).select_for_update(of=("self",)).select_related("review"):
        forget_original(review=comment.review)
        if comment.author_label:
            comment.author_label = str(_("已注销用户"))
            comment.save(update_fields=["author_label"])

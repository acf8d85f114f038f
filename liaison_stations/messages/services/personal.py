"""What one person wrote to stations and deputies: handing it out, and emptying it when the account is cancelled."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..models import DeputyMessage

HEADINGS = {
    "number": _("留言编号"),
    "at": _("留言时间"),
    "to": _("留言给"),
    "name": _("称呼"),
    "body": _("留言内容"),
    "state": _("处理"),
    "answer": _("答复"),
}


def export_own(user: Any) -> list[dict[str, Any]]:
    """Of messages written with the account only: a phone may have had another owner before (decisions.md 15)."""
    return [
        {
            "number": row.number,
            "at": row.created_at,
            "to": row.to_whom,
            "name": row.name,
            "body": row.body,
            "state": row.progress,
            "answer": row.answer,
        }
        for row in DeputyMessage.objects.filter(sender=user).for_list().order_by("pk")
    ]


@transaction.atomic
def empty_own(user: Any) -> None:
    """The row goes on counting, without name and words."""
    for row in DeputyMessage.objects.filter(sender=user).select_for_update():
        row.name, row.phone, row.body = "", "", gettext("（账号已注销，内容已删除）")
        row.save(update_fields=["name", "phone", "phone_index", "body"])

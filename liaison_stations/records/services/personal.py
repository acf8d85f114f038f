"""What one person told at receptions: handing it out, and emptying it when the account is cancelled."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..models import ReceptionRecord

HEADINGS = {
    "number": _("记录编号"),
    "on": _("接待日期"),
    "station": _("联络站（点）"),
    "name": _("姓名"),
    "phone": _("电话"),
    "said": _("反映内容"),
    "state": _("处理"),
    "answer": _("当场答复"),
}


def export_own(user: Any) -> list[dict[str, Any]]:
    """Of bookings with the account only: a phone may have had another owner before (decisions.md 15)."""
    rows = ReceptionRecord.objects.filter(user=user).for_list().order_by("pk")
    return [
        {
            "number": row.number,
            "on": row.session.date.isoformat(),
            "station": row.session.station.title,
            "name": row.name,
            "phone": row.phone,
            "said": row.said,
            "state": row.progress,
            "answer": row.answer,
        }
        for row in rows
    ]


@transaction.atomic
def empty_own(user: Any) -> None:
    """The row goes on counting, without name, phone and words."""
    ReceptionRecord.objects.filter(user=user).update(
        name="", phone="", phone_index=None, said=gettext("（账号已注销，内容已删除）")
    )

"""The newest head of the trail for those who are to keep it (decisions 9)."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.outbox.services import queue_messages

from ..models import Role, RoleAssignment, User

KIND = "trail_head"


def send_head_to_auditors(head: Any) -> int:
    """Once a day to each auditor: the first head of that day; how many were told. Runs inside the sealing."""
    day = timezone.localdate(head.published_at)
    held = RoleAssignment.objects.current(day).filter(role=Role.AUDITOR)
    auditors = User.objects.active().filter(pk__in=held.values("user"))
    return queue_messages(
        event=f"trail-head:{day.isoformat()}",
        kind=KIND,
        recipients=auditors,
        title=_("公开记录的链头：%(day)s") % {"day": day.isoformat()},
        body=_(
            "截至%(at)s，共封存%(count)d条记录，链头是：\n\n%(head)s\n\n"
            "请在本网站以外保存。日后用它核验，就能发现这之前的记录有没有被改动、删去、插入或截去。核验办法见链头页面。"
        )
        % {"at": timezone.localtime(head.published_at).strftime("%Y-%m-%d %H:%M"), "count": head.count, "head": head},
        url=reverse("trail:home"),
        subject_kind="trail",
        subject_key="head",
    )

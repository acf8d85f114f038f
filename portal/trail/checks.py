"""Proof that the append-only triggers are in place: a Django system check and findings for `doctor`."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.utils.translation import gettext as _

from portal.operations.registry import Finding

from .adapters import triggers
from .selectors import newest_head, stragglers

REMEDY = "manage.py protect_trail"


@register(Tags.database)
def triggers_exist(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    return [
        Error(
            f"The trail can be changed: triggers are missing ({', '.join(names)}).",
            hint=f"Run `{REMEDY}`; a migration that rebuilt the table has dropped them.",
            id="trail.E001",
        )
        for alias in databases or []
        if (names := triggers.missing(connections[alias]))
    ]


def findings() -> list[Finding]:
    """For `doctor`: triggers present, nothing left unsealed."""
    found = []
    if names := triggers.missing(connections["default"]):
        problem = _("公开记录可被改动：缺少触发器 %(names)s") % {"names": "、".join(names)}
        found.append(Finding(problem, _("运行 %(command)s") % {"command": REMEDY}))
    if late := stragglers():
        problem = _("有 %(count)s 条记录超过一天未封存") % {"count": late}
        command = "manage.py seal_trail --sweep"
        found.append(Finding(problem, _("运行 %(command)s，并检查定时任务是否在运行") % {"command": command}))
    head = newest_head()
    if head and head.published_at > datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=5):
        found.append(Finding(_("最近公布的链头时间在未来"), _("校准服务器时间"), is_serious=False))
    return found

"""Proof that the append-only triggers are in place: a Django system check and findings for `doctor`."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.utils.translation import gettext as _

from portal.operations.registry import Finding

from . import verifier
from .adapters import triggers
from .exports import export_lines
from .selectors import newest_head, published_heads, stragglers

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


def _broken_chain() -> list[Finding]:
    """The whole chain once more, against every head that was published: slow on purpose."""
    try:
        heads = [(head.count, head.chain_hash) for head in published_heads()]
        verifier.verify(export_lines(full=True), heads)  # type: ignore[no-untyped-call] # a script of its own, without types
    except verifier.Tampered as tampering:
        remedy = _(
            "数据库被人绕过系统改过：先保留现场（manage.py backup），用 manage.py export_trail 导出交审计员核对，"
            "再从改动以前的备份里找回原文"
        )
        return [Finding(_("公开记录与封存时不一致：%s") % tampering, remedy)]
    return []


def findings() -> list[Finding]:
    """For `doctor`: triggers present, nothing left unsealed, every sealed entry as it was."""
    found = []
    if names := triggers.missing(connections["default"]):
        problem = _("公开记录可被改动：缺少触发器 %(names)s") % {"names": "、".join(names)}
        found.append(Finding(problem, _("运行 %(command)s") % {"command": REMEDY}))
    if late := stragglers():
        problem = _("有 %(count)s 条记录超过一天未封存") % {"count": late}
        command = "manage.py seal_trail --sweep"
        found.append(Finding(problem, _("运行 %(command)s，并检查定时任务是否在运行") % {"command": command}))
    found += _broken_chain()
    head = newest_head()
    if head and head.published_at > datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=5):
        found.append(Finding(_("最近公布的链头时间在未来"), _("校准服务器时间"), is_serious=False))
    return found

"""Proof that the triggers are in place and that the secret answers keep no order: a system check, and for `doctor`."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.utils.translation import gettext as _

from portal.operations.registry import Finding

from .adapters import triggers
from .selectors import totals_add_up

REMEDY = "manage.py protect_evaluations"


@register(Tags.database)
def evaluations_are_guarded(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    return [
        Error(
            f"Evaluations are not guarded: missing or changed ({', '.join(names)}).",
            hint=f"Run `{REMEDY}`; a migration that rebuilt the table has dropped them.",
            id="evaluations.E001",
        )
        for alias in databases or []
        if (names := triggers.missing(connections[alias]))
    ]


def findings() -> list[Finding]:
    """For `doctor`."""
    found = []
    if names := triggers.missing(connections["default"]):
        problem = _("评价可被改动或可被追溯：缺少保护 %(names)s") % {"names": "、".join(names)}
        found.append(Finding(problem, _("运行 %(command)s") % {"command": REMEDY}))
    if not totals_add_up():
        found.append(Finding(_("评价公布合计与公布记录不一致"), _("运行 %(command)s") % {"command": REMEDY}))
    return found

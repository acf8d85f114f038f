"""Asking every registered check; what cannot be checked is a finding too."""

from django.db import DatabaseError
from django.utils.translation import gettext as _

from ..registry import Finding, checks

FIRST = ["database", "migrations"]


def diagnose() -> dict[str, list[Finding]]:
    """Findings by check, what the others need first; an empty list means that all is well."""
    found: dict[str, list[Finding]] = {}
    waiting = []
    for name in sorted(checks, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST)):
        try:
            found[name] = checks[name]()
        except Exception as error:  # a broken check must not hide the others
            if isinstance(error, DatabaseError) and any(found.get(first) for first in FIRST):
                waiting.append(name)
                continue
            problem = _("无法检查：%(error)s") % {"error": type(error).__name__}
            found[name] = [Finding(problem, _("先解决上面的问题，再运行一次 doctor"))]
    if waiting:
        problem = _("因此还有 %(count)s 项没法检查：%(names)s") % {"count": len(waiting), "names": "、".join(waiting)}
        remedy = _("先解决上面的问题，再运行一次 doctor")
        found.setdefault(FIRST[0], []).append(Finding(problem, remedy))
    return found

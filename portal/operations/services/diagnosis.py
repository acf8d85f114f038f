"""Asking every registered check; what cannot be checked is a finding too."""

from django.utils.translation import gettext as _

from ..registry import Finding, checks


def diagnose() -> dict[str, list[Finding]]:
    """Findings by check, the database's first; an empty list means that all is well."""
    found = {}
    for name, check in sorted(checks.items(), key=lambda item: item[0] != "database"):
        try:
            found[name] = check()
        except Exception as error:  # a broken check must not hide the others
            problem = _("无法检查：%(error)s") % {"error": type(error).__name__}
            found[name] = [Finding(problem, _("先解决上面的问题，再运行一次 doctor"))]
    return found

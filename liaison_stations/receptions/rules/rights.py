"""Names of permissions, and the roles that hold them within their division."""

VIEW = "receptions.view_receptionsession"
PLAN = "receptions.change_receptionsession"
APPROVE = "receptions.approve_receptionsession"
SCHEME = "receptions.change_receptionscheme"

PLANNERS = frozenset({"clerk", "committee", "director"})
# Granted to roles by `apps.ready()`.
ROLES: dict[str, frozenset[str]] = {
    VIEW: PLANNERS | {"party", "superior", "auditor"},
    PLAN: PLANNERS,
    APPROVE: frozenset({"director"}),
    SCHEME: frozenset({"committee", "director"}),
}

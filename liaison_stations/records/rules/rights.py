"""Names of permissions, and the roles that hold them within their division."""

VIEW = "records.view_receptionrecord"
CHANGE = "records.change_receptionrecord"

KEEPERS = frozenset({"clerk", "committee", "director"})
# Granted to roles by `apps.ready()`. Contacts and words of visitors are for those who work with them only.
ROLES: dict[str, frozenset[str]] = {VIEW: KEEPERS, CHANGE: KEEPERS}

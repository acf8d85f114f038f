"""Names of permissions, and the roles that hold them within their division."""

VIEW = "deputy_messages.view_deputymessage"
ANSWER = "deputy_messages.change_deputymessage"
CODES = "deputy_messages.change_deputyqrcode"

KEEPERS = frozenset({"clerk", "committee", "director"})
# Granted to roles by `apps.ready()`. A deputy answers by being the one who is written to, not by a role.
ROLES: dict[str, frozenset[str]] = {VIEW: KEEPERS, ANSWER: KEEPERS, CODES: KEEPERS}

"""Who gets in where: our own routes. A new route needs a row: docs/testing.md."""

from tests.architecture.permission_sets import ADMIN, EVERYONE, NOBODY, SIGNED_IN, Row, only

TABLE: dict[str, Row] = {
    "lookup_query_codes:add": Row(
        only("clerk community committee director admin"), only("clerk community committee director admin")
    ),
    "outbox_notice_tasks:index": Row(only("clerk community committee director admin"), NOBODY),
    "outbox_notice_tasks:index_results": Row(only("clerk community committee director admin"), NOBODY),
    "outbox_notice_tasks:edit": Row(NOBODY, NOBODY),
    "outbox_deliveries:index": Row(ADMIN, NOBODY),
    "outbox_deliveries:index_results": Row(ADMIN, NOBODY),
    "outbox_deliveries:edit": Row(NOBODY, NOBODY),
    "accounts:me": Row(SIGNED_IN, SIGNED_IN),
    "follows:toggle": Row(NOBODY, NOBODY),
    "follows:list": Row(SIGNED_IN, NOBODY),
    "lookup:lookup": Row(EVERYONE, EVERYONE),
    "outbox:messages": Row(SIGNED_IN, NOBODY),
    "outbox:read_all": Row(NOBODY, SIGNED_IN),
    "outbox:read": Row(NOBODY, NOBODY),
    "outbox:settings": Row(SIGNED_IN, SIGNED_IN),
    "outbox:unsubscribe": Row(NOBODY, NOBODY),
    "trail:home": Row(EVERYONE, NOBODY),
    "trail:verifier": Row(EVERYONE, NOBODY),
    "trail:chain": Row(EVERYONE, NOBODY),
    "trail:full": Row(NOBODY, only("auditor admin")),
    "jurisdictions:division_choice": Row(EVERYONE, EVERYONE),
    "proposals:photo": Row(NOBODY, NOBODY),
    "proposals:photo_small": Row(NOBODY, NOBODY),
    "proposals:detail": Row(NOBODY, NOBODY),
    "proposals:amend": Row(NOBODY, NOBODY),
    "frame:modes": Row(NOBODY, EVERYONE),
    "frame:stylesheet": Row(EVERYONE, NOBODY),
    "frame:script": Row(EVERYONE, NOBODY),
    "frame:favicon": Row(EVERYONE, NOBODY),
}

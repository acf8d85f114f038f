"""`{% unread_messages as count %}` for the header and for /me/."""

from typing import Any

from django import template

from portal.outbox.selectors import UNREAD_SHOWN, unread_count

register = template.Library()


@register.simple_tag(takes_context=True)
def unread_messages(context: Any) -> str:
    """The reader's unread messages as shown: empty for none, `99+` for many."""
    request = context.get("request")
    count = unread_count(request.user) if request is not None and hasattr(request, "user") else 0
    return f"{UNREAD_SHOWN}+" if count > UNREAD_SHOWN else str(count or "")

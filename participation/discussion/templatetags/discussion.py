"""`{% load discussion %}{% discussion_of proposal.thread %}` on the page of whatever is discussed."""

from typing import Any

from django import template

from ..models import Thread
from ..selectors import closure_of, is_open, latest_comments

register = template.Library()


@register.inclusion_tag("discussion/thread_section.html")
def discussion_of(thread: Thread | None) -> dict[str, Any]:
    """The summary if it is closed, official words and the latest of the others, and the way to the whole thread."""
    if thread is None:
        return {"thread": None}
    return {
        "thread": thread,
        "comments": latest_comments(thread),
        "is_open": is_open(thread) and closure_of(thread) is None,
    }

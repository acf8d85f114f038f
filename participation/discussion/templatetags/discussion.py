"""`{% load discussion %}{% discussion_of proposal.thread %}` on the page of whatever is discussed."""

from typing import Any

from django import template

from participation.moderation.selectors import hidden_notes

from ..models import Thread
from ..selectors import SUMMARY_KIND, latest_comments, takes_comments

register = template.Library()


@register.inclusion_tag("discussion/thread_section.html")
def discussion_of(thread: Thread | None) -> dict[str, Any]:
    """The summary if it is closed, official words and the latest of the others, and the way to the whole thread."""
    if thread is None:
        return {"thread": None}
    return {
        "thread": thread,
        "comments": latest_comments(thread),
        "is_open": takes_comments(thread),
    }


@register.inclusion_tag("discussion/_summary.html")
def summary_of(thread: Thread) -> dict[str, Any]:
    """小结 with its report link; where a reviewer hid it, that it was, with the note for the public (one query)."""
    note = hidden_notes(SUMMARY_KIND, [thread.key]).get(thread.key, "") if thread.is_summary_hidden else ""
    return {"thread": thread, "kind": SUMMARY_KIND, "note": note}

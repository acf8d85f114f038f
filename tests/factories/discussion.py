"""Threads and comments in any state, brought there by the services themselves."""

import secrets
from typing import Any

from participation.discussion import services
from participation.discussion.models import Comment, Thread
from participation.proposals.models import Proposal

from . import proposals

TEXT = "建议先在东门装一盏，看看效果再说。"


def thread(cast: Any) -> Thread:
    """Under a published proposal of `cast.resident`."""
    proposal: Proposal = proposals.published(cast.resident, cast.moderator)
    found = Proposal.objects.select_related("thread__division").get(pk=proposal.pk).thread
    assert found is not None
    return found


def written(on: Thread, author: Any, text: str = TEXT, **fields: Any) -> Comment:
    fields.setdefault("form_key", secrets.token_urlsafe(24))
    return services.write_comment(thread=on, author=author, text=text, **fields)


def public(cast: Any, on: Thread, author: Any, text: str = TEXT, **fields: Any) -> Comment:
    """Written and let through by the moderator."""
    comment = written(on, author, text, **fields)
    return comment if comment.is_public else services.publish_comment(comment=comment, by=cast.moderator)

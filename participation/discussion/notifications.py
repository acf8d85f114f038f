"""Who is told what. The words are in templates/emails/discussion/<event>.txt, the first line being the title.

Followers of a thread hear of official answers and of its end, not of every comment; whoever was answered hears of that.
No words of a comment go by mail or text message: what is hidden later would lie in a mailbox.
"""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from portal.follows.services import queue_to_followers
from portal.outbox.services import queue_messages

from .models import Capacity, Comment, Thread
from .selectors import THREAD_KIND, subject_of

KIND_OWN = "own_comment"
KIND_ANSWERED = "comment_answered"
KIND_FOLLOWED = "followed_thread"


def _letter(event: str, *, key: str, kind: str, url: str, thread: Thread, **facts: Any) -> dict[str, Any]:
    """It stands with the other messages about what is discussed, in the inbox and in the summary of a day."""
    text = render_to_string(f"emails/discussion/{event}.txt", {"title": _title(thread), **facts}).strip()
    title, _newline, body = text.partition("\n")
    return {
        "event": key,
        "kind": kind,
        "title": title.strip(),
        "body": body.strip(),
        "url": url,
        "subject_kind": thread.subject_kind,
        "subject_key": thread.subject_key,
    }


def _title(thread: Thread) -> str:
    subject = subject_of(thread)
    return subject.title if subject else ""


def comment_decided(event: str, comment: Comment, entry: int, *, reason: str = "", url: str = "") -> None:
    """To the author: published, returned, rejected, edit_published, edit_refused, hidden, hidden_for_good, restored."""
    letter = _letter(
        event,
        key=f"comment:{comment.pk}:{event}:{entry}",
        kind=KIND_OWN,
        url=url or (comment.get_absolute_url() if comment.is_public else reverse("discussion:mine")),
        thread=comment.thread,
        reason=reason,
        minutes=settings.COMMENT_EDIT_MINUTES,
    )
    queue_messages(recipients=[comment.author], **letter)


def comment_returned(comment: Comment, entry: int, reason: str) -> None:
    comment_decided("returned", comment, entry, reason=reason, url=reverse("discussion:amend", args=[comment.pk]))


def comment_appeared(comment: Comment, entry: int) -> None:
    """Whoever is answered, once; an official answer also to the thread's followers, who are told of it only once."""
    key = f"comment:{comment.pk}:appeared:{entry}"
    is_official = comment.capacity == Capacity.OFFICIAL
    answered = comment.reply_to or comment.parent
    if answered is not None and answered.author_id != comment.author_id:
        letter = _letter(
            "answered",
            key=key,
            kind=KIND_ANSWERED,
            url=comment.get_absolute_url(),
            thread=comment.thread,
            is_official=is_official,
        )
        queue_messages(recipients=[answered.author], **letter)
    if is_official:
        letter = _letter(
            "official",
            key=key,
            kind=KIND_FOLLOWED,
            url=comment.get_absolute_url(),
            thread=comment.thread,
        )
        queue_to_followers(
            followed_kind=THREAD_KIND, followed_key=comment.thread.key, except_for=[comment.author], **letter
        )


def thread_closed(thread: Thread, entry: int) -> None:
    """The 小结 is public: told to all who follow, with a link to read it."""
    letter = _letter(
        "closed",
        key=f"thread:{thread.pk}:closed:{entry}",
        kind=KIND_FOLLOWED,
        url=thread.get_absolute_url(),
        thread=thread,
    )
    queue_to_followers(followed_kind=THREAD_KIND, followed_key=thread.key, except_for=[thread.closed_by], **letter)

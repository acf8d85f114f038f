"""Reads for pages; every function says how many queries it makes where that matters."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from participation.moderation.models import CommentClosure
from participation.moderation.selectors import comments_closed_for
from portal.frame.paging import Page, cursor_from, keyset_page
from portal.jurisdictions.models import Division
from portal.trail.subjects import Subject, subjects_of

from .models import Comment, CommentText, Helpful, Thread
from .rules import REPLIES_SHOWN, accepts_until, may_still_edit
from .states import State, ThreadState

SUBJECT_KIND = "comment"
THREAD_KIND = "thread"
SUMMARY_KIND = "thread_summary"
PAGE_SIZE = 20
ORDERS = {"newest": "-published_at", "oldest": "published_at", "helpful": "-helpful_count"}
VOICES = ("all", "official", "members")
OFFICIAL_SHOWN = 3
LATEST_SHOWN = 3


def subject_of(thread: Thread) -> Subject | None:
    """What is discussed; one query. None when its owner is no longer known."""
    return subjects_of(thread.subject_kind, [thread.subject_key]).get(thread.subject_key)


def thread_of(subject_kind: str, subject_key: str) -> Thread | None:
    return Thread.objects.select_related("division").filter(subject_kind=subject_kind, subject_key=subject_key).first()


def is_open(thread: Thread) -> bool:
    """New comments are taken: not closed, not past its day, and the owner still takes them."""
    return not thread.is_closed and not thread.is_suspended and accepts_until(thread.closes_on, timezone.localdate())


def closure_of(thread: Thread) -> CommentClosure | None:
    """A director's closing of comments that holds here; one query. Reads `division`."""
    return comments_closed_for(thread.division, thread.subject_kind, thread.subject_key)


def takes_comments(thread: Thread) -> bool:
    """Open, and no director's closing holds here; at most one query."""
    return is_open(thread) and closure_of(thread) is None


@dataclass(frozen=True)
class Entry:
    """One comment of a page with what stands under it."""

    comment: Comment
    replies: Sequence[Comment] = field(default_factory=list)

    @property
    def further_replies(self) -> int:
        return max(0, self.comment.reply_count - len(self.replies))


@dataclass(frozen=True)
class ThreadPage:
    page: Page
    entries: Sequence[Entry]


def listed(thread: Thread, voices: str = "all") -> QuerySet[Any]:
    """The rows of a thread's page: the upper level with all voices, both levels with one kind of them."""
    rows = Comment.objects.filter(thread=thread).for_list()
    if voices == "official":
        return rows.public().official()
    if voices == "members":
        return rows.public().of_members()
    return rows.listed().top()


def thread_page(thread: Thread, *, order: str = "newest", voices: str = "all", cursor: str = "") -> ThreadPage:
    """One page by keyset with the first replies of each; three queries whatever the size of the thread."""
    page = keyset_page(listed(thread, voices), ORDERS[order], cursor, PAGE_SIZE)
    replies = first_replies(page.items) if voices == "all" else {}
    return ThreadPage(page, [Entry(row, replies.get(row.pk, [])) for row in page.items])


def first_replies(comments: Iterable[Comment]) -> dict[int, list[Comment]]:
    """The first of each by the rank given on publication: an index range, however many there are."""
    keys = [row.pk for row in comments if row.reply_count]
    found: dict[int, list[Comment]] = defaultdict(list)
    if keys:
        rows = Comment.objects.filter(parent__in=keys, reply_rank__range=(1, REPLIES_SHOWN)).listed().for_list()
        for row in rows.order_by("parent_id", "reply_rank"):
            found[row.parent_id or 0].append(row)
    return found


def replies_page(comment: Comment, cursor: str = "") -> Page:
    """All answers to one comment, the oldest first."""
    return keyset_page(Comment.objects.filter(parent=comment).listed().for_list(), "published_at", cursor, PAGE_SIZE)


def place_of(comment: Comment) -> str:
    """The address at which a public comment stands: its page of the thread, or of the replies, and the anchor.

    Reads `parent`. The page begins with the comment, so that it is right whatever was published since.
    """
    parent = comment.parent
    if parent is None:
        cursor = cursor_from(comment, ORDERS["newest"])
        return f"{comment.thread.get_absolute_url()}?cursor={cursor}#{comment.anchor}"
    if 1 <= comment.reply_rank <= REPLIES_SHOWN:
        cursor = cursor_from(parent, ORDERS["newest"])
        return f"{comment.thread.get_absolute_url()}?cursor={cursor}#{comment.anchor}"
    cursor = cursor_from(comment, "published_at")
    return f"{parent.get_absolute_url()}replies/?cursor={cursor}#{comment.anchor}"


def official_answers(thread: Thread) -> list[Comment]:
    """What stands above everything else: the latest public ones."""
    rows = Comment.objects.filter(thread=thread).public().official()
    return list(rows.order_by("-published_at", "-pk")[:OFFICIAL_SHOWN])


def latest_comments(thread: Thread) -> list[Comment]:
    """For the owner's page: the latest official word, then the latest of the upper level; two queries."""
    if not thread.comment_count:
        return []
    rows = Comment.objects.filter(thread=thread)
    official = list(rows.public().official().order_by("-published_at", "-pk")[:1])
    others = rows.public().filter(is_listed=True, parent__isnull=True).exclude(pk__in=[row.pk for row in official])
    return [*official, *others.order_by("-published_at", "-pk")[:LATEST_SHOWN]]


def own_unpublished(user: Any, thread: Thread) -> list[Comment]:
    """What only the author sees on the page: waiting, returned."""
    if not user.is_authenticated:
        return []
    rows = Comment.objects.of_author(user).filter(
        Q(thread=thread, state__in=[State.WAITING, State.RETURNED]) | Q(thread=thread, is_edit_waiting=True)
    )
    return list(rows.select_related("review").order_by("-submitted_at")[:PAGE_SIZE])


def helpful_ids(user: Any, comments: Iterable[Comment]) -> set[int]:
    """Which of these the user found helpful: one query for a page."""
    if not user.is_authenticated:
        return set()
    keys = [row.pk for row in comments]
    return set(Helpful.objects.filter(user=user, comment__in=keys).values_list("comment_id", flat=True))


def comments_of(user: Any) -> QuerySet[Any]:
    """One's own, the newest first."""
    return Comment.objects.of_author(user).select_related("review", "thread").order_by("-submitted_at", "-pk")


def texts_of(comment: Comment) -> list[CommentText]:
    """Every text that was public, the oldest first; nothing while it is hidden or withdrawn."""
    return list(comment.texts.all()) if comment.is_public else []


def may_edit_now(comment: Comment) -> bool:
    """Published, within the window, with no edit under way."""
    return (
        comment.is_public
        and not comment.is_edit_waiting
        and may_still_edit(comment.published_at, timezone.now(), settings.COMMENT_EDIT_MINUTES)
    )


def threads_in(divisions: list[Division] | None, *, state: str = "") -> QuerySet[Thread]:
    """For staff: of these divisions and below (None is everywhere), those with the latest words first."""
    rows = Thread.objects.select_related("division", "closed_by")
    if divisions is not None:
        near = Q(pk__in=[])
        for division in divisions:
            near |= Q(division__path__startswith=division.path)
        rows = rows.filter(near)
    if state == "due":
        rows = rows.filter(state=ThreadState.OPEN, closes_on__lt=timezone.localdate())
    elif state:
        rows = rows.filter(state=state)
    return rows.order_by(F("last_comment_at").desc(nulls_last=True), "-pk")


def waiting_in(thread: Thread) -> int:
    """Comments and edits of a thread that nobody has decided on yet."""
    waits = Q(state=State.WAITING) | Q(is_edit_waiting=True)
    return Comment.objects.filter(waits, thread=thread).count()


def threads_with_subjects(threads: Iterable[Thread]) -> list[tuple[Thread, Subject | None]]:
    """For a list: one query for each kind of owner."""
    rows = list(threads)
    keys: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        keys[row.subject_kind].append(row.subject_key)
    known = {(kind, key): subject for kind in keys for key, subject in subjects_of(kind, keys[kind]).items()}
    return [(row, known.get((row.subject_kind, row.subject_key))) for row in rows]

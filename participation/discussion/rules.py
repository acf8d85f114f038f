"""What can be decided about a comment from facts alone."""

from datetime import date, datetime, timedelta

TEXT_LENGTH = 1000
SUMMARY_LENGTH = 3000
EXCERPT_LENGTH = 60
REPLIES_SHOWN = 3  # under a comment on the page of its thread; all of them have a page of their own

REVIEW_ALL = "all"

# --- Permissions: names, and the roles that hold them within their division
KEEP = "discussion.keep_thread"
REVIEW = "discussion.review_comment"
ANSWER = "discussion.answer_officially"

ROLES: dict[str, frozenset[str]] = {
    KEEP: frozenset({"moderator", "committee", "director"}),
    REVIEW: frozenset({"moderator", "committee", "director"}),
    ANSWER: frozenset({"committee", "director", "clerk"}),
}


def excerpt_of(text: str, length: int = EXCERPT_LENGTH) -> str:
    """One line of it, for a quotation above the reply."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"


def accepts_until(closes_on: date | None, today: date) -> bool:
    """Closed by date: the last day still counts."""
    return closes_on is None or today <= closes_on


def may_still_edit(published_at: datetime | None, now: datetime, minutes: int) -> bool:
    """编辑时限, counted from publication."""
    return published_at is not None and now <= published_at + timedelta(minutes=minutes)

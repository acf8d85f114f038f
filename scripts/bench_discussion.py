"""One discussion for the benchmark: 20 comments in the small database, a tenth of the rows in the large one.

python scripts/bench_discussion.py    # seconds to write and publish one comment in the database of DATABASE_URL
"""

import json
import os
import secrets
import statistics
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")

BATCH, FEW, POSTS = 2000, 20, 15
TEXT = "建议先在东门装一盏，看看效果再说；晚上老人出门方便一些，费用也请公布。"


def fill(count: int) -> None:
    """Numbered from the oldest; in the middle every fourth answers the one before it."""
    from django.contrib.auth import get_user_model
    from django.db.models import F
    from django.utils import timezone

    from participation.discussion.models import Comment, CommentText, Thread
    from participation.moderation.models import Review
    from participation.moderation.states import ReviewState
    from participation.proposals.models import Proposal

    proposal = Proposal.objects.filter(state="screening").select_related("division").order_by("pk").first()
    if proposal is None:
        raise RuntimeError("no proposal that is discussed")
    author = get_user_model().objects.create_user("commentator", verified_at=timezone.now(), verification="phone")
    get_user_model().objects.create_superuser("benchmark", "", secrets.token_urlsafe(16))
    wanted = FEW if count <= 1000 else count // 10
    thread = Thread.objects.create(
        subject_kind="proposal", subject_key=proposal.number, division=proposal.division, comment_count=wanted
    )
    Proposal.objects.filter(pk=proposal.pk).update(thread=thread)
    now = timezone.now()
    for start in range(0, wanted, BATCH):
        numbers = range(start, min(start + BATCH, wanted))
        whens = [now - timedelta(minutes=3 * (wanted - number)) for number in numbers]
        reviews = Review.objects.bulk_create(
            Review(
                kind="comment", subject_key=str(number + 1), division=proposal.division, original_body=TEXT,
                public_body=TEXT, state=ReviewState.PUBLISHED, submitted_at=when,
            )
            for number, when in zip(numbers, whens, strict=True)
        )  # fmt: skip
        rows = Comment.objects.bulk_create(
            Comment(
                thread=thread, review=review, state="published", author=author, author_label="居民", body=TEXT,
                submitted_at=when, published_at=when, is_listed=True, helpful_count=_helpful(number),
                parent_id=_parent(number, wanted), reply_rank=1 if _parent(number, wanted) else 0,
            )
            for number, when, review in zip(numbers, whens, reviews, strict=True)
        )  # fmt: skip
        CommentText.objects.bulk_create(
            CommentText(comment=row, body=TEXT, published_at=row.published_at or now) for row in rows
        )
        parents = [row.parent_id for row in rows if row.parent_id]
        Comment.objects.filter(pk__in=parents).update(
            reply_count=F("reply_count") + 1, reply_serial=F("reply_serial") + 1
        )


def _parent(number: int, wanted: int) -> int | None:
    """The one before, for every fourth; none among the oldest and the newest, so that all pages hold as many rows."""
    return number if number % 4 == 3 and FEW <= number < wanted - 2 * FEW else None


def _helpful(number: int) -> int:
    """Nobody found those helpful that were answered: the page of the most helpful holds as many rows, too."""
    return 0 if number % 4 == 2 else 1 + number % 6


def measured() -> float:
    """Median seconds of writing one comment and letting it through, in the discussion that `fill` made."""
    import django

    django.setup()
    from django.contrib.auth import get_user_model

    from participation.discussion import services
    from participation.discussion.models import Thread

    users: Any = get_user_model().objects
    thread, author, reviewer = Thread.objects.get(), users.get(username="commentator"), users.get(username="benchmark")
    times = []
    for number in range(POSTS + 3):
        started = time.perf_counter()
        comment = services.write_comment(thread=thread, author=author, form_key=secrets.token_urlsafe(24), text=TEXT)
        services.publish_comment(comment=comment, by=reviewer)
        if number >= 3:
            times.append(time.perf_counter() - started)
    return statistics.median(times)


if __name__ == "__main__":
    print(json.dumps(measured()))

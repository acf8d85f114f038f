"""评价意见: handed to the moderators when a round ends, in random order; published, refused, hidden by them."""

import secrets
from typing import Any

from django.db import transaction

from participation.moderation.models import Review
from participation.moderation.selectors import NOTE
from participation.moderation.services import (
    claim_review,
    conclude_review,
    open_review,
    release_review,
)
from participation.moderation.states import ReviewState
from portal.trail.services import record
from portal.wording.services import mask

from ..models import Answer, EvaluationComment, Round
from ..models.answers import new_key
from ..selectors.rounds import answers_of

KIND = SUBJECT_KIND = "evaluation_comment"
NOTE_LENGTH = 200


def submit_comments(round_: Round) -> int:
    """Of a round that has just ended. All in one moment and shuffled: neither order nor time of arrival remains."""
    if round_.division is None:
        return 0
    answers = [answer for answer in answers_of(round_) if answer.comment.strip()]
    secrets.SystemRandom().shuffle(answers)
    for answer in answers:
        key = new_key()
        review = open_review(
            kind=KIND, subject_key=key, division=round_.division, title="", body=answer.comment.strip()
        )
        named = answer if isinstance(answer, Answer) else None
        EvaluationComment.objects.create(round=round_, key=key, review=review, answer=named)
    return len(answers)


@transaction.atomic
def review_comment(
    *,
    comment: EvaluationComment,
    by: Any,
    state: ReviewState,
    text: str | None = None,
    reason: str = "",
    public_note: str = "",
    on_appeal: bool = False,
) -> None:
    """Published with the text that the moderator leaves of it, refused, hidden or shown again."""
    row = EvaluationComment.objects.select_for_update().select_related("review").get(pk=comment.pk)
    before = row.review.state
    outcome = {NOTE: mask(public_note).text.strip()[:NOTE_LENGTH]} if public_note else None
    review = conclude_review(
        review=row.review, state=state, by=by, reason=reason, public_body=text, outcome=outcome, on_appeal=on_appeal
    )
    row.is_public = state == ReviewState.PUBLISHED
    row.text = review.public_body if row.is_public else ""
    row.save(update_fields=["is_public", "text"])
    record(
        subject_kind=SUBJECT_KIND, subject_key=row.key, verb=f"comment_{state}", actor=by, capacity="staff",
        from_state=before, to_state=review.state, reason=reason,
    )  # fmt: skip


def take_comment(*, comment: EvaluationComment, by: Any) -> None:
    claim_review(review=comment.review, by=by)


def release_comment(*, comment: EvaluationComment, by: Any) -> None:
    release_review(review=comment.review, by=by)


def forget_comments(user: Any, words: str) -> None:
    """Of a cancelled account: what it wrote in named rounds."""
    for row in EvaluationComment.objects.filter(answer__rater__user=user).select_related("review"):
        Review.objects.filter(pk=row.review_id).update(original_body=words, public_body=words, hits=[])
        EvaluationComment.objects.filter(pk=row.pk).exclude(text="").update(text=words)

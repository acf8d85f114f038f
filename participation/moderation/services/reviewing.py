"""What changes a review. Owners open, reopen, claim and conclude it; screens call `decide`, which asks the owner.

Lock order everywhere: the owner's row, then the review's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.jurisdictions.models import Division
from portal.trail.services import record
from portal.wording.rules import Matcher
from portal.wording.selectors import matcher
from portal.wording.services import mask

from .. import notifications
from ..models import STATE_LABELS, Decision, Review
from ..permissions import user_can_decide_review
from ..registry import owner_of
from ..rules import Refused, needs_reason
from ..states import ReviewState, Verb, may_become


def _masked(title: str, body: str, words: Matcher) -> tuple[str, str, list[dict[str, Any]]]:
    """Public title, public body, and every hit with its field, offsets into the original."""
    hits: list[dict[str, Any]] = []
    public = []
    for field, text in (("title", title), ("body", body)):
        masked = mask(text)
        public.append(masked.text)
        found: list[Any] = [*masked.hits, *words.hits(text)]
        for hit in found:
            level = getattr(hit, "level", "personal")
            hits.append({"field": field, "start": hit.start, "end": hit.end, "kind": hit.kind, "level": level})
    return public[0], public[1], hits


def open_review(
    *,
    kind: str,
    subject_key: str,
    division: Division,
    title: str,
    body: str,
    is_confidential: bool = False,
    submitted_at: datetime | None = None,
    state: ReviewState = ReviewState.WAITING,
    author: Any = None,
) -> Review:
    """A new review with the masked proposal for the public text. `state` is WAITING, or IMPORTED for history.

    `author` is the account that wrote it, if one did: told to reviewers as figures, and the one who may appeal.
    """
    words = Submission(subject_key, division, title, body, is_confidential, submitted_at, author)
    review = _review(kind, words, state, matcher())
    review.save(force_insert=True)
    return review


@dataclass(frozen=True)
class Submission:
    """What is to be reviewed, for `open_reviews`."""

    subject_key: str
    division: Division
    title: str
    body: str
    is_confidential: bool = False
    submitted_at: datetime | None = None
    author: Any = None


def open_reviews(*, kind: str, submissions: Iterable[Submission], is_published: bool = False) -> list[Review]:
    """Those of imported history, all at once; with `is_published` decided by the source and public as masked."""
    words = matcher()
    reviews = [_review(kind, each, ReviewState.IMPORTED, words) for each in submissions]
    if is_published:
        for review in reviews:
            _check_move(review, ReviewState.PUBLISHED)
            review.state, review.decided_at = ReviewState.PUBLISHED, timezone.now()
    return Review.objects.bulk_create(reviews)


def store_unreviewed(*, review: Review) -> Review:
    """The review of something public that nobody had looked at by itself, with its first report; made once."""
    values = {
        field: getattr(review, field)
        for field in ("division", "original_body", "public_body", "state", "submitted_at", "author")
    }
    made, _is_new = Review.objects.get_or_create(kind=review.kind, subject_key=review.subject_key, defaults=values)
    return made


def _review(kind: str, words: Submission, state: ReviewState, word_list: Matcher) -> Review:
    public_title, public_body, hits = _masked(words.title, words.body, word_list)
    return Review(
        kind=kind,
        subject_key=words.subject_key,
        division=words.division,
        is_confidential=words.is_confidential,
        original_title=words.title,
        original_body=words.body,
        public_title=public_title,
        public_body=public_body,
        hits=hits,
        state=state,
        submitted_at=words.submitted_at or timezone.now(),
        author=words.author,
    )


def _locked(review: Review) -> Review:
    return Review.objects.select_for_update().get(pk=review.pk)


def reopen_review(*, review: Review, title: str, body: str, is_confidential: bool | None = None) -> Review:
    """The author sent a corrected text: a new round in the queue, the earlier text stays in the trail's history."""
    row = _locked(review)
    _check_move(row, ReviewState.WAITING)
    row.original_title, row.original_body = title, body
    row.public_title, row.public_body, row.hits = _masked(title, body, matcher())
    row.state = ReviewState.WAITING
    row.round += 1
    if is_confidential is not None:
        row.is_confidential = is_confidential
    row.submitted_at = timezone.now()
    row.claimed_by = row.claimed_at = row.decided_by = row.decided_at = None
    row.confirmed_by = row.confirmed_at = None
    row.reason, row.outcome = "", {}
    row.save()
    return row


def reconsider_review(*, review: Review) -> Review:
    """After a granted appeal: the same words come to the queue again, for a new decision by whoever takes them."""
    row = _locked(review)
    return reopen_review(review=row, title=row.original_title, body=row.original_body)


def confirm_review(*, review: Review, by: Any) -> Review:
    """The second person agrees that it stays hidden. Called by the owner's verb, after it locked its own row."""
    row = _locked(review)
    if row.state == ReviewState.HIDDEN and row.confirmed_at is not None:
        raise Refused(_confirmed_by(row))
    if not row.waits_for_confirmation:
        raise Refused(_("没有等待复核的隐去。"))
    if row.decided_by_id == by.pk:
        raise Refused(_("须由另一人复核。"))
    row.confirmed_by, row.confirmed_at = by, timezone.now()
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    return row


def claim_review(*, review: Review, by: Any) -> Review:
    """Taken by one reviewer; a second one is refused with the first one's name."""
    row = _locked(review)
    if row.state != ReviewState.WAITING:
        raise Refused(_("该件已不在待审队列中。"))
    _check_claim(row, by)
    row.claimed_by, row.claimed_at = by, timezone.now()
    row.save(update_fields=["claimed_by", "claimed_at"])
    return row


def require_unclaimed(*, review: Review, by: Any) -> None:
    """Refused with the name of another who holds it while it waits."""
    if review.state == ReviewState.WAITING:
        _check_claim(review, by)


def release_review(*, review: Review, by: Any = None) -> Review:
    """Back to the queue for anyone. `by` None: the owner itself frees it (transfer, correction)."""
    row = _locked(review)
    if by is not None:
        _check_claim(row, by)
    row.claimed_by = row.claimed_at = None
    row.save(update_fields=["claimed_by", "claimed_at"])
    return row


def conclude_review(
    *,
    review: Review,
    state: ReviewState,
    by: Any = None,
    reason: str = "",
    public_title: str | None = None,
    public_body: str | None = None,
    outcome: dict[str, Any] | None = None,
    on_appeal: bool = False,
) -> Review:
    """Write the decision. Called by the owner's verb, inside its transaction, after it locked its own row.

    What one person hid, only another shows again, and after a second one has confirmed it only an appeal does.
    """
    row = _locked(review)
    _check_move(row, state)
    is_shown_again = row.state == ReviewState.HIDDEN and state == ReviewState.PUBLISHED
    if is_shown_again:
        _check_second_person(row, by, on_appeal=on_appeal)
    if row.state == ReviewState.WAITING and by is not None and state != ReviewState.CLOSED:
        _check_claim(row, by)
    if public_title is not None:
        row.public_title = public_title
    if public_body is not None:
        row.public_body = public_body
    now = timezone.now()
    is_reviewed = row.state == ReviewState.WAITING and state != ReviewState.CLOSED
    if by is not None and (is_reviewed or state == ReviewState.HIDDEN):
        Decision.objects.create(review=row, state=state, submitted_at=row.submitted_at, decided_at=now)
    row.state, row.reason = state, reason
    row.decided_by, row.decided_at = by, now
    row.outcome = outcome or {}
    row.confirmed_by, row.confirmed_at, row.is_reminded = None, None, False
    row.save()
    if by is not None and row.waits_for_confirmation:
        notifications.hiding_to_confirm(row)
    if is_shown_again:
        notifications.report_overturned(row)
    return row


def move_review(*, review: Review, division: Division) -> Review:
    """To another division's queue; the next reviewer starts afresh."""
    row = _locked(review)
    row.division = division
    row.claimed_by = row.claimed_at = None
    row.save(update_fields=["division", "claimed_by", "claimed_at"])
    return row


def _check_move(row: Review, state: ReviewState) -> None:
    now = ReviewState(row.state)
    if not may_become(now, state):
        raise Refused(
            _("当前为“%(now)s”，不能改为“%(then)s”。") % {"now": STATE_LABELS[now], "then": STATE_LABELS[state]}
        )


def _check_second_person(row: Review, by: Any, *, on_appeal: bool) -> None:
    if by is not None and row.decided_by_id == by.pk:
        raise Refused(_("须由另一人复核。"))
    if row.confirmed_at is not None and not on_appeal:
        raise Refused(_confirmed_by(row))


def _confirmed_by(row: Review) -> str:
    return _("隐去已由%s复核。") % (row.confirmed_by.get_full_name() if row.confirmed_by else "")


def _check_claim(row: Review, by: Any) -> None:
    if row.claimed_by_id and row.claimed_by_id != by.pk:
        raise Refused(_("该件已由 %(name)s 领取。") % {"name": row.claimed_by})


def require_reason(reason: str, message: str = "") -> str:
    """The stripped reason; Refused with `message` where there is none. Also for the verbs of owners."""
    reason = reason.strip()
    if not reason:
        raise Refused(message or _("请填写理由。"))
    return reason


def decide(*, review: Review, verb: Verb, by: Any, reason: str = "", **details: Any) -> None:
    """Ask the owner to do `verb`. `details` are the verb's own (public_title, public_body, target, channel, division).

    Raises PermissionDenied outside the reviewer's scope, Refused when the owner's state does not allow it.
    """
    if not user_can_decide_review(by, review):
        raise PermissionDenied
    owner = owner_of(review.kind)
    handler = owner.handler(verb)
    if needs_reason(verb):
        require_reason(reason)
    if verb == Verb.RECONSIDER or (handler is None and verb != Verb.CONFIRM):
        raise Refused(_("该类内容没有这个操作。"))
    if handler is not None:
        handler(review=review, by=by, reason=reason.strip(), **details)
        return
    with transaction.atomic():
        confirm_review(review=review, by=by)
        record(
            subject_kind=owner.subject_kind,
            subject_key=review.subject_key,
            verb=verb,
            actor=by,
            capacity="reviewer",
        )


@transaction.atomic
def decide_many(*, reviews: Sequence[Review], verb: Verb, by: Any, reason: str = "", **details: Any) -> int:
    """The same verb for all of them or for none: one foreign or refused review stops the whole request."""
    for review in reviews:
        if not user_can_decide_review(by, review):
            raise PermissionDenied
    for review in sorted(reviews, key=lambda row: row.subject_key):
        try:
            decide(review=review, verb=verb, by=by, reason=reason, **details)
        except Refused as refusal:
            message = _("%(number)s：%(why)s（没有处理任何一件）")
            raise Refused(message % {"number": review.subject_key, "why": refusal.message}) from refusal
    return len(reviews)


def record_export(*, by: Any, rows: int, file_format: str) -> None:
    """Who took a list out of the house, and how long it was."""
    record(
        subject_kind="review_queue",
        subject_key="export",
        verb="export",
        actor=by,
        capacity="reviewer",
        detail={"rows": rows, "format": file_format},
    )


def forget_original(*, review: Review) -> None:
    """The author's account was cancelled: only the masked text remains, also for staff."""
    row = _locked(review)
    row.original_title, row.original_body, row.hits = row.public_title, row.public_body, []
    row.save(update_fields=["original_title", "original_body", "hits"])


def hand_over_claims(*, from_user: Any, to_user: Any, role: str, division: Division) -> int:
    """Open reviews of a post go to its next holder; how many. Safe to repeat."""
    rows = Review.objects.waiting().filter(claimed_by=from_user, division__path__startswith=division.path)
    return rows.update(claimed_by=to_user)

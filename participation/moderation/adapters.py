"""Parts: photos and summaries that are reviewed by themselves only once somebody reports them.

The owner describes them once (`PartKind`); report, hiding, second person, appeal and notices are the same for all.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.trail.services import record
from portal.trail.subjects import Subject, register_subject
from portal.wording.services import mask

from . import notifications, services
from .models import Review
from .permissions import user_can_decide_review
from .registry import OwnerSummary, PartKind, ReviewOwner, register_owner
from .selectors import NOTE
from .states import ReviewState, Verb

NOTE_LENGTH = 200
VERB_LABELS = {"hide": _("隐去"), "restore": _("恢复公开"), "confirm_hiding": _("复核隐去")}


def register_parts(parts: PartKind) -> None:
    """From the owner's `AppConfig.ready()`."""
    register_owner(parts.kind, part_owner(parts))
    register_subject(parts.kind, lambda keys: _subjects(parts, keys), parts.label)


def part_owner(parts: PartKind) -> ReviewOwner:
    def resolve(reviews: Iterable[Review]) -> Mapping[int, OwnerSummary]:
        rows = list(reviews)
        found = parts.find({row.subject_key for row in rows})
        return {row.pk: _summary(parts, row, found[row.subject_key]) for row in rows if row.subject_key in found}

    def unreviewed(key: str) -> Review | None:
        part = parts.find([key]).get(key)
        if part is None:
            return None
        return Review(
            kind=parts.kind, subject_key=key, division=part.division, original_body=part.text, public_body=part.text,
            state=ReviewState.PUBLISHED, submitted_at=timezone.now(), author=part.author,
        )  # fmt: skip

    def hide(*, review: Review, by: Any, reason: str = "", public_note: str = "") -> None:
        note = mask(public_note).text.strip()[:NOTE_LENGTH]
        _move(parts, review, ReviewState.HIDDEN, by, reason, outcome={NOTE: note})

    def restore(*, review: Review, by: Any, reason: str = "", on_appeal: bool = False) -> None:
        _move(parts, review, ReviewState.PUBLISHED, by, reason, on_appeal=on_appeal)

    return ReviewOwner(
        label=parts.label, resolve=resolve, allowed_verbs=_allowed_verbs, hide=hide, restore=restore,
        takes_public_note=True, subject_kind=parts.kind, unreviewed=unreviewed, verb_labels=VERB_LABELS,
        author_label=pgettext_lazy("who is told", "作者"),
    )  # fmt: skip


def _summary(parts: PartKind, review: Review, part: Any) -> OwnerSummary:
    return OwnerSummary(
        number=part.key,
        title=part.title,
        state=str(review.get_state_display()),
        public_url=part.url if part.is_public else "",
        admin_url=part.admin_url,
        photos=(part.photo,) if part.photo else (),
        name=part.title,
    )


def _allowed_verbs(review: Review, user: Any) -> frozenset[str]:
    if not user_can_decide_review(user, review):
        return frozenset()
    if review.state == ReviewState.PUBLISHED:
        return frozenset({Verb.HIDE})
    if review.waits_for_confirmation and review.decided_by_id != user.pk:
        return frozenset({Verb.RESTORE})
    return frozenset()


@transaction.atomic
def _move(parts: PartKind, review: Review, state: ReviewState, by: Any, reason: str, **more: Any) -> None:
    """The owner's row is locked before the review's, as everywhere."""
    hides = state == ReviewState.HIDDEN
    parts.set_hidden(key=review.subject_key, is_hidden=hides, text=review.public_body)
    before = review.state
    row = services.conclude_review(review=review, state=state, by=by, reason=reason, **more)
    entry = record(
        subject_kind=parts.kind,
        subject_key=row.subject_key,
        verb=Verb.HIDE if hides else Verb.RESTORE,
        actor=by,
        capacity="reviewer",
        from_state=before,
        to_state=row.state,
        reason=reason,
    )
    part = parts.find([row.subject_key])[row.subject_key]
    event = "part_hidden" if hides else "part_restored"
    notifications.part_moved(event, row, entry.pk, kind=parts.notice_kind, title=part.title, reason=reason)


def _subjects(parts: PartKind, keys: list[str]) -> dict[str, Subject]:
    def visible(part: Any) -> Any:
        return lambda user: part.is_public and part.visible_to(user)

    found = parts.find(keys)
    return {key: Subject(parts.kind, key, part.title, part.url, visible(part)) for key, part in found.items()}

"""申诉: the author objects once to a decision; somebody else than who took it answers within the set time."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.trail.services import record
from portal.workdays.rules import nth_workday_after
from portal.workdays.selectors import calendar

from .. import notifications
from ..models import Appeal, Review
from ..permissions import user_can_decide_review
from ..registry import owner_of
from ..rules import Refused
from ..selectors import may_appeal
from ..states import AppealState, ReviewState, Verb
from .reviewing import require_reason

TEXT_LENGTH = 500


@transaction.atomic
def appeal(*, review: Review, by: Any, text: str) -> Appeal:
    """Against the return, the refusal or the hiding as it stands now; once for each decision."""
    row = Review.objects.select_for_update(of=("self",)).select_related("division").get(pk=review.pk)
    if row.author_id is None or row.author_id != by.pk:
        raise PermissionDenied
    text = require_reason(text, _("请写明您为什么不同意。"))
    if len(text) > TEXT_LENGTH:
        raise Refused(_("申诉理由最多%d字。") % TEXT_LENGTH)
    if not may_appeal(by, row):
        raise Refused(_("现在没有可以申诉的决定，或者已经申诉过。"))
    try:
        with transaction.atomic():
            made = Appeal.objects.create(
                review=row,
                author=by,
                against=row.state,
                round=row.round,
                decided_first_by=row.decided_by,
                decided_first_at=row.decided_at,
                text=text,
                created_at=timezone.now(),
                due_on=nth_workday_after(timezone.localdate(), settings.APPEAL_WORKDAYS, calendar()).date,
            )
    except IntegrityError as error:
        raise Refused(_("现在没有可以申诉的决定，或者已经申诉过。")) from error
    _record(row, "appeal", by, "author")
    notifications.appeal_received(made)
    return made


@transaction.atomic
def answer_appeal(*, appeal: Appeal, by: Any, is_granted: bool, answer: str) -> Appeal:
    """Granted: the refused text comes to the queue again, the hidden one is public again. Told to the author.

    The appeal is locked before the text, which no other step does the other way round.
    """
    review = Review.objects.select_related("division").get(pk=appeal.review_id)
    if not user_can_decide_review(by, review) or by.pk in {appeal.author_id, review.author_id}:
        raise PermissionDenied
    answer = require_reason(answer, _("请写明答复，会告知申诉人。"))
    row = Appeal.objects.select_for_update(of=("self",)).select_related("author").get(pk=appeal.pk)
    if row.state != AppealState.OPEN:
        raise Refused(_("申诉已由%s答复。") % (row.answered_by.get_full_name() if row.answered_by else ""))
    if row.decided_first_by_id == by.pk:
        raise Refused(_("须由作出决定以外的人答复。"))
    if is_granted:
        _undo(row, Review.objects.select_related("division").get(pk=review.pk), by, answer)
    row.state = AppealState.GRANTED if is_granted else AppealState.REFUSED
    row.answer, row.answered_by, row.answered_at = answer, by, timezone.now()
    row.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    entry = _record(review, "answer_appeal", by, "reviewer", answer, is_granted=is_granted)
    notifications.appeal_answered(row, entry)
    return row


def _undo(appeal: Appeal, review: Review, by: Any, answer: str) -> None:
    if review.state != appeal.against or review.decided_at != appeal.decided_first_at:
        return  # undone, amended or decided anew since: nothing is left to change, only to answer
    verb = Verb.RESTORE if appeal.against == ReviewState.HIDDEN else Verb.RECONSIDER
    handler = owner_of(review.kind).handler(verb)
    if handler is None:
        raise Refused(_("该类内容没有这个操作。"))
    details = {"on_appeal": True} if verb == Verb.RESTORE else {}
    handler(review=review, by=by, reason=answer, **details)


def _record(review: Review, verb: str, by: Any, capacity: str, reason: str = "", **detail: Any) -> int:
    entry = record(
        subject_kind=owner_of(review.kind).subject_kind,
        subject_key=review.subject_key,
        verb=verb,
        actor=by,
        capacity=capacity,
        reason=reason,
        detail=detail,
    )
    return int(entry.pk)

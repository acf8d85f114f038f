"""举报: a reader says that a public text breaks the rules; one decision answers everybody who said so."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.trail.services import record
from portal.wording.services import mask
from portal.workdays.rules import nth_workday_after
from portal.workdays.selectors import calendar

from .. import notifications
from ..models import Report, ReportReason, Review
from ..permissions import user_can_decide_review
from ..registry import owner_of
from ..rules import Refused
from ..selectors import is_public
from ..states import ReportState, ReviewState, Verb
from .reviewing import decide, require_reason, store_unreviewed

NOTE_LENGTH = 300


@transaction.atomic
def report(*, review: Review, reason: str, note: str = "", by: Any = None) -> bool:
    """False where this person had reported the text before. A visitor (`by` None) cannot be told of the outcome.

    Raises Refused for a text that is not public (any more), or one's own.
    """
    if reason not in ReportReason.values:
        raise Refused(_("请选择举报原因。"))
    if not is_public(review):
        raise Refused(_("这条内容已不在公开页面上。"))
    if review.pk is None:
        review = store_unreviewed(review=review)
    row = Review.objects.select_for_update(of=("self",)).select_related("division").get(pk=review.pk)
    if not is_public(row):
        raise Refused(_("这条内容已不在公开页面上。"))
    if by is not None and row.author_id == by.pk:
        raise Refused(_("这是您自己的内容，可以撤回，不用举报。"))
    if by is not None and Report.objects.filter(review=row, reporter=by).exists():
        return False
    Report.objects.create(
        review=row,
        reporter=by,
        reason=reason,
        note=mask(note.strip()).text[:NOTE_LENGTH],
        text=row.public_body,
        created_at=timezone.now(),
        due_on=nth_workday_after(timezone.localdate(), settings.REPORT_WORKDAYS, calendar()).date,
    )
    # who reported is nobody's business but the desk's: the trail counts, it does not name
    record(
        subject_kind=owner_of(row.kind).subject_kind,
        subject_key=row.subject_key,
        verb="report",
        actor=None,
        capacity="reader",
        detail={"reason": reason},
    )
    return True


@transaction.atomic
def decide_report(*, review: Review, by: Any, is_upheld: bool, answer: str) -> int:
    """成立: hidden at once (a second person confirms or restores); 不成立: it stays. How many reports were answered.

    Two who answer at once: the second one is told who was first. The reports are locked before the text, which no
    other step does the other way round.
    """
    if not user_can_decide_review(by, review) or review.author_id == by.pk:
        raise PermissionDenied
    answer = mask(require_reason(answer, _("请写明处理说明，会告知举报人。"))).text[:NOTE_LENGTH]
    every = Report.objects.select_for_update(of=("self",)).filter(review=review)
    rows = [row for row in every.select_related("reporter").order_by("pk") if row.state == ReportState.OPEN]
    if not rows:
        raise Refused(_answered_by(review))
    if any(row.reporter_id == by.pk for row in rows):
        raise Refused(_("您自己举报的内容由别人处理。"))
    now_public = Review.objects.select_related("division").get(pk=review.pk)
    if is_upheld and now_public.state == ReviewState.PUBLISHED and is_public(now_public):
        decide(review=now_public, verb=Verb.HIDE, by=by, reason=answer)
    state = ReportState.UPHELD if is_upheld else ReportState.DISMISSED
    now = timezone.now()
    Report.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=state, answer=answer, decided_by=by, decided_at=now
    )
    entry = record(
        subject_kind=owner_of(review.kind).subject_kind,
        subject_key=review.subject_key,
        verb="decide_report",
        actor=by,
        capacity="reviewer",
        reason=answer,
        detail={"is_upheld": is_upheld, "reports": len(rows)},
    )
    readers = [row.reporter for row in rows if row.reporter is not None]
    notifications.report_decided(review, readers, entry.pk, is_upheld=is_upheld, answer=answer)
    return len(rows)


def _answered_by(review: Review) -> str:
    last = Report.objects.filter(review=review).select_related("decided_by").order_by("-decided_at").first()
    if last is None or last.decided_by is None:
        return _("举报已经处理过。")
    return _("举报已由%s处理。") % last.decided_by.get_full_name()

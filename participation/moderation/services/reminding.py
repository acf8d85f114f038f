"""What lies too long: hidings to be confirmed, reports and appeals past their day. Each is told once."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from portal.workdays.rules import nth_workday_after
from portal.workdays.selectors import calendar

from .. import notifications
from ..models import Appeal, Report, Review
from ..states import AppealState, ReportState, ReviewState

AT_ONCE = 200
LOOK_BACK = timedelta(days=60)


def remind_reviewers() -> str:
    """Run by `runperiodic`; safe to repeat and to run beside itself. Says how many were told of."""
    return f"{_confirmations()} hidings, {_reports()} reports, {_appeals()} appeals late"


def _confirmations() -> int:
    days, today = calendar(), timezone.localdate()
    rows = Review.objects.filter(
        state=ReviewState.HIDDEN,
        confirmed_at__isnull=True,
        is_reminded=False,
        decided_at__gte=timezone.now() - LOOK_BACK,
    ).select_related("division")
    late = [
        row
        for row in rows.order_by("decided_at")[:AT_ONCE]
        if row.decided_at and today > nth_workday_after(timezone.localdate(row.decided_at), 1, days).date
    ]
    for row in late:
        with transaction.atomic():
            if Review.objects.filter(pk=row.pk, is_reminded=False).update(is_reminded=True):
                notifications.confirmation_late(row)
    return len(late)


def _reports() -> int:
    late = Report.objects.filter(state=ReportState.OPEN, due_on__lt=timezone.localdate(), is_reminded=False)
    rows = list(late.select_related("review__division").order_by("due_on", "pk")[:AT_ONCE])
    for row in rows:
        with transaction.atomic():
            if Report.objects.filter(pk=row.pk, is_reminded=False).update(is_reminded=True):
                notifications.report_late(row)
    return len(rows)


def _appeals() -> int:
    late = Appeal.objects.filter(state=AppealState.OPEN, due_on__lt=timezone.localdate(), is_reminded=False)
    rows = list(late.select_related("review__division").order_by("due_on", "pk")[:AT_ONCE])
    for row in rows:
        with transaction.atomic():
            if Appeal.objects.filter(pk=row.pk, is_reminded=False).update(is_reminded=True):
                notifications.appeal_late(row)
    return len(rows)

"""What every transition does: lock and re-read, ask who and whether, write, record."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from portal.trail.services import record

from ..models import OfficeAppraisal
from ..permissions import user_can_do
from ..selectors.process import refused_person, refused_state
from ..states import Action, State, next_state

SUBJECT_KIND = "office_appraisal"


def locked(appraisal: OfficeAppraisal) -> OfficeAppraisal:
    """The row as it is now, locked until the transaction ends."""
    rows = OfficeAppraisal.objects.select_for_update(of=("self",)).select_related("division", "unit", "round")
    return rows.get(pk=appraisal.pk)


def opened_for(appraisal: OfficeAppraisal, by: Any, action: Action) -> OfficeAppraisal:
    """The locked row, when `by` may do this here and now; PermissionDenied or Refused otherwise."""
    row = locked(appraisal)
    if not user_can_do(by, action, row):
        raise PermissionDenied(refused_person(action))
    if next_state(action, State(row.state)) is None:
        raise Refused(refused_state(action, row))
    return row


def move(
    appraisal: OfficeAppraisal,
    action: Action,
    *,
    by: Any,
    stays: bool = False,
    capacity: str = "committee",
    reason: str = "",
    detail: dict[str, Any] | None = None,
    **fields: Any,
) -> int:
    """Write `fields` and the next state of a locked row, and the trail entry, whose key is returned."""
    before = State(appraisal.state)
    after = before if stays else next_state(action, before)
    if after is None:
        raise Refused(refused_state(action, appraisal))
    for name, value in fields.items():
        setattr(appraisal, name, value)
    appraisal.state = after
    appraisal.save()
    entry = record(
        subject_kind=SUBJECT_KIND, subject_key=str(appraisal.pk), verb=action, actor=by, capacity=capacity,
        from_state=before, to_state=after, reason=reason, detail=detail,
    )  # fmt: skip
    return entry.pk


def past_day(day: date | None, not_before: date | None = None) -> date:
    """Today without one; a day to come, or before what came before, is refused."""
    today = timezone.localdate()
    day = day or today
    if day > today:
        raise Refused(_("日期不能晚于今天。"))
    if not_before is not None and day < not_before:
        raise Refused(_("日期不能早于%(day)s。") % {"day": not_before.isoformat()})
    return day


def first_day_of(appraisal: OfficeAppraisal) -> date:
    """No paper of an appraisal is older than the year before its own."""
    return date(appraisal.year - 1, 1, 1)

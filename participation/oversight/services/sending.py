"""报送、公开、归档: three dispatches in any order (X12), publication by consent and as the terms say, the archive."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.evaluations import services as evaluations
from participation.filings import services as filings
from participation.filings.models import Filing
from participation.moderation.rules import Refused

from ..models import Dispatch, OfficeAppraisal
from ..rules import DISPATCHES, missing_dispatches
from ..selectors.process import archive_obstacles, because, publicity_of, publish_obstacles, sent_to
from ..states import Action
from .moves import move, opened_for, past_day

FILING_KIND = "appraisal_result"


@transaction.atomic
def dispatch_result(
    *,
    appraisal: OfficeAppraisal,
    by: Any,
    recipient: str,
    body: str,
    sent_on: date | None = None,
    number: str = "",
    scan: UploadedFile | None = None,
) -> Filing:
    """One of the three; with the last of them the appraisal is dispatched."""
    row = opened_for(appraisal, by, Action.DISPATCH)
    if recipient not in DISPATCHES:
        raise Refused(_("请选择报送对象。"))
    sent = sent_to(row)
    if recipient in sent:
        raise Refused(because(_("已经报送过，不能重复登记。")))
    day = past_day(sent_on, row.confirmed_on)
    filing = filings.record_filing(
        kind=FILING_KIND, recipient=recipient, body=body, title=_("关于%s的结果") % row.title, division=row.division,
        by=by, sent_on=day, number=number, scan=scan,
    )  # fmt: skip
    Dispatch.objects.create(appraisal=row, recipient=recipient, filing=filing)
    is_last = not missing_dispatches([*sent, recipient])
    move(row, Action.DISPATCH, by=by, stays=not is_last, detail={"recipient": recipient, "on": day.isoformat()})
    return filing


@transaction.atomic
def confirm_dispatch_receipt(
    *, appraisal: OfficeAppraisal, by: Any, recipient: str, received_on: date | None = None, receipt: str = ""
) -> Filing:
    """登记收到: the receipt of one of the three. 备案 is not an approval: nothing waits for it."""
    row = opened_for(appraisal, by, Action.CONFIRM_RECEIPT)
    dispatch = row.dispatches.select_related("filing").filter(recipient=recipient).first()
    if dispatch is None:
        raise Refused(_("还没有报送，不能登记收到。"))
    filing = filings.confirm_receipt(filing=dispatch.filing, by=by, received_on=received_on, receipt=receipt)
    move(row, Action.CONFIRM_RECEIPT, by=by, detail={"recipient": recipient})
    return filing


@transaction.atomic
def record_consent(*, appraisal: OfficeAppraisal, by: Any, on: date | None, number: str) -> OfficeAppraisal:
    """街道党工委研究同意公开: the day and the number of the paper, nothing of what was said."""
    row = opened_for(appraisal, by, Action.RECORD_CONSENT)
    number = number.strip()
    if not number:
        raise Refused(because(_("请填写街道党工委同意公开的文号。")))
    if len(number) > 60:
        raise Refused(_("不能超过%d字。") % 60)
    day = past_day(on, row.confirmed_on)
    move(row, Action.RECORD_CONSENT, by=by, consent_on=day, consent_number=number, detail={"on": day.isoformat()})
    return row


@transaction.atomic
def publish_result(*, appraisal: OfficeAppraisal, by: Any) -> OfficeAppraisal:
    """As the terms of the day say: the class with its counts, or the class alone. Under five answers: Refused."""
    row = opened_for(appraisal, by, Action.PUBLISH_RESULT)
    if obstacles := publish_obstacles(row):
        raise Refused(because("".join(obstacles)))
    publication = evaluations.publish_round(round_=row.rating_round, by=by, shows_counts=publicity_of(row).shows_counts)
    move(row, Action.PUBLISH_RESULT, by=by, publication=publication, detail={"shows_counts": publication.shows_counts})
    return row


@transaction.atomic
def archive_appraisal(*, appraisal: OfficeAppraisal, by: Any, note: str = "") -> OfficeAppraisal:
    """Never before all three dispatches, whatever the state says; without publication where that may not be."""
    row = opened_for(appraisal, by, Action.ARCHIVE)
    if obstacles := archive_obstacles(row):
        raise Refused(because("".join(obstacles)))
    move(row, Action.ARCHIVE, by=by, archived_on=timezone.localdate(), archive_note=note.strip()[:200])
    return row

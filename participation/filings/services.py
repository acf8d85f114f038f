"""The verbs of a filing. Owners call them after asking their own permissions and holding their own row."""

import secrets
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.moderation.photos import reencoded
from participation.moderation.rules import Refused
from portal.jurisdictions.models import Division
from portal.trail.services import record

from .models import Filing, Recipient

SUBJECT_KIND = "filing"
MAX_BYTES = 15 * 1024 * 1024
PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF")


@transaction.atomic
def record_filing(
    *,
    kind: str,
    recipient: str,
    body: str,
    title: str,
    division: Division,
    by: Any,
    sent_on: date | None = None,
    number: str = "",
    scan: UploadedFile | None = None,
) -> Filing:
    """报送: sent, whether or not a receipt has come back. Raises Refused."""
    body, day = body.strip(), sent_on or timezone.localdate()
    if recipient not in Recipient.values:
        raise Refused(_("请选择报送对象。"))
    if not body:
        raise Refused(_("请填写收文单位。"))
    if day > timezone.localdate():
        raise Refused(_("报送日期不能晚于今天。"))
    paper = checked_paper(scan) if scan else None
    filing = Filing(
        kind=kind, recipient=recipient, body=body[:60], title=title[:200], division=division, sent_on=day,
        number=number.strip()[:60], by=by,
    )  # fmt: skip
    if paper is not None:
        filing.scan.save(str(paper.name), paper, save=False)
    filing.save()
    record(
        subject_kind=SUBJECT_KIND, subject_key=str(filing.pk), verb="send", actor=by, capacity="staff",
        detail={"kind": kind, "recipient": recipient, "sent_on": day.isoformat()},
    )  # fmt: skip
    return filing


@transaction.atomic
def confirm_receipt(*, filing: Filing, by: Any, received_on: date | None = None, receipt: str = "") -> Filing:
    """收到: once. It says that the document arrived, not that anybody agreed to it."""
    row = Filing.objects.select_for_update().get(pk=filing.pk)
    day = received_on or timezone.localdate()
    if row.received_on is not None:
        raise Refused(_("收到情况已经登记，不能再改。"))
    if not row.sent_on <= day <= timezone.localdate():
        raise Refused(_("收到日期应在报送日期和今天之间。"))
    row.received_on, row.receipt = day, receipt.strip()[:60]
    row.save(update_fields=["received_on", "receipt"])
    record(
        subject_kind=SUBJECT_KIND, subject_key=str(row.pk), verb="receive", actor=by, capacity="staff",
        detail={"received_on": day.isoformat()},
    )  # fmt: skip
    return row


def checked_paper(upload: UploadedFile, *, is_pdf_only: bool = False) -> ContentFile:
    """A paper under a name of our own: a PDF as it is, a picture stored anew without what the camera wrote into it."""
    if not upload.size:
        raise Refused(_("文件是空的，请重新选择。"))
    if upload.size > MAX_BYTES:
        raise Refused(_("文件不能超过%dMB。") % (MAX_BYTES // 1024 // 1024))
    name = secrets.token_hex(16)
    start = upload.read(12)
    upload.seek(0)
    if start.startswith(b"%PDF-"):
        return ContentFile(upload.read(), name=f"{name}.pdf")
    if is_pdf_only:
        raise Refused(_("只接受PDF文件。"))
    if not start.startswith(PICTURES) and start[4:8] != b"ftyp":  # a phone's own format is told apart in `reencoded`
        raise Refused(_("这个文件不是PDF，也不是JPG、PNG图片（只改后缀名不行）。请重新选一个。"))
    picture, _thumbnail, _size = reencoded(upload)
    return ContentFile(picture, name=f"{name}.jpg")

"""The desk of staff: a page that has grown old, the paper behind a proxy entry, and who looked up a phone number."""

import io
import secrets
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from participation.moderation.rules import Refused
from portal.trail.services import record

from ..models import LedgerItem, LedgerScan
from ..permissions import user_can_enter_for_unit, user_can_view_contact
from ..selectors.desk import LOOKED, version_of
from .assigning import past_day
from .moves import SUBJECT_KIND, locked

MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 64_000_000
LONG_SIDE = 3000


def check_version(*, item: LedgerItem, version: str) -> LedgerItem:
    """The locked row, when nothing happened to it since the page was shown. Call it inside the transaction of the
    step itself; Refused otherwise, so that nobody overwrites what another has just written."""
    row = locked(item)
    if version != version_of(row):
        raise Refused(_("您打开页面之后，这一件有了新的办理记录。请先看“经过”，核对后再提交，您填写的内容都还在。"))
    return row


@transaction.atomic
def attach_scan(*, item: LedgerItem, by: Any, upload: UploadedFile, action: str, on: date) -> LedgerScan:
    """The unit's paper: PDF, JPG or PNG. A picture is stored anew, without what the camera wrote into it."""
    row = locked(item)
    if not user_can_enter_for_unit(by, row):
        raise PermissionDenied
    day = past_day(on, None)
    content, kind = _checked(upload)
    scan = LedgerScan(item=row, kind=kind, name=_plain(str(upload.name)), action=action, on=day, by=by)
    scan.file.save(f"{secrets.token_hex(16)}.{'pdf' if kind == LedgerScan.Kind.PDF else 'jpg'}", ContentFile(content))
    return scan


def _plain(name: str) -> str:
    return "".join(letter for letter in name if letter.isprintable())[-120:] or "scan"


def checked_scan(upload: UploadedFile) -> tuple[bytes, str]:
    """(content, suffix of the file) of a paper of another kind, by the same rules."""
    content, kind = _checked(upload)
    return content, "pdf" if kind == LedgerScan.Kind.PDF else "jpg"


def _checked(upload: UploadedFile) -> tuple[bytes, str]:
    if not upload.size:
        raise Refused(_("文件是空的，请重新选择。"))
    if upload.size > MAX_BYTES:
        raise Refused(_("文件不能超过%dMB。") % (MAX_BYTES // 1024 // 1024))
    content = upload.read()
    if content[:5] == b"%PDF-":
        return content, LedgerScan.Kind.PDF.value
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as probe:
            width, height = probe.size
            if width * height > MAX_PIXELS:
                raise Refused(_("图片尺寸过大，请缩小后再上传。"))
            probe.draft("RGB", (LONG_SIDE, LONG_SIDE))
            picture = ImageOps.exif_transpose(probe).convert("RGB")
    except Refused:
        raise
    except Exception as error:  # Pillow raises many kinds on hostile bytes; none may become a 500
        raise Refused(_("只接受PDF、JPG、PNG格式的扫描件，请检查文件是否完整。")) from error
    picture.thumbnail((LONG_SIDE, LONG_SIDE))
    clean = Image.new("RGB", picture.size)
    clean.paste(picture)
    buffer = io.BytesIO()
    clean.save(buffer, "JPEG", quality=80, optimize=True)
    return buffer.getvalue(), LedgerScan.Kind.JPEG.value


@transaction.atomic
def record_contact_view(*, item: LedgerItem, by: Any) -> None:
    """Who looked up the proposers' names and phones, and when."""
    if not user_can_view_contact(by, item):
        raise PermissionDenied
    record(subject_kind=SUBJECT_KIND, subject_key=item.reference, verb=LOOKED, actor=by, capacity="staff")


def record_sheet(*, by: Any, rows: int, file_format: str) -> None:
    """Who took the ledger out of the house, and how long it was."""
    detail = {"rows": rows, "format": file_format}
    record(subject_kind="ledger", subject_key="export", verb="export", actor=by, capacity="staff", detail=detail)

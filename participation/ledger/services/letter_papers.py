"""The paper of a letter: who received it, the scan of the sealed copy, and whether the public may read that scan."""

import secrets
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused

from ..models import Assignment, Letter, LetterItem
from ..permissions import works_for
from ..rules.letters import LetterAction, LetterState
from ..selectors.letters import is_all_readable
from ..states import State
from .assigning import enter_receipt, past_day
from .letter_moves import (
    locked_letter,
    move_letter,
    opened_letter,
    record_letter,
    require_letter_move,
    user_can_write_letters,
)
from .moves import locked
from .scanning import checked_scan

OUT = (LetterState.ISSUED, LetterState.RECEIVED)


@transaction.atomic
def receive_letter(
    *,
    letter: Letter,
    by: Any,
    receiver_name: str,
    on: date | None = None,
    is_proxy: bool = False,
    slip: UploadedFile | None = None,
) -> Letter:
    """签收 by the unit, or entered by the committee from the unit's signed slip, whose scan is asked for (由工委代录).

    Every assignment that the letter carries is thereby signed for, where the unit has not done so already.
    """
    row = locked_letter(letter)
    allowed = user_can_write_letters(by, row.division) if is_proxy else works_for(by, row.unit_id)
    if not allowed:
        who = _("人大街道工委") if is_proxy else row.unit.name
        raise PermissionDenied(_("公文的签收由%s办理，您的账号不能办这一步。") % who)
    require_letter_move(row, LetterAction.RECEIVE)
    if not receiver_name.strip():
        raise Refused(_("请填写签收人。"))
    day = past_day(on, row.issued_on)
    if is_proxy:
        if slip is None:
            raise Refused(_("请上传单位盖章的签收回执扫描件，代录以它为准。"))
        content, suffix = checked_scan(slip)
        row.receipt.save(f"{secrets.token_hex(16)}.{suffix}", ContentFile(content), save=False)
    move_letter(
        row,
        LetterAction.RECEIVE,
        by,
        capacity="proxy" if is_proxy else "unit",
        received_on=day,
        receiver_name=receiver_name.strip()[:60],
        is_proxy=is_proxy,
    )
    for line in row.lines.filter(assignment__state=Assignment.State.SENT).select_related("item"):
        _sign_for(line, row, by, day)
    return row


def _sign_for(line: LetterItem, letter: Letter, by: Any, day: date) -> None:
    item = locked(line.item)
    if item.state != State.ASSIGNED or item.unit_id != letter.unit_id:
        return
    starts_on = item.leg_started_on or day
    enter_receipt(item, by, max(day, starts_on), is_proxy=letter.is_proxy)


@transaction.atomic
def attach_letter_scan(
    *, letter: Letter, by: Any, upload: UploadedFile, sealed_on: date, is_scan_public: bool = False
) -> Letter:
    """The sealed paper: the official copy. The portal draws no seal. Another paper is looked at anew before it is
    public."""
    row = opened_letter(letter, by)
    if row.state not in OUT:
        raise Refused(_("印发后上传盖章扫描件。"))
    if is_scan_public:
        _require_readable(row)
    content, suffix = checked_scan(upload)
    row.sealed_on = past_day(sealed_on, None)
    row.scan.save(f"{secrets.token_hex(16)}.{suffix}", ContentFile(content), save=False)
    row.is_scan_public = is_scan_public
    row.save(update_fields=["scan", "sealed_on", "is_scan_public"])
    detail = {"sealed_on": row.sealed_on.isoformat(), "is_public": is_scan_public}
    record_letter(row, "attach_letter_scan", by, detail)
    return row


@transaction.atomic
def show_letter_scan(*, letter: Letter, by: Any, is_public: bool) -> Letter:
    """公开扫描件, or take it from the public again; never where one of its matters is not public."""
    row = opened_letter(letter, by)
    if row.state not in OUT or not row.scan:
        raise Refused(_("还没有盖章扫描件。"))
    if is_public:
        _require_readable(row)
    row.is_scan_public = is_public
    row.save(update_fields=["is_scan_public"])
    record_letter(row, "show_letter_scan" if is_public else "withdraw_letter_scan", by)
    return row


def _require_readable(row: Letter) -> None:
    if not is_all_readable(row):
        raise Refused(_("附表里有不公开的事项，扫描件不能公开。"))

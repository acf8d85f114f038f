"""留言: what a visitor does."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from portal.idempotency.services import fingerprint, once
from portal.jurisdictions.selectors import term
from portal.numbering.services import draw
from portal.trail.services import record as record_step
from portal.workdays.rules import add_days
from portal.workdays.selectors import calendar

from .. import notifications
from ..models import DeputyMessage, DeputyQrCode
from ..rules.naming import BODY_LENGTH, NAME_LENGTH, format_number, message_series, says_something
from ..states import Action, State
from .moves import SUBJECT_KIND, words


def leave_message(
    *, code: DeputyQrCode, form_key: str, body: str, name: str = "", phone: str = "", sender: Any = None
) -> str:
    """The number of the message; exactly one per `form_key` (double click, reload, back).

    `phone` was proved by a code, or `sender` is a verified account. Raises Refused for a revoked code, for words that
    say nothing, and where neither is there (后台实名).
    """
    body = words(body, BODY_LENGTH, _("请写下您要说的话。"))
    name = " ".join(name.split())[:NAME_LENGTH]
    if not says_something(body):
        raise Refused(_("请写清楚要说的事，至少四个字。"))
    if sender is None and not phone:
        raise Refused(_("请填写手机号，用来核实和告知结果。"))
    content = {"code": code.pk, "body": body, "name": name, "phone": phone, "sender": sender and sender.pk}

    def action() -> str:
        return _create(code, body=body, name=name, phone=phone, sender=sender).number

    return once(key=form_key, scope="messages.leave", fingerprint=fingerprint(content), action=action).result


def due_day(division: Any, since: date) -> date:
    """By when the first word is due: message_answer_days later, or the next working day (domain.md 2.1)."""
    return add_days(since, int(term(division, "message_answer_days")), calendar()).date


def _create(code: DeputyQrCode, *, body: str, name: str, phone: str, sender: Any) -> DeputyMessage:
    rows = DeputyQrCode.objects.select_for_update(of=("self",)).select_related("division", "station", "deputy__user")
    row = rows.get(pk=code.pk)
    if not row.is_valid or (row.deputy is not None and not row.deputy.is_in_office):
        raise Refused(_("这个码已经停用，请从联络站的页面留言，或打电话联系。"))
    now, division = timezone.now(), row.division
    series = message_series(division.nine_digits, timezone.localdate(now).year)
    number = format_number(series, draw(series=series))
    message = DeputyMessage.objects.create(
        number=number, last_six=number[-6:], code=row, station=row.station, deputy=row.deputy, division=division,
        body=body, name=name, phone="" if sender else phone, sender=sender, created_at=now,
        due_on=due_day(division, timezone.localdate(now)),
    )  # fmt: skip
    record_step(
        subject_kind=SUBJECT_KIND, subject_key=number, verb=Action.LEAVE, actor=sender, capacity="visitor",
        to_state=State.RECEIVED, detail={"to": "station" if row.station_id else "deputy"},
    )  # fmt: skip
    notifications.received(message)
    return message

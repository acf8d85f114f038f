"""A visitor without an account proves the phone at the very end: the words wait, sealed, until the code comes back."""

import json
import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from portal.encryption.services import keyed_digest, keyed_digests
from portal.gate.services import allow_named
from portal.outbox.backends.base import ChannelUnavailable, NotSent
from portal.outbox.services import send_code_now

from ..models import DeputyQrCode, MessageDraft
from ..rules.codes import CODE_DIGITS, CODE_MINUTES, as_code, may_be_tried, seconds_to_wait
from .leaving import leave_message

KEPT_HOURS = 24
PURPOSE = "message-code"


class CodeNotSent(Exception):
    """The text message could not leave; what was typed is kept. The text is shown as it is."""


class WrongCode(Exception):
    """Not the code that was sent, or it is over."""


def keep_draft(*, code: DeputyQrCode, key: str, content: dict[str, Any]) -> MessageDraft:
    """`content` (body, name, phone) under the form key. Another phone than before ends the code that was sent."""
    draft = MessageDraft.objects.filter(key=key).first()
    if draft is None:
        draft = MessageDraft(key=key, code=code)
    elif draft.code_id != code.pk or draft_content(draft).get("phone") != content["phone"]:
        draft.code, draft.proof, draft.sent_at, draft.tries = code, "", None, 0
    draft.content = json.dumps(content, ensure_ascii=False)
    draft.save()
    return draft


def draft_content(draft: MessageDraft) -> dict[str, str]:
    content: dict[str, str] = json.loads(draft.content)
    return content


def send_phone_code(*, draft: MessageDraft) -> None:
    """A code of six digits by text message; no second one within a minute, few per number and hour.

    Raises Refused when it is too soon or too often, CodeNotSent when no text message can leave.
    """
    phone = draft_content(draft)["phone"]
    with transaction.atomic():
        row = MessageDraft.objects.select_for_update().get(pk=draft.pk)
        age = (timezone.now() - row.sent_at).total_seconds() if row.sent_at else None
        if left := seconds_to_wait(age_seconds=age):
            raise Refused(_("验证码刚刚发出，请过%d秒再要一次。") % left)
        if not allow_named("message_code", keyed_digest(phone, PURPOSE).hex()):
            raise Refused(_("这个手机号要验证码的次数太多，请过一小时再试，或打电话联系联络站。"))
        code = as_code(secrets.randbelow(10**CODE_DIGITS))
        row.proof = keyed_digest(f"{row.key}:{phone}:{code}", PURPOSE).hex()
        row.sent_at, row.tries = timezone.now(), 0
        row.save(update_fields=["proof", "sent_at", "tries"])
    try:
        send_code_now(channel="sms", address=phone, code=code, purpose="verify", minutes=CODE_MINUTES)
    except (ChannelUnavailable, NotSent) as error:
        MessageDraft.objects.filter(pk=draft.pk).update(proof="", sent_at=None)
        raise CodeNotSent(
            _("验证码暂时发不出去，您写的内容已保存一天。请过几分钟再试，或打电话联系联络站。")
        ) from error


def prove_phone(*, draft: MessageDraft, typed: str) -> str:
    """The number of the message that the right code hands in. Wrong tries count, one after the other; the right code
    pressed many times at once does not use them up.

    Raises WrongCode; Refused as `leave_message` does.
    """
    with transaction.atomic():
        row = MessageDraft.objects.select_for_update().get(pk=draft.pk)
        age = (timezone.now() - row.sent_at).total_seconds() if row.sent_at else -1
        is_open = bool(row.proof) and may_be_tried(age_seconds=age, tries=row.tries)
        content = draft_content(row)
        proofs = [each.hex() for each in keyed_digests(f"{row.key}:{content['phone']}:{typed}", PURPOSE)]
        matches = [constant_time_compare(row.proof, each) for each in proofs]  # all of them, in the same time
        is_right = any(matches)
        if not (is_open and is_right):
            MessageDraft.objects.filter(pk=row.pk).update(tries=F("tries") + 1)
    if not is_open:
        raise WrongCode(_("这个验证码已经过期或试错太多次，请重新获取。"))
    if not is_right:
        raise WrongCode(_("验证码不对，请再看一遍短信。"))
    number = leave_message(
        code=row.code, form_key=row.key, body=content["body"], name=content["name"], phone=content["phone"]
    )
    MessageDraft.objects.filter(pk=row.pk).delete()
    return number


def forget_stale_drafts() -> str:
    """Periodic: what was not handed in within a day goes."""
    limit = timezone.now() - timedelta(hours=KEPT_HOURS)
    count, _kinds = MessageDraft.objects.filter(created_at__lt=limit).delete()
    return f"deleted {count} unsent messages"

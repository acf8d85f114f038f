"""What becomes of a message: passed on to a deputy, answered, opened in the ledger or as a proposal, shown the right
address."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from liaison_stations.deputies.models import Deputy
from liaison_stations.records.rules.diversion import CHANNELS
from liaison_stations.records.rules.recording import names_the_visitor, words_never_said
from participation.ledger.models import Party, Source
from participation.ledger.services import NewItem, NewParty, open_item
from participation.moderation.rules import Refused
from participation.proposals.models import Channel
from participation.proposals.services import enter_for_resident
from portal.follows.services import follow
from portal.trail.services import record as record_step
from portal.wording.selectors import word_hits
from portal.wording.services import mask

from .. import notifications
from ..models import DeputyMessage
from ..permissions import user_can_answer_message, user_can_handle_message, user_can_view_messages, user_is_addressee
from ..rules.naming import ANSWER_LENGTH, BODY_LENGTH, REASON_LENGTH, TITLE_LENGTH
from ..selectors import deputies_for
from ..states import Action
from .moves import SUBJECT_KIND, locked, move, require, words
from .telling import tell_sender

BATCH, REMINDED_AHEAD = 200, timedelta(days=3)


def _opened_for_desk(message: DeputyMessage, by: Any, action: Action) -> DeputyMessage:
    row = locked(message)
    if not user_can_handle_message(by, row):
        raise PermissionDenied(_("您没有这个联络站的权限。"))
    require(row, action)
    return row


@transaction.atomic
def pass_message_on(*, message: DeputyMessage, by: Any, deputy: Deputy) -> DeputyMessage:
    """转给代表: a deputy in office who serves here answers in place of the desk. The day of the answer stays."""
    row = _opened_for_desk(message, by, Action.PASS_ON)
    if deputy not in deputies_for(row):
        raise Refused(_("请选择本地在任的代表；已经转给的不用再转。"))
    move(row, Action.PASS_ON, by=by, capacity="staff", passed_to=deputy, detail={"deputy": deputy.pk})
    notifications.passed_on(row)
    return row


@transaction.atomic
def answer_message(*, message: DeputyMessage, by: Any, kind: str, text: str) -> DeputyMessage:
    """答复: 已反映 or 已转办 and the words, by the deputy or by the desk for the deputy. Never 已解决 (代表法 31)."""
    row = locked(message)
    if not user_can_answer_message(by, row):
        raise PermissionDenied(_("您没有权限答复这条留言。"))
    require(row, Action.ANSWER)
    is_deputy = user_is_addressee(by, row)
    move(
        row, Action.ANSWER, by=by, capacity="deputy" if is_deputy else "staff", detail={"kind": kind},
        **_answer(kind, text, by=by, is_deputy=is_deputy),
    )  # fmt: skip
    tell_sender(row)
    return row


def _answer(kind: str, text: str, *, by: Any, is_deputy: bool) -> dict[str, Any]:
    if kind not in DeputyMessage.AnswerKind.values:
        raise Refused(_("请选择“已反映”或“已转办”。"))
    text = words(text, ANSWER_LENGTH, _("请写明向谁反映、转给哪里。"))
    if found := words_never_said(text):
        raise Refused(_("代表答复写已反映、已转办，不写“%s”。") % found[0])
    return {
        "answer_kind": kind, "answer": text, "answered_at": timezone.now(), "answered_by": by,
        "is_answered_by_deputy": is_deputy,
    }  # fmt: skip


@transaction.atomic
def open_message_as_item(*, message: DeputyMessage, by: Any, title: str, summary: str = "") -> DeputyMessage:
    """转入台账. `title` and `summary` are what the public reads; the sender becomes a party and hears of the outcome,
    the deputy follows the item. The sender's first word is then 已转办 with its number."""
    row = _opened_for_desk(message, by, Action.OPEN_ITEM)
    title = _for_the_public(row, words(title, TITLE_LENGTH, _("请填写台账事项的公开标题。")))
    summary = _for_the_public(row, words(summary, BODY_LENGTH, "")) if summary.strip() else ""
    party = NewParty(
        user=row.sender, name="" if row.sender else row.name, phone="" if row.sender else row.phone,
        capacity=Party.Capacity.VISITOR.value, added_by=by,
    )  # fmt: skip
    item = open_item(
        new=NewItem(
            source=Source.MESSAGE.value, source_kind=SUBJECT_KIND, source_key=row.number, division=row.division,
            title=title, summary=summary, raised_on=timezone.localdate(row.created_at), parties=(party,),
        ),
        by=by,
    )  # fmt: skip
    fields: dict[str, Any] = {}
    if not row.answer:
        text = _("已转有关单位办理，台账编号%s，进展可以在台账里查看。") % item.reference
        fields = _answer(DeputyMessage.AnswerKind.TRANSFERRED.value, text, by=by, is_deputy=False)
    move(row, Action.OPEN_ITEM, by=by, capacity="staff", detail={"item": item.reference}, item=item, **fields)
    _followed_by_deputy(row, "ledger_item", item.reference)
    tell_sender(row)
    return row


@transaction.atomic
def open_message_as_proposal(
    *, message: DeputyMessage, by: Any, body: str, has_agreed: bool, title: str = ""
) -> DeputyMessage:
    """作为居民建议提出, for the sender and only with their word: a message is not public, a proposal is. From here on
    it is reviewed, masked and handled as any proposal is."""
    row = _opened_for_desk(message, by, Action.PROPOSE)
    if not has_agreed:
        raise Refused(_("建议会公开办理，先征得留言人同意。"))
    proposal = enter_for_resident(
        by=by, form_key=f"message-{row.number}", division=row.division,
        body=words(body, BODY_LENGTH, _("请填写建议内容。")), title=title.strip(), channel=Channel.ONLINE.value,
        name=row.name, phone=row.phone, received_on=timezone.localdate(row.created_at),
    ).proposal  # fmt: skip
    fields: dict[str, Any] = {}
    if not row.answer:
        text = _("已作为居民建议提出，建议编号%s，审核、办理的进展可以凭编号查询。") % proposal.number
        fields = _answer(DeputyMessage.AnswerKind.TRANSFERRED.value, text, by=by, is_deputy=False)
    move(
        row, Action.PROPOSE, by=by, capacity="staff", detail={"proposal": proposal.number}, proposal=proposal, **fields
    )
    if row.sender is not None:
        follow(user=row.sender, subject_kind="proposal", subject_key=proposal.number)
    _followed_by_deputy(row, "proposal", proposal.number)
    tell_sender(row)
    return row


def _followed_by_deputy(row: DeputyMessage, kind: str, key: str) -> None:
    deputy = row.answering_deputy
    if deputy is not None and deputy.user is not None:
        follow(user=deputy.user, subject_kind=kind, subject_key=key)


def _for_the_public(row: DeputyMessage, text: str) -> str:
    """Masked as everything is that staff write for the public; a listed word or the sender's name is sent back."""
    if names_the_visitor(row.name, text):
        raise Refused(_("公开的标题和内容里不能写留言人的姓名。"))
    if hits := [hit for hit in word_hits(text) if hit.level != "note"]:
        raise Refused(_("公开的标题和内容里有“%s”，请改写。") % hits[0].word)
    return mask(text).text


@transaction.atomic
def divert_message(*, message: DeputyMessage, by: Any, channel: str, reason: str = "") -> DeputyMessage:
    """Litigation, petition, crime, discipline: the right address is given."""
    row = _opened_for_desk(message, by, Action.DIVERT)
    if channel not in CHANNELS:
        raise Refused(_("请选择告知的渠道。"))
    move(
        row, Action.DIVERT, by=by, capacity="staff", diverted_to=channel, reason=reason.strip()[:REASON_LENGTH],
        detail={"channel": channel},
    )  # fmt: skip
    tell_sender(row, CHANNELS[channel])
    return row


@transaction.atomic
def reject_message(*, message: DeputyMessage, by: Any, reason: str) -> DeputyMessage:
    """不予受理 (advertising, insults): with a reason that the sender reads."""
    row = _opened_for_desk(message, by, Action.REJECT)
    move(row, Action.REJECT, by=by, capacity="staff", reason=words(reason, REASON_LENGTH, _("请填写理由。")))
    tell_sender(row)
    return row


@transaction.atomic
def view_contact(*, message: DeputyMessage, by: Any) -> DeputyMessage:
    """The phone is read for a reason: the trail keeps who looked."""
    if not user_can_view_messages(by, message.division):
        raise PermissionDenied(_("您没有这个联络站的权限。"))
    record_step(subject_kind=SUBJECT_KIND, subject_key=message.number, verb="view_contact", actor=by, capacity="staff")
    return message


def remind_of_due_messages() -> int:
    """Periodic: whoever has not answered is reminded once three days ahead, and once when the day is over."""
    today, waiting = timezone.localdate(), DeputyMessage.objects.waiting()
    ahead = waiting.filter(due_on__range=(today, today + REMINDED_AHEAD), reminded_at=None)
    late = waiting.overdue(today).filter(overdue_told_at=None)
    return _remind(ahead, "reminded_at", is_overdue=False) + _remind(late, "overdue_told_at", is_overdue=True)


def _remind(rows: Any, field: str, *, is_overdue: bool) -> int:
    reminded = 0
    for found in rows.order_by("pk")[:BATCH]:
        with transaction.atomic():
            row = locked(found)
            if not row.is_waiting or getattr(row, field) is not None:
                continue
            setattr(row, field, timezone.now())
            row.save(update_fields=[field])
            notifications.due(row, is_overdue=is_overdue)
            reminded += 1
    return reminded

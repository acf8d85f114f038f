"""What every step does: lock and re-read, ask whether, write, record."""

from typing import Any

from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from portal.trail.services import record as record_step

from ..models import STATE_LABELS, DeputyMessage
from ..states import Action, State, next_state

SUBJECT_KIND = "deputy_message"


def locked(message: DeputyMessage) -> DeputyMessage:
    """The row as it is now, locked until the transaction ends; always before its ledger item."""
    rows = DeputyMessage.objects.select_for_update(of=("self",)).select_related(
        "division",
        "station",
        "deputy__user",
        "deputy__congress",
        "passed_to__user",
        "passed_to__congress",
        "sender",
        "item",
        "proposal",
    )
    found: DeputyMessage = rows.get(pk=message.pk)
    return found


def require(message: DeputyMessage, action: Action) -> State:
    state = next_state(action, State(message.state))
    if state is None:
        raise Refused(_("这条留言现在是“%s”，不能办理这一步。") % STATE_LABELS[State(message.state)])
    return state


def move(
    message: DeputyMessage,
    action: Action,
    *,
    by: Any,
    capacity: str,
    detail: dict[str, Any] | None = None,
    **fields: Any,
) -> None:
    """Write `fields` and the next state of a locked row, and the trail entry. Never words, names or phones."""
    before, after = State(message.state), require(message, action)
    for name, value in fields.items():
        setattr(message, name, value)
    message.state = after.value
    message.save()
    record_step(
        subject_kind=SUBJECT_KIND, subject_key=message.number, verb=action, actor=by, capacity=capacity,
        from_state=before, to_state=after, detail=detail,
    )  # fmt: skip


def words(text: str, length: int, missing: str) -> str:
    text = text.strip().replace("\r\n", "\n")
    if not text:
        raise Refused(missing)
    if len(text) > length:
        raise Refused(_("不能超过%d字。") % length)
    return text

"""What happened to an item, in the words of its public page."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from liaison_stations.deputies.models import Level
from participation.evaluations.states import Channel
from portal.trail.selectors import history_of
from portal.workdays.rules import day_in_words

from ..models import ACTION_LABELS, Contact, LedgerItem, Letter
from ..rules.letters import LetterAction
from ..states import Action
from .letters import letter_entries

# verb of the trail -> kind of the timeline's mark; what is not here stays inside
PUBLIC_VERBS = {
    Action.OPEN: "",
    Action.IMPORT: "",
    Action.ASSIGN: "official",
    Action.SIGN_FOR: "",
    Action.RETURN: "due",
    Action.ADD_CO_UNIT: "",
    Action.CO_REPLY: "",
    Action.NOTE_PROGRESS: "",
    Action.CONTACT: "",
    Action.REQUEST_EXTENSION: "due",
    Action.APPROVE_EXTENSION: "due",
    Action.REFUSE_EXTENSION: "",
    Action.PAUSE: "due",
    Action.RESUME: "",
    Action.SIGN_REPLY: "official",
    Action.CORRECT_REPLY: "due",
    Action.FEED_BACK: "",
    Action.COMPLETE: "ok",
    Action.RATE: "",
    Action.ASK_AGAIN: "",
    Action.START_REWORK: "due",
    Action.REFER: "due",
    Action.DECIDE_REWORK: "official",
    Action.DECIDE_TO_KEEP: "official",
    Action.DELIVER_COMMITMENT: "ok",
    Action.WITHDRAW_COMMITMENT: "due",
    Action.CLOSE_OFF: "ok",
    Action.OBJECT: "due",
    Action.ACCEPT_OBJECTION: "official",
    Action.REFUSE_OBJECTION: "official",
    Action.SUGGEST: "official",
    Action.ASK_MORE: "",
    Action.PROPOSE: "official",
    Action.CONCLUDE: "official",
    Action.HAND_TO_HOTLINE: "official",
    Action.RECORD_REPLY: "official",
    Action.TAKE_BACK: "due",
    Action.DECIDE_TO_ROUTE: "official",
    Action.REOPEN: "official",
    Action.TAKE_UP: "official",
    Action.RECEIVE_IMPORTED_REPLY: "",
}
_REASON_IS_PUBLIC = frozenset(
    {
        Action.RETURN, Action.REQUEST_EXTENSION, Action.APPROVE_EXTENSION, Action.REFUSE_EXTENSION, Action.PAUSE,
        Action.RESUME, Action.DECIDE_REWORK, Action.DECIDE_TO_KEEP, Action.DELIVER_COMMITMENT,
        Action.WITHDRAW_COMMITMENT, Action.CLOSE_OFF, Action.ACCEPT_OBJECTION, Action.REFUSE_OBJECTION,
        Action.HAND_TO_HOTLINE, Action.TAKE_BACK, Action.DECIDE_TO_ROUTE, Action.REOPEN,
    }
)  # fmt: skip
_OF_UNIT = frozenset({"unit", "unit_head", "proxy"})
_CAPACITIES = {
    "committee": _("人大街道工委"),
    "director": _("人大街道工委主任"),
    "unit": _("承办单位"),
    "unit_head": _("承办单位负责人"),
    "proxy": _("承办单位"),
    "resident": _("居民"),
    "party": _("提出人"),
    "deputy": _("人大代表"),
}
_DAYS = ("assigned_on", "signed_on", "completed_on", "on")


def public_timeline(item: LedgerItem, *, sees_all: bool, letters: Sequence[Letter] = ()) -> list[dict[str, Any]]:
    """Oldest first, one query, and one more for `letters`. Of a confidential item anyone may read what happened and
    when, nothing else."""
    is_open_to_read = item.is_readable or sees_all
    unit = ""
    timeline: list[tuple[int, dict[str, Any]]] = []
    for entry in history_of("ledger_item", item.reference):
        if entry.verb not in PUBLIC_VERBS:
            continue
        action, detail = Action(entry.verb), entry.detail or {}
        if action == Action.ASSIGN:
            unit = str(detail.get("unit", ""))
        lines = _lines(action, entry, detail, unit) if is_open_to_read else []
        line = {
            "when": entry.at,
            "title": _title(action, detail),
            "kind": PUBLIC_VERBS[action],
            "actor": _actor(action, entry.capacity, unit if is_open_to_read else ""),
            "body": "\n".join(lines),
        }
        timeline.append((entry.pk, line))
    timeline += [(entry.pk, _letter_line(entry, letter)) for entry, letter in letter_entries(letters)]
    return [line for _key, line in sorted(timeline, key=lambda pair: pair[0])]


def _letter_line(entry: Any, letter: Letter) -> dict[str, Any]:
    is_void = entry.verb == LetterAction.VOID
    words = gettext("%s作废") if is_void else gettext("印发%s")
    lines = [letter.number] if is_void else [letter.number, gettext("主送：%s") % letter.unit.name]
    if not is_void and letter.issued_on and letter.issued_on != timezone.localdate(entry.at):
        lines.append(gettext("日期：%s（补录）") % day_in_words(letter.issued_on))
    return {
        "when": entry.at,
        "title": words % letter.name,
        "kind": "due" if is_void else "official",
        "actor": str(_CAPACITIES["committee"]),
        "body": "\n".join(lines),
    }


def _title(action: Action, detail: dict[str, Any]) -> str:
    label = str(ACTION_LABELS[action])
    if action == Action.CONTACT and detail.get("way") in Contact.Way.values:
        return f"{label}（{Contact.Way(detail['way']).label}）"
    if action == Action.RATE and detail.get("channel") == Channel.PHONE:
        return f"{label}（{gettext('电话回访')}）"
    return label


def _actor(action: Action, capacity: str, unit: str) -> str:
    if action == Action.RATE:  # whoever wrote it down, the word is the proposer's
        return str(_CAPACITIES["party"])
    words = str(_CAPACITIES["deputy" if action == Action.PROPOSE else capacity] if capacity in _CAPACITIES else "")
    if action != Action.PROPOSE and capacity in _OF_UNIT and unit:
        words = unit + (gettext("负责人") if capacity == "unit_head" else "")
    return f"{words}（{gettext('由工委代录')}）" if capacity == "proxy" else words


def _lines(action: Action, entry: Any, detail: dict[str, Any], unit: str) -> list[str]:
    lines = []
    if action == Action.ASSIGN and unit:
        lines.append(gettext("承办单位：%s") % unit)
    if action in {Action.SUGGEST, Action.ASK_MORE} and detail.get("deputies"):
        level = dict(Level.choices).get(detail.get("level", ""), "")
        facts = {"count": detail["deputies"], "level": level}
        lines.append(gettext("商请%(level)s人大代表%(count)d位") % facts)
    if action == Action.PROPOSE and detail.get("number"):
        lines.append(gettext("代表建议编号：%s") % detail["number"])
    if action == Action.HAND_TO_HOTLINE and detail.get("ticket"):
        lines.append(gettext("12345工单号：%s") % detail["ticket"])
    if action in {Action.ADD_CO_UNIT, Action.CO_REPLY} and detail.get("unit"):
        lines.append(str(detail["unit"]))
    if action in {Action.REQUEST_EXTENSION, Action.APPROVE_EXTENSION} and detail.get("until"):
        lines.append(gettext("延至%s") % _day(detail["until"]))
    day = next((detail[key] for key in _DAYS if detail.get(key)), "")
    if day and day != timezone.localdate(entry.at).isoformat():
        lines.append(gettext("日期：%s（补录）") % _day(day))
    if entry.reason and action in _REASON_IS_PUBLIC:
        lines.append(entry.reason)
    return lines


def _day(text: str) -> str:
    return day_in_words(date.fromisoformat(text))

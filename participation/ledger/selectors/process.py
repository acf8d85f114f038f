"""The table of moves in words: as a public page, and in every refusal: who does a step, on what it rests, what comes
first."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.jurisdictions.clauses import binds, clause

from ..models import ACTION_LABELS, STATE_LABELS, LedgerItem
from ..rules.conditions import FACE_SOURCES
from ..states import CLAUSES, DOERS, MOVES, Action, Doer, State, actions_from, steps_before
from .clocks import terms_day

DOER_LABELS = {
    Doer.COMMITTEE: _("人大街道工委"),
    Doer.KEEPER: _("人大街道工委（由上级或12345热线办理的）"),
    Doer.DEPUTY: _("被商请的人大代表"),
    Doer.DIRECTOR: _("人大街道工委主任"),
    Doer.UNIT: _("承办单位"),
    Doer.UNIT_HEAD: _("承办单位负责人"),
    Doer.PARTY: _("提出人"),
    Doer.RESIDENT: _("核验过身份的居民"),
    Doer.SYSTEM: _("系统自动"),
}
HELPER = _("协办单位")
# these speak of the opinions of the council and of deputies only (domain.md, five things 7)
OF_OPINIONS = frozenset({"C33", "C34", "X05", "X22", "X24"})

USUAL = (
    Action.ASSIGN, Action.SIGN_FOR, Action.CONTACT, Action.SIGN_REPLY, Action.FEED_BACK, Action.COMPLETE, Action.RATE,
    Action.CLOSE_OFF,
)  # fmt: skip


def usual_path() -> list[Any]:
    """The steps of a matter of which nothing goes wrong."""
    return [ACTION_LABELS[action] for action in USUAL]


def doers_in_words(action: Action) -> str:
    if action == Action.CO_REPLY:
        return str(HELPER)
    return "、".join(str(DOER_LABELS[doer]) for doer in Doer if doer in DOERS.get(action, ()))


def process() -> list[dict[str, Any]]:
    """Every state with what may be done in it, by whom, and where it leads; straight from `states.MOVES`."""
    found = []
    for state in State:
        steps: list[dict[str, Any]] = []
        stays: list[dict[str, Any]] = []
        for action in (each for each in Action if each in actions_from(state)):
            after = MOVES[action][state]
            row = {"action": ACTION_LABELS[action], "doers": doers_in_words(action), "to": STATE_LABELS[after]}
            (stays if after == state else steps).append(row)
        found.append({"key": state.value, "label": STATE_LABELS[state], "steps": steps, "stays": stays})
    return found


def basis_in_words(action: Action, item: LedgerItem) -> str:
    """The clauses that bind this place, quoted; where none does, the portal's own public rules."""
    day = terms_day(item)
    keys = [key for key in CLAUSES.get(action, ()) if item.origin in FACE_SOURCES or key not in OF_OPINIONS]
    found = [clause(key) for key in keys]
    bound = [each for each in found if binds(each, item.division, day)]
    words = "；".join(f"《{each.document.title}》{each.section}{each.quoted}" for each in bound)
    return words or gettext("本站公开的办理流程“一件事怎样办”")


def wrong_person(action: Action, item: LedgerItem) -> str:
    """Told to whoever may not take this step: who does, and on what that rests."""
    return gettext("“%(action)s”由%(doers)s办理，您的账号不能办这一步。依据：%(basis)s。") % {
        "action": ACTION_LABELS[action],
        "doers": doers_in_words(action),
        "basis": basis_in_words(action, item),
    }


def wrong_proxy(action: Action, item: LedgerItem) -> str:
    """由工委代录 by somebody else than the committee, or of what is not a unit's to do."""
    if DOERS.get(action, frozenset()) & {Doer.UNIT, Doer.UNIT_HEAD}:
        return gettext("“由工委代录”只由人大街道工委凭承办单位的书面材料办理；“%(action)s”由%(doers)s办理。") % {
            "action": ACTION_LABELS[action],
            "doers": doers_in_words(action),
        }
    return gettext("“%s”不是承办单位的步骤，不能代录。") % ACTION_LABELS[action]


def wrong_state(action: Action, item: LedgerItem) -> str:
    """Told where the table has no such move: where the item stands, what comes first and who does it, the clause."""
    state = State(item.state)
    words = gettext("该事项当前为“%(state)s”，不能%(action)s。") % {
        "state": STATE_LABELS[state],
        "action": ACTION_LABELS[action],
    }
    before = steps_before(action, state)
    if before:
        steps = [f"{ACTION_LABELS[step]}（{doers_in_words(step)}）" for step in before]
        words += gettext("要先办：%s。") % "、".join(steps)
    return words + gettext("依据：%s。") % basis_in_words(action, item)

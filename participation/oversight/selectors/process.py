"""How an appraisal goes its way: the steps, what comes next, what stands in the way, and why something is refused."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.filings.models import Recipient
from portal.jurisdictions.clauses import clause
from portal.jurisdictions.selectors import terms_in_force

from ..models import ACTION_LABELS, STATE_LABELS, Dispatch, OfficeAppraisal
from ..rules import Publicity, missing_dispatches
from ..states import FINAL, LINE, MOVES, UNIT_ACTIONS, Action, State

STEPS = (
    (State.PLANNED, gettext_lazy("计划")),
    (State.REPORT_PUBLISHED, gettext_lazy("书面报告")),
    (State.MEETING, gettext_lazy("会议评议")),
    (State.RATING_OPEN, gettext_lazy("测评")),
    (State.RESULT_CONFIRMED, gettext_lazy("结果确认")),
    (State.DISPATCHED, gettext_lazy("报送备案")),
    (State.ARCHIVED, gettext_lazy("归档")),
)
NEXT_STEPS = {
    State.PLANNED: gettext_lazy("被评议单位提交书面报告，人大街道工委公开"),
    State.REPORT_PUBLISHED: gettext_lazy("召开评议会议，登记日期、地点和人数"),
    State.MEETING: gettext_lazy("开始无记名测评"),
    State.RATING_OPEN: gettext_lazy("测评截止后结束测评并计票"),
    State.COUNTED: gettext_lazy("由结束测评以外的人确认评议结果"),
    State.RESULT_CONFIRMED: gettext_lazy("报街道党工委和上级主管部门，向市人大常委会备案"),
    State.DISPATCHED: gettext_lazy("按口径公开评议结果，或者直接归档"),
    State.PUBLISHED: gettext_lazy("归档"),
}


def basis() -> str:
    """What the whole rests on: the clause that orders where the result goes (X12)."""
    found = clause("X12")
    return _("依据《%(document)s》%(section)s：%(quote)s") % {
        "document": str(found.document.title).strip("《》"),
        "section": found.section,
        "quote": found.quoted,
    }


def because(sentence: str) -> str:
    return f"{sentence}{basis()}"


def refused_person(action: Action) -> str:
    if action in UNIT_ACTIONS:
        return because(_("书面报告由被评议单位提交；单位不上网的，由本辖区的人大街道工委代录。"))
    return because(_("“%(action)s”由本辖区的人大街道工委办理。") % {"action": ACTION_LABELS[action]})


def refused_state(action: Action, appraisal: OfficeAppraisal) -> str:
    """Where it stands, and what must come before."""
    state, words = State(appraisal.state), {"action": ACTION_LABELS[action], "state": appraisal.get_state_display()}
    sources = [each for each in LINE if each in MOVES.get(action, {})]
    if state not in FINAL and sources and LINE.index(sources[0]) > LINE.index(state):
        if action == Action.ARCHIVE:
            return because("".join(archive_obstacles(appraisal)))
        return because(
            _("现在是“%(state)s”，还不能“%(action)s”，须先到“%(needed)s”。")
            % {**words, "needed": STATE_LABELS[sources[0]]}
        )
    return because(_("现在是“%(state)s”，不能再“%(action)s”。") % words)


def sent_to(appraisal: OfficeAppraisal) -> list[str]:
    return list(Dispatch.objects.filter(appraisal=appraisal).values_list("recipient", flat=True))


def archive_obstacles(appraisal: OfficeAppraisal) -> list[str]:
    """The dispatches that are missing (X12); before the result is confirmed, all three."""
    labels = dict(Recipient.choices)
    return [
        _("评议结果还没有报送“%(body)s”，不能归档。") % {"body": labels[each]}
        for each in missing_dispatches(sent_to(appraisal))
    ]


def publicity_of(appraisal: OfficeAppraisal, on: date | None = None) -> Publicity:
    """What the terms of the division let be made public on that day."""
    return Publicity(terms_in_force(appraisal.division, on or timezone.localdate())["appraisal_public"])


def publish_obstacles(appraisal: OfficeAppraisal) -> list[str]:
    found = []
    if publicity_of(appraisal) is Publicity.NONE:
        found.append(_("本辖区的口径是评议结果不公开（“工作评议结果公开”），不能公开。"))
    if appraisal.consent_on is None:
        found.append(_("还没有登记街道党工委研究同意的日期和文号，不能公开。"))
    return found


def next_step(appraisal: OfficeAppraisal) -> str:
    return str(NEXT_STEPS.get(State(appraisal.state), ""))


def steps_of(appraisal: OfficeAppraisal) -> list[dict[str, Any]]:
    """For the step bar. Where it was cancelled the rest stands still."""
    state = State(appraisal.state)
    if state is State.CANCELLED:
        done = 1 if appraisal.held_on is None else 2
        return [
            {"label": label, "state": "done" if index <= done else "stopped" if index == done + 1 else "todo"}
            for index, (_key, label) in enumerate(STEPS)
        ]
    place = LINE.index(state)
    reached = [key for key, _label in STEPS if LINE.index(key) <= place]
    return [
        {
            "label": label,
            "state": _mark(key, state, reached),
            "note": appraisal.get_state_display() if key == reached[-1] and state is not State.ARCHIVED else "",
        }
        for key, label in STEPS
    ]


def _mark(key: State, state: State, reached: list[State]) -> str:
    if key not in reached:
        return "todo"
    return "current" if key == reached[-1] and state is not State.ARCHIVED else "done"

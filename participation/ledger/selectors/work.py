"""台账 of staff: what is in scope, what waits for whom, and how urgent it is."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.moderation.selectors import scope_of

from ..models import Commitment, Extension, LedgerItem, MatterLevel, Objection
from ..rules.clock import Clock, Colour, remaining_in_words
from ..states import State
from .clocks import clocks_of
from .sending import waiting_for_letter

NEXT_FOR_UNIT = {
    State.ASSIGNED: gettext_lazy("签收；不属于本单位职责的，说明理由退回"),
    State.HANDLING: gettext_lazy("与提出人联系，登记办理进展，拟写答复"),
    State.PAUSED: gettext_lazy("暂停的事由消除后恢复办理"),
    State.SIGN_OFF: gettext_lazy("单位负责人签发答复，或退回修改"),
    State.REPLIED: gettext_lazy("向每位提出人反馈，然后登记办结"),
    State.COMPLETED: gettext_lazy("等待提出人评价和工委销号"),
    State.DECIDING: gettext_lazy("等待工委研究决定"),
    State.CLOSED_OFF: gettext_lazy("已销号，无需办理"),
}
NEXT_PROMISE = gettext_lazy("落实承诺事项并登记；不能落实的，说明理由撤回")
NEXT_FOR_HELPER = gettext_lazy("向主办单位提出办理意见")
NEXT_FOR_EARLY_HELPER = gettext_lazy("等主办单位签收，之后向它提出办理意见")
NEXT_FOR_COMMITTEE = {
    State.ASSIGNING: gettext_lazy("明确类别和事权，交办承办单位"),
    State.REASSIGN: gettext_lazy("看退回理由，重新交办"),
    State.ASSIGNED: gettext_lazy("等待承办单位签收"),
    State.HANDLING: gettext_lazy("承办单位办理中，关注办理时限"),
    State.PAUSED: gettext_lazy("已暂停，等待承办单位恢复办理"),
    State.SIGN_OFF: gettext_lazy("等待承办单位负责人签发答复"),
    State.REPLIED: gettext_lazy("等待承办单位反馈并登记办结"),
    State.SUGGESTED: gettext_lazy("等代表答复；都不提出的，另行研究或向提出人说明"),
    State.PROPOSED: gettext_lazy("等上级有关单位答复，收到后登记"),
    State.HOTLINE: gettext_lazy("等12345热线答复，收到后登记；热线不受理的收回"),
    State.COMPLETED: gettext_lazy("核查办理结果，符合条件的予以销号"),
    State.DECIDING: gettext_lazy("研究决定再次办理或维持答复"),
    State.CLOSED_OFF: gettext_lazy("已销号，无需办理"),
}
NEXT_ELSEWHERE = gettext_lazy("向每位提出人反馈，然后登记办结")
NEXT_OPINION = gettext_lazy("印发意见函（书面意见），之后由承办单位签收")
NEXT_AFTER_OPINION = gettext_lazy("等工委印发意见函（书面意见），之后签收；不属于本单位职责的，说明理由退回")
NEXT_UPPER = gettext_lazy("属于上级事权，商请相应层级人大代表提出代表建议")
_URGENCY = {Colour.RED: 0, Colour.YELLOW: 1, Colour.GREEN: 2, Colour.NONE: 3}
_WITH_OTHERS = frozenset({State.COMPLETED, State.DECIDING})
FAR = 10_000  # days: sorts what has no clock behind everything that has one


@dataclass(frozen=True)
class Work:
    """One line of 我的事项."""

    item: LedgerItem
    clock: Clock
    remaining: str
    next_step: str
    waits_for_others: bool = False

    @property
    def sort_key(self) -> tuple[int, int, int]:
        colour = Colour.NONE if self.clock.is_stopped else self.clock.colour
        days = self.clock.days_left
        return (_URGENCY[colour], FAR if days is None or self.clock.is_stopped else days, self.item.pk)


def items_in_scope(user: Any, permission: str, units: Sequence[int]) -> Any:
    """Every item of the divisions in which the user holds the permission, and what the units lead or help with."""
    rows = LedgerItem.objects.select_related("division", "community", "unit")
    scope = scope_of(user, permission)
    if scope is None:
        return rows
    mine = Q(pk__in=LedgerItem.objects.in_divisions([division.path for division in scope]).values("pk"))
    if units:
        mine |= Q(pk__in=LedgerItem.objects.of_units(list(units)).values("pk"))
    return rows.filter(mine)


def for_clocks(rows: Any) -> list[LedgerItem]:
    return list(rows.select_related("division", "community", "unit").prefetch_related("extensions", "pauses"))


def promised(items: Iterable[LedgerItem]) -> set[int]:
    """Of these, by primary key, what is done but for a promise that is still open (X25); one query."""
    done = [item.pk for item in items if item.state == State.COMPLETED]
    open_ones = Commitment.objects.filter(item__in=done, state=Commitment.State.OPEN)
    return set(open_ones.values_list("item", flat=True)) if done else set()


def next_step(
    item: LedgerItem, units: Iterable[int], *, waits_for_letter: bool = False, is_promised: bool = False
) -> str:
    """In words, for whoever works for one of `units`, else for the committee. `waits_for_letter`: X23, not signable."""
    state, mine = State(item.state), set(units)
    if mine and item.unit_id in mine:
        if is_promised:
            return str(NEXT_PROMISE)
        if waits_for_letter:
            return str(NEXT_AFTER_OPINION)
        return str(NEXT_FOR_UNIT.get(state, ""))
    if mine and state == State.ASSIGNED:
        return str(NEXT_FOR_EARLY_HELPER)
    if mine:
        return str(NEXT_FOR_HELPER if state in {State.HANDLING, State.PAUSED, State.SIGN_OFF} else "")
    if item.is_elsewhere and state == State.REPLIED:
        return str(NEXT_ELSEWHERE)
    if item.matter_level == MatterLevel.UPPER and state in {State.ASSIGNING, State.REASSIGN}:
        return str(NEXT_UPPER)
    if waits_for_letter:
        return str(NEXT_OPINION)
    return str(NEXT_FOR_COMMITTEE.get(state, ""))


def by_urgency(rows: Any, units: Iterable[int]) -> list[Work]:
    """Open items, the most urgent first: late, then soon due, then by days left; a constant number of queries.

    For a unit those come last that wait for somebody else.
    """
    mine = tuple(units)
    waiting = rows.open()
    if mine:  # what a unit has sent back waits for the committee
        waiting = waiting.exclude(state=State.REASSIGN)
    items = for_clocks(waiting)
    clocks, unsent, owed = clocks_of(items), waiting_for_letter(items), promised(items)
    work = [
        Work(
            item,
            clocks[item.pk],
            remaining_in_words(clocks[item.pk], clocks[item.pk].is_stopped),
            step := next_step(item, mine, waits_for_letter=item.pk in unsent, is_promised=item.pk in owed),
            bool(mine) and (not step or (item.state in _WITH_OTHERS and item.pk not in owed)),
        )
        for item in items
    ]
    return sorted(work, key=lambda line: (line.waits_for_others, line.sort_key))


# --- Panels: each figure is the count of the list that it links to ----------------------------------------------------
Narrow = Callable[[Any], Any]


def _state(*states: State) -> Narrow:
    return lambda rows: rows.filter(state__in=[state.value for state in states])


def _clock(is_wanted: Callable[[Clock], bool]) -> Narrow:
    def narrow(rows: Any) -> Any:
        items = for_clocks(rows.open())
        clocks = clocks_of(items)
        wanted = [item.pk for item in items if not clocks[item.pk].is_stopped and is_wanted(clocks[item.pk])]
        return rows.filter(pk__in=wanted)

    return narrow


PANELS: dict[str, tuple[Any, Narrow]] = {
    "to_assign": (gettext_lazy("待交办"), _state(State.ASSIGNING)),
    "returned": (gettext_lazy("退回待重新交办"), _state(State.REASSIGN)),
    "with_deputies": (gettext_lazy("待代表答复"), _state(State.SUGGESTED)),
    "elsewhere": (gettext_lazy("待外部答复"), _state(State.PROPOSED, State.HOTLINE)),
    "soon": (gettext_lazy("将到期"), _clock(lambda clock: clock.colour == Colour.YELLOW)),
    "overdue": (gettext_lazy("已超期"), _clock(lambda clock: clock.colour == Colour.RED)),
    "extension": (
        gettext_lazy("延期待批"),
        lambda rows: rows.filter(pk__in=Extension.objects.filter(state=Extension.State.REQUESTED).values("item")),
    ),
    "deciding": (gettext_lazy("待工委研究"), _state(State.DECIDING)),
    "to_close_off": (gettext_lazy("待销号"), _state(State.COMPLETED)),
    "objection": (
        gettext_lazy("异议待处理"),
        lambda rows: rows.filter(pk__in=Objection.objects.filter(state=Objection.State.OPEN).values("item")),
    ),
}
UNIT_PANELS: dict[str, tuple[Any, Narrow]] = {
    "to_sign_for": (gettext_lazy("待签收"), _state(State.ASSIGNED)),
    "soon": PANELS["soon"],
    "overdue": PANELS["overdue"],
    "to_sign": (gettext_lazy("答复待签发"), _state(State.SIGN_OFF)),
    "to_complete": (gettext_lazy("待反馈、办结"), _state(State.REPLIED)),
}
ALL_PANELS = {**PANELS, **UNIT_PANELS}
FOR_THE_LEAD = {"to_sign_for", "to_sign", "to_complete"}  # who helps has none of these to do


@dataclass(frozen=True)
class Figure:
    key: str
    label: str
    count: int


def figures(rows: Any, *, units: Sequence[int] = ()) -> list[Figure]:
    """The panels of somebody who works for these units, else of the committee."""
    panels = UNIT_PANELS if units else PANELS
    return [Figure(key, str(label), narrowed(rows, key, units).count()) for key, (label, _narrow) in panels.items()]


def narrowed(rows: Any, panel: str, units: Sequence[int] = ()) -> Any:
    """The rows that a panel counts; all for an unknown name."""
    if units and panel in FOR_THE_LEAD:
        rows = rows.filter(unit__in=units)
    return ALL_PANELS[panel][1](rows) if panel in ALL_PANELS else rows


def state_in_words(item: LedgerItem) -> str:
    """The state, and that it is hidden or handled anew."""
    words = str(item.get_state_display())
    if item.leg > 1:
        words += _("（第%d次办理）") % item.leg
    return words + (_("（已隐去）") if item.hidden_at else "")

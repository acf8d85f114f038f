"""The way of an item in five plain steps, and where it stands."""

from ..states import Routing, State

STEPS = ("assign", "handle", "reply", "rate", "close_off")
_REACHED = {
    State.ASSIGNING: 0, State.REASSIGN: 0, State.ASSIGNED: 1, State.HANDLING: 1, State.PAUSED: 1, State.SIGN_OFF: 1,
    State.REPLIED: 2, State.COMPLETED: 4, State.DECIDING: 3, State.CLOSED_OFF: len(STEPS),
}  # fmt: skip
# what an upper level or 12345 handles: where it went stands in place of 交办 and 办理
_FIRST = {Routing.DEPUTIES: ("suggest", "outside"), Routing.HOTLINE: ("hotline", "outside")}
_REACHED |= {State.SUGGESTED: 0, State.PROPOSED: 1, State.HOTLINE: 1}
_ELSEWHERE = {
    State.VOIDED: (("assign", "stopped"),),
    State.IMPORTED: (("import", "done"), ("reply", "todo")),
    State.REPLIED_IMPORTED: (("import", "done"), ("reply", "done")),
}


def steps_of(state: State, *, is_rating_open: bool = False, routing: str = "") -> list[tuple[str, str]]:
    """(step, done | current | todo | stopped); while proposers may still rate, that is where it stands."""
    if state in _ELSEWHERE:
        return list(_ELSEWHERE[state])
    reached, names = _REACHED[state], STEPS
    if routing in _FIRST:
        names = (*_FIRST[Routing(routing)], *STEPS[2:])
    if state == State.COMPLETED and is_rating_open:
        reached = STEPS.index("rate")
    return [
        (step, "done" if position < reached else "current" if position == reached else "todo")
        for position, step in enumerate(names)
    ]

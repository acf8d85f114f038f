"""The way of an item in five plain steps, and where it stands."""

from ..states import State

STEPS = ("assign", "handle", "reply", "rate", "close_off")
_REACHED = {
    State.ASSIGNING: 0, State.REASSIGN: 0, State.ASSIGNED: 1, State.HANDLING: 1, State.PAUSED: 1, State.SIGN_OFF: 1,
    State.REPLIED: 2, State.COMPLETED: 4, State.DECIDING: 3, State.CLOSED_OFF: len(STEPS),
}  # fmt: skip
_ELSEWHERE = {
    State.SUGGESTED: (("suggest", "done"),),
    State.HOTLINE: (("hotline", "done"),),
    State.VOIDED: (("assign", "stopped"),),
    State.IMPORTED: (("import", "done"), ("reply", "todo")),
    State.REPLIED_IMPORTED: (("import", "done"), ("reply", "done")),
}


def steps_of(state: State, *, is_rating_open: bool = False) -> list[tuple[str, str]]:
    """(step, done | current | todo | stopped); while proposers may still rate, that is where it stands."""
    if state in _ELSEWHERE:
        return list(_ELSEWHERE[state])
    reached = _REACHED[state]
    if state == State.COMPLETED and is_rating_open:
        reached = STEPS.index("rate")
    return [
        (step, "done" if position < reached else "current" if position == reached else "todo")
        for position, step in enumerate(STEPS)
    ]

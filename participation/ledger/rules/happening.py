"""What a transition leaves behind for those who are told of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Happening:
    """One transition: `key` is unique to it (the number of its trail entry) and makes the event told only once."""

    key: int
    verb: str
    reason: str = ""

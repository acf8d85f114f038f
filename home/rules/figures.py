"""Honest figures: every rate with its denominator, and none where there is too little to speak of."""

from dataclasses import dataclass

SMALLEST_SAMPLE = 5


@dataclass(frozen=True)
class Share:
    """`percent` with one decimal as text, empty where fewer than five make it meaningless."""

    part: int
    whole: int
    percent: str

    @property
    def is_too_small(self) -> bool:
        return not self.percent


def share(part: int, whole: int) -> Share:
    """Half a tenth is rounded up, in integers: 2 of 3 is 66.7 %."""
    if whole < SMALLEST_SAMPLE:
        return Share(part, whole, "")
    tenths = (part * 2000 + whole) // (2 * whole)
    return Share(part, whole, f"{tenths // 10}.{tenths % 10}%")

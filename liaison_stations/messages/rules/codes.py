"""The code that proves a phone number: digits, how long it lives, how often it may be tried."""

CODE_DIGITS, CODE_MINUTES, MOST_TRIES, WAIT_SECONDS = 6, 5, 5, 60


def as_code(number: int) -> str:
    return f"{number % 10**CODE_DIGITS:0{CODE_DIGITS}d}"


def may_be_tried(*, age_seconds: float, tries: int) -> bool:
    return 0 <= age_seconds <= CODE_MINUTES * 60 and tries < MOST_TRIES


def seconds_to_wait(*, age_seconds: float | None) -> int:
    """Before another code may leave for the same message; 0 when none is on its way."""
    if age_seconds is None or age_seconds < 0 or age_seconds >= WAIT_SECONDS:
        return 0
    return WAIT_SECONDS - int(age_seconds)

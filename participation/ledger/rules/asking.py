"""When proposers are asked “解决了吗？”, and how long a rating stays open so that they can answer (ADR 0005)."""

from datetime import date, timedelta

ASK_AFTER = timedelta(days=14)  # conventions 19: fourteen days after the reply
QUIET = timedelta(days=7)  # who was told of 办结 is not asked again at once
ANSWER_WITHIN = timedelta(days=7)


def ask_day(*, replied_on: date, opened_on: date) -> date:
    return max(replied_on + ASK_AFTER, opened_on + QUIET)


def last_rating_day(*, replied_on: date, opened_on: date, rating_days: int) -> date:
    """As the terms say, and never before the question can be answered."""
    promised = opened_on + timedelta(days=rating_days)
    return max(promised, ask_day(replied_on=replied_on, opened_on=opened_on) + ANSWER_WITHIN)

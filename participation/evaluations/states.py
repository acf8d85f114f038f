"""满意度, who is asked, and the life of a round."""

from enum import StrEnum


class Value(StrEnum):
    """满意度测评的三档."""

    SATISFIED = "satisfied"
    BASICALLY = "basically_satisfied"
    DISSATISFIED = "dissatisfied"


class Source(StrEnum):
    """居民评议、议事代表测评、社会监督: three legs that stand side by side and are never added up (C38)."""

    RESIDENT = "resident"
    MEMBER = "member"
    PUBLIC = "public"


class Roll(StrEnum):
    """Who may answer. LISTED and the roles are copied when the round opens; VERIFIED is anybody verified who comes."""

    PROPOSERS = "proposers"
    MEMBERS = "members"
    LISTED = "listed"
    VERIFIED = "verified"


class RoundState(StrEnum):
    """A closed round is counted; CONFIRMED is for the owners whose results a second person confirms."""

    OPEN = "open"
    CLOSED = "closed"
    CONFIRMED = "confirmed"


class Channel(StrEnum):
    """How an answer came in."""

    WEB = "web"
    LINK = "link"
    PHONE = "phone"
    PAPER = "paper"


class Question(StrEnum):
    """Optional questions beside the rating: three with stars, one with words."""

    SOLVED = "solved"
    ATTITUDE = "attitude"
    SPEED = "speed"
    COMMENT = "comment"


STARRED = (Question.SOLVED, Question.ATTITUDE, Question.SPEED)
NEEDS_REASON = frozenset({Value.DISSATISFIED})

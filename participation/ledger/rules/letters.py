"""Letters: what carries what, how a number is written, the legal moves from draft to receipt (domain.md 3.4)."""

import re
from enum import StrEnum

from .conditions import FACE_SOURCES

COUNCIL_SOURCES = FACE_SOURCES - {"deputy_suggestion"}
MAX_NUMBER = 60


class LetterKind(StrEnum):
    OPINION = "opinion"  # 意见函 or 书面意见, as the terms name it
    ASSIGNMENT = "assignment"
    REFERRAL = "referral"
    SUPERVISION = "supervision"
    URGING = "urging"
    CLOSE_OFF = "close_off"


# with these an assignment leaves for its unit; the others speak of one that has left already
CARRIES_ASSIGNMENT = frozenset({LetterKind.OPINION, LetterKind.ASSIGNMENT, LetterKind.REFERRAL})


class LetterState(StrEnum):
    DRAFTING = "drafting"
    REVIEWING = "reviewing"
    SIGNING = "signing"
    SIGNED = "signed"
    ISSUED = "issued"
    RECEIVED = "received"
    RETURNED = "returned"  # the unit sent back every matter in it
    SUPERSEDED = "superseded"  # what was returned left on another letter
    CANCELLED = "cancelled"
    VOIDED = "voided"


class LetterAction(StrEnum):
    """Also the verb of the trail entry."""

    SUBMIT = "submit_letter"
    APPROVE = "approve_letter"
    RETURN = "return_letter"
    SIGN = "sign_letter"
    ISSUE = "issue_letter"
    RECEIVE = "receive_letter"
    SEND_BACK = "send_back_letter"
    SUPERSEDE = "supersede_letter"
    CANCEL = "cancel_letter"
    VOID = "void_letter"


# What has a number is voided, never cancelled: the number stays in the register with the reason.
LETTER_MOVES: dict[LetterAction, dict[LetterState, LetterState]] = {
    LetterAction.SUBMIT: {LetterState.DRAFTING: LetterState.REVIEWING},
    LetterAction.APPROVE: {LetterState.REVIEWING: LetterState.SIGNING},
    LetterAction.RETURN: dict.fromkeys((LetterState.REVIEWING, LetterState.SIGNING), LetterState.DRAFTING),
    LetterAction.SIGN: {LetterState.SIGNING: LetterState.SIGNED},
    LetterAction.ISSUE: {LetterState.SIGNED: LetterState.ISSUED},
    LetterAction.RECEIVE: {LetterState.ISSUED: LetterState.RECEIVED},
    # both follow from what becomes of its matters; nobody presses a button for them
    LetterAction.SEND_BACK: {LetterState.ISSUED: LetterState.RETURNED},
    LetterAction.SUPERSEDE: {LetterState.RETURNED: LetterState.SUPERSEDED},
    LetterAction.CANCEL: dict.fromkeys(
        (LetterState.DRAFTING, LetterState.REVIEWING, LetterState.SIGNING, LetterState.SIGNED), LetterState.CANCELLED
    ),
    LetterAction.VOID: dict.fromkeys(
        (LetterState.ISSUED, LetterState.RECEIVED, LetterState.RETURNED), LetterState.VOIDED
    ),
}


def letter_series(prefix: str, year: int) -> str:
    """Numbers run per 发文机关代字 and year."""
    return f"letter:{prefix}:{year}"


def format_letter_number(prefix: str, year: int, count: int) -> str:
    """…〔2026〕1号: hexagonal brackets, no leading zero (GB/T 9704)."""
    return f"{prefix}〔{year}〕{count}号"


_WRITTEN = re.compile(r"^(.+?)[〔\[［(（【](\d{4})[〕\]］)）】]\s*第?0*(\d+)号?$")


def clean_letter_number(text: str) -> str:
    """An outside 文号 as it is written officially, whichever brackets were typed; "" for what is none."""
    found = _WRITTEN.match("".join(text.split()).translate(_DIGITS))
    return format_letter_number(found[1], int(found[2]), int(found[3])) if found else ""


_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def kind_carries(kind: str, source: str) -> bool:
    """X23: a council opinion leaves in an opinion letter only, and nothing else does."""
    if kind == LetterKind.OPINION:
        return source in COUNCIL_SOURCES
    if kind in (LetterKind.ASSIGNMENT, LetterKind.REFERRAL):
        return source not in COUNCIL_SOURCES
    return True

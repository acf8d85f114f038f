"""What can become of a delivery and of a task to tell somebody in person."""

from enum import StrEnum


class DeliveryState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    CANCELLED = "cancelled"


class NoticeTaskState(StrEnum):
    OPEN = "open"
    SECOND_TRY = "second_try"
    TOLD = "told"
    UNREACHED = "unreached"


class NoticeResult(StrEnum):
    TOLD = "told"
    ABSENT = "absent"
    WRONG_ADDRESS = "wrong_address"
    DECLINED = "declined"


class Decision(StrEnum):
    """What staff decide on a delivery that may or may not have arrived, or that failed."""

    ARRIVED = "arrived"
    SEND_AGAIN = "send_again"
    GIVE_UP = "give_up"


DECISIONS: dict[tuple[DeliveryState, Decision], DeliveryState] = {
    (DeliveryState.UNCERTAIN, Decision.ARRIVED): DeliveryState.SENT,
    (DeliveryState.UNCERTAIN, Decision.SEND_AGAIN): DeliveryState.QUEUED,
    (DeliveryState.UNCERTAIN, Decision.GIVE_UP): DeliveryState.CANCELLED,
    (DeliveryState.FAILED, Decision.SEND_AGAIN): DeliveryState.QUEUED,
    (DeliveryState.FAILED, Decision.GIVE_UP): DeliveryState.CANCELLED,
}

TRIES: dict[tuple[NoticeTaskState, NoticeResult], NoticeTaskState] = {
    (NoticeTaskState.OPEN, NoticeResult.TOLD): NoticeTaskState.TOLD,
    (NoticeTaskState.OPEN, NoticeResult.DECLINED): NoticeTaskState.UNREACHED,
    (NoticeTaskState.OPEN, NoticeResult.ABSENT): NoticeTaskState.SECOND_TRY,
    (NoticeTaskState.OPEN, NoticeResult.WRONG_ADDRESS): NoticeTaskState.SECOND_TRY,
    (NoticeTaskState.SECOND_TRY, NoticeResult.TOLD): NoticeTaskState.TOLD,
    (NoticeTaskState.SECOND_TRY, NoticeResult.DECLINED): NoticeTaskState.UNREACHED,
    (NoticeTaskState.SECOND_TRY, NoticeResult.ABSENT): NoticeTaskState.UNREACHED,
    (NoticeTaskState.SECOND_TRY, NoticeResult.WRONG_ADDRESS): NoticeTaskState.UNREACHED,
}

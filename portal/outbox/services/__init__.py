"""Queueing, sending, deciding. See the modules of this package."""

from .codes import send_code_now
from .decisions import decide_delivery, record_notice_try
from .delivering import deliver_due
from .inbox import (
    mark_all_read,
    mark_matter_read,
    mark_read,
    save_preferences,
    set_digest_hour,
    set_preference,
    unsubscribe,
    want_digests,
)
from .queueing import queue_messages

__all__ = [
    "decide_delivery",
    "deliver_due",
    "mark_all_read",
    "mark_matter_read",
    "mark_read",
    "queue_messages",
    "record_notice_try",
    "save_preferences",
    "send_code_now",
    "set_digest_hour",
    "set_preference",
    "unsubscribe",
    "want_digests",
]

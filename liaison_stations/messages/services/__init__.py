"""码上找代表: the verbs. Import from here, not from the modules below."""

from .coding import issue_code, reissue_code, revoke_code
from .handling import (
    answer_message,
    divert_message,
    open_message_as_item,
    open_message_as_proposal,
    pass_message_on,
    reject_message,
    remind_of_due_messages,
    view_contact,
)
from .leaving import leave_message
from .moves import SUBJECT_KIND
from .personal import HEADINGS, empty_own, export_own
from .proving import (
    CodeNotSent,
    WrongCode,
    draft_content,
    forget_stale_drafts,
    keep_draft,
    prove_phone,
    send_phone_code,
)
from .telling import text_senders

__all__ = [
    "HEADINGS",
    "SUBJECT_KIND",
    "CodeNotSent",
    "WrongCode",
    "answer_message",
    "divert_message",
    "draft_content",
    "empty_own",
    "export_own",
    "forget_stale_drafts",
    "issue_code",
    "keep_draft",
    "leave_message",
    "open_message_as_item",
    "open_message_as_proposal",
    "pass_message_on",
    "prove_phone",
    "reissue_code",
    "reject_message",
    "remind_of_due_messages",
    "revoke_code",
    "send_phone_code",
    "text_senders",
    "view_contact",
]

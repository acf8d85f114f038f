"""台账: the verbs. Import from here, not from the modules below."""

from .asking import ask_whether_solved, rate_by_link, record_call, record_call_contact
from .assigning import add_co_unit, assign_item, return_item, sign_for_item
from .bringing_in import bring_in_rows
from .bringing_in import problems_of as paper_problems
from .closing import close_off_item, decide_objection, object_to_close_off
from .due_days import refresh_due_days, wrong_due_days
from .entering import enter_item
from .handling import (
    add_internal_note,
    decide_extension,
    note_contact,
    note_progress,
    pause_item,
    request_extension,
    resume_item,
)
from .importing import (
    ImportedMatter,
    ImportedReply,
    check_reply_day,
    import_item,
    import_items,
    publish_imported_item,
    receive_imported_reply,
    take_up_imported_item,
)
from .letter_moves import check_letter_version, user_can_write_letters
from .letter_papers import attach_letter_scan, receive_letter, show_letter_scan
from .letters import (
    approve_letter,
    draft_letter,
    end_letter,
    issue_letter,
    letter_name,
    return_letter,
    revise_letter,
    sign_letter,
    submit_letter,
)
from .moves import not_for
from .moves import require as require_move
from .opening import (
    NewItem,
    NewParty,
    add_parties,
    classify_item,
    open_item,
    set_hidden,
    void_item,
)
from .outside import (
    conclude_without_suggestion,
    hand_to_hotline,
    note_written_report,
    record_outside_reply,
    take_back_item,
)
from .owners import drop_item, follow_hiding
from .personal import OWN_HEADINGS, empty_own, export_own
from .photographing import withhold_photo
from .rating import decide_after_dissatisfaction, rate_in_secret, rate_reply
from .reminding import remind_due_items, remind_item
from .replying import (
    co_reply,
    complete_item,
    correct_reply,
    draft_reply,
    end_commitment,
    feed_back,
    send_back_reply,
    sign_reply,
)
from .scanning import attach_scan, check_version, record_contact_view, record_sheet
from .statistics import reconcile_statistics, refresh_statistics
from .suggesting import ask_more_deputies, decline_suggestion, propose_suggestion, suggest_to_deputies
from .templating import save_template

__all__ = [
    "OWN_HEADINGS",
    "ImportedMatter",
    "ImportedReply",
    "NewItem",
    "NewParty",
    "add_co_unit",
    "add_internal_note",
    "add_parties",
    "approve_letter",
    "ask_more_deputies",
    "ask_whether_solved",
    "assign_item",
    "attach_letter_scan",
    "attach_scan",
    "bring_in_rows",
    "check_letter_version",
    "check_reply_day",
    "check_version",
    "classify_item",
    "close_off_item",
    "co_reply",
    "complete_item",
    "conclude_without_suggestion",
    "correct_reply",
    "decide_after_dissatisfaction",
    "decide_extension",
    "decide_objection",
    "decline_suggestion",
    "draft_letter",
    "draft_reply",
    "drop_item",
    "empty_own",
    "end_commitment",
    "end_letter",
    "enter_item",
    "export_own",
    "feed_back",
    "follow_hiding",
    "hand_to_hotline",
    "import_item",
    "import_items",
    "issue_letter",
    "letter_name",
    "not_for",
    "note_contact",
    "note_progress",
    "note_written_report",
    "object_to_close_off",
    "open_item",
    "paper_problems",
    "pause_item",
    "propose_suggestion",
    "publish_imported_item",
    "rate_by_link",
    "rate_in_secret",
    "rate_reply",
    "receive_imported_reply",
    "receive_letter",
    "reconcile_statistics",
    "record_call",
    "record_call_contact",
    "record_contact_view",
    "record_outside_reply",
    "record_sheet",
    "refresh_due_days",
    "refresh_statistics",
    "remind_due_items",
    "remind_item",
    "request_extension",
    "require_move",
    "resume_item",
    "return_item",
    "return_letter",
    "revise_letter",
    "save_template",
    "send_back_reply",
    "set_hidden",
    "show_letter_scan",
    "sign_for_item",
    "sign_letter",
    "sign_reply",
    "submit_letter",
    "suggest_to_deputies",
    "take_back_item",
    "take_up_imported_item",
    "user_can_write_letters",
    "void_item",
    "withhold_photo",
    "wrong_due_days",
]

"""Every verb that changes a proposal. Import from here; the modules below are split by who acts."""

from .authoring import Submission, resubmit_proposal, submit_proposal, withdraw_proposal
from .drafting import delete_stale_drafts, discard_draft, draft_content, save_draft
from .entering import VisitEntry, enter_for_resident, enter_visits
from .hiding import confirm_hiding, hide_proposal, reconsider_proposal, restore_proposal, void_proposal
from .importing import ImportedMessage, PlacedMessage, import_message, import_messages, publish_import
from .moves import locked
from .personal import HEADINGS as OWN_HEADINGS
from .personal import empty_own, export_own, own_files
from .photographing import add_photo, remove_photo, set_photo_hidden, withhold_photo
from .reviewing import (
    classify_proposal,
    divert_proposal,
    publish_proposal,
    reject_proposal,
    release_proposal,
    return_for_correction,
    take_for_review,
)
from .routing import merge_proposal, transfer_proposal
from .screening import adopt_proposal, decline_proposal, start_screening
from .supporting import reconcile_supports, support_proposal, withdraw_support

__all__ = [
    "OWN_HEADINGS",
    "ImportedMessage",
    "PlacedMessage",
    "Submission",
    "VisitEntry",
    "add_photo",
    "adopt_proposal",
    "classify_proposal",
    "confirm_hiding",
    "decline_proposal",
    "delete_stale_drafts",
    "discard_draft",
    "divert_proposal",
    "draft_content",
    "empty_own",
    "enter_for_resident",
    "enter_visits",
    "export_own",
    "hide_proposal",
    "import_message",
    "import_messages",
    "locked",
    "merge_proposal",
    "own_files",
    "publish_import",
    "publish_proposal",
    "reconcile_supports",
    "reconsider_proposal",
    "reject_proposal",
    "release_proposal",
    "remove_photo",
    "restore_proposal",
    "resubmit_proposal",
    "return_for_correction",
    "save_draft",
    "set_photo_hidden",
    "start_screening",
    "submit_proposal",
    "support_proposal",
    "take_for_review",
    "transfer_proposal",
    "void_proposal",
    "withdraw_proposal",
    "withdraw_support",
    "withhold_photo",
]

from participation.proposals.states import MOVES, PUBLIC, STORED, Action, State, actions_from, next_state

# domain.md 3.1, written down again: state -> what can happen there -> where it leads.
TABLE = {
    "draft": {"submit": "submitted", "import": "imported"},
    "submitted": {
        "take_for_review": "under_review", "publish": "published", "return_for_correction": "returned",
        "reject": "rejected", "divert": "diverted", "merge": "merged", "withdraw": "withdrawn",
        "transfer": "submitted", "classify": "submitted", "void": "voided",
    },
    "under_review": {
        "release": "submitted", "publish": "published", "return_for_correction": "returned", "reject": "rejected",
        "divert": "diverted", "merge": "merged", "withdraw": "withdrawn", "transfer": "submitted",
        "classify": "under_review", "void": "voided",
    },
    "returned": {
        "resubmit": "submitted", "withdraw": "withdrawn", "transfer": "returned", "classify": "returned",
        "void": "voided", "reconsider": "submitted",
    },
    "rejected": {"void": "voided", "reconsider": "submitted"},
    "diverted": {"void": "voided", "reconsider": "submitted"},
    "published": {
        "start_screening": "screening", "merge": "merged", "withdraw": "withdrawn", "transfer": "published",
        "classify": "published", "hide": "published", "confirm_hiding": "published", "restore": "published",
        "void": "voided",
    },
    "screening": {
        "adopt": "adopted", "decline": "not_adopted", "merge": "merged", "withdraw": "withdrawn",
        "transfer": "screening", "classify": "screening", "hide": "screening", "confirm_hiding": "screening",
        "restore": "screening", "void": "voided",
    },
    "adopted": {
        "withdraw": "withdrawn", "classify": "adopted", "hide": "adopted", "confirm_hiding": "adopted",
        "restore": "adopted", "void": "voided",
    },
    "not_adopted": {"hide": "not_adopted", "confirm_hiding": "not_adopted", "restore": "not_adopted", "void": "voided"},
    "merged": {"hide": "merged", "confirm_hiding": "merged", "restore": "merged", "void": "voided"},
    "withdrawn": {"hide": "withdrawn", "confirm_hiding": "withdrawn", "restore": "withdrawn", "void": "voided"},
    "voided": {},
    "imported": {
        "receive_imported_reply": "replied_imported", "publish_import": "imported", "start_screening": "screening",
        "merge": "merged", "transfer": "imported", "classify": "imported", "hide": "imported",
        "confirm_hiding": "imported", "restore": "imported", "void": "voided",
    },
    "replied_imported": {
        "receive_imported_reply": "replied_imported", "publish_import": "replied_imported",
        "classify": "replied_imported", "hide": "replied_imported", "confirm_hiding": "replied_imported",
        "restore": "replied_imported", "void": "voided",
    },
}  # fmt: skip


def test_the_legal_moves_are_exactly_those_of_the_process_map():
    moves = {now.value: {action.value: next_state(action, now).value for action in actions_from(now)} for now in State}
    assert moves == TABLE


def test_every_action_leads_somewhere_and_no_draft_is_stored():
    assert {action for action in Action if not MOVES[action]} == set()
    assert set(State) - STORED == {State.DRAFT}


def test_what_waits_for_review_or_was_refused_is_never_public():
    assert set(State) - PUBLIC == {
        State.DRAFT,
        State.SUBMITTED,
        State.UNDER_REVIEW,
        State.RETURNED,
        State.REJECTED,
        State.DIVERTED,
        State.VOIDED,
    }

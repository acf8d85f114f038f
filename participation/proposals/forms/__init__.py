"""The shape of input: what a resident writes, the filters of the list, what staff decide and take down."""

from .filtering import ORDERS, ProposalFilterForm
from .staff import STAFF_ACTIONS, EntryFormSet, EntryHeadForm, GroupChatForm, StaffActionForm
from .writing import (
    AboutForm,
    AmendForm,
    NewWordsForm,
    PersonForm,
    PlaceForm,
    WithdrawForm,
    WordsForm,
    communities_of,
    offered_places,
)

__all__ = [
    "ORDERS",
    "STAFF_ACTIONS",
    "AboutForm",
    "AmendForm",
    "EntryFormSet",
    "EntryHeadForm",
    "GroupChatForm",
    "NewWordsForm",
    "PersonForm",
    "PlaceForm",
    "ProposalFilterForm",
    "StaffActionForm",
    "WithdrawForm",
    "WordsForm",
    "communities_of",
    "offered_places",
]

"""The shape of input: what a resident writes, the filters of the list, what staff decide and take down."""

from portal.jurisdictions.selectors import Places, communities_of

from .filtering import ORDERS, ProposalFilterForm
from .places import PlaceForm
from .staff import STAFF_ACTIONS, EntryFormSet, EntryHeadForm, GroupChatForm, StaffActionForm
from .writing import (
    AboutForm,
    AmendForm,
    NewWordsForm,
    PersonForm,
    WithdrawForm,
    WordsForm,
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
    "Places",
    "ProposalFilterForm",
    "StaffActionForm",
    "WithdrawForm",
    "WordsForm",
    "communities_of",
]

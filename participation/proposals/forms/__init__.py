"""The shape of input: what a resident writes, and the filters of the list."""

from .filtering import ORDERS, ProposalFilterForm
from .writing import AboutForm, AmendForm, PersonForm, PlaceForm, WithdrawForm, WordsForm

__all__ = [
    "ORDERS",
    "AboutForm",
    "AmendForm",
    "PersonForm",
    "PlaceForm",
    "ProposalFilterForm",
    "WithdrawForm",
    "WordsForm",
]

"""居民建议: the tables. Import from here, not from the modules below."""

from participation.ledger.models import Category, CategoryGroup, MatterLevel

from .author import Author
from .draft import Draft
from .photo import Photo
from .proposal import ACTION_LABELS, STATE_LABELS, Channel, Proposal, Route
from .support import Support

__all__ = [
    "ACTION_LABELS",
    "STATE_LABELS",
    "Author",
    "Category",
    "CategoryGroup",
    "Channel",
    "Draft",
    "MatterLevel",
    "Photo",
    "Proposal",
    "Route",
    "Support",
]

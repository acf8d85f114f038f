"""居民建议 in the Wagtail admin."""

from .entry import EntryViewSet
from .proposals import ProposalViewSet

__all__ = ["EntryViewSet", "ProposalViewSet"]

from portal.pages.models import PortalPage

from .home_page import HomePage
from .library import DocumentIndexPage
from .media import PortalDocument, PortalImage, PortalRendition
from .news import NewsIndexPage, NewsPage, NewsProposal
from .review import ReviewTask
from .standard import StandardPage

__all__ = [
    "DocumentIndexPage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "NewsProposal",
    "PortalDocument",
    "PortalImage",
    "PortalPage",
    "PortalRendition",
    "ReviewTask",
    "StandardPage",
]

from .news import (
    FreshnessBoard,
    FreshnessRow,
    LatestNews,
    column_of,
    crumbs_of,
    freshness_board,
    latest_news,
    news_about,
    news_address,
    pages_as_subjects,
    review_of,
)
from .pictures import pictures_to_make
from .proposals import ProposalFigures, latest_proposals, most_supported, proposal_figures
from .search import KINDS, found_in, searches_as_subjects, suggested
from .sitemap import SitePart, column_feeds, feed_places, place_of_page, place_of_proposal, site_parts

__all__ = [
    "KINDS",
    "FreshnessBoard",
    "FreshnessRow",
    "LatestNews",
    "ProposalFigures",
    "SitePart",
    "column_feeds",
    "column_of",
    "crumbs_of",
    "feed_places",
    "found_in",
    "freshness_board",
    "latest_news",
    "latest_proposals",
    "most_supported",
    "news_about",
    "news_address",
    "pages_as_subjects",
    "pictures_to_make",
    "place_of_page",
    "place_of_proposal",
    "proposal_figures",
    "review_of",
    "searches_as_subjects",
    "site_parts",
    "suggested",
]

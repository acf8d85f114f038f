from .news import FreshnessBoard, FreshnessRow, LatestNews, freshness_board, latest_news, news_about, pages_as_subjects
from .proposals import ProposalFigures, latest_proposals, most_supported, proposal_figures

__all__ = [
    "FreshnessBoard",
    "FreshnessRow",
    "LatestNews",
    "ProposalFigures",
    "freshness_board",
    "latest_news",
    "latest_proposals",
    "most_supported",
    "news_about",
    "pages_as_subjects",
    "proposal_figures",
]

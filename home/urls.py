"""/search/, the site map, feeds, and what machines look for at the root."""

from django.contrib.sitemaps import views as sitemap_views
from django.urls import path
from django.views.decorators.http import require_safe

from .feeds import LedgerFeed, NewsFeed, ProposalFeed
from .views import discovery, search
from .views.sitemaps import SECTIONS

app_name = "home"

_sitemaps = {"sitemaps": SECTIONS}
urlpatterns = [
    path("search/", search.search, name="search"),
    path("search/suggestions/", search.suggestions, name="suggestions"),
    path("sitemap/", discovery.site_map, name="site_map"),
    path(
        "sitemap.xml",
        require_safe(sitemap_views.index),
        {**_sitemaps, "sitemap_url_name": "home:sitemap_section"},
        name="sitemap_index",
    ),
    path("sitemap-<str:section>.xml", require_safe(sitemap_views.sitemap), _sitemaps, name="sitemap_section"),
    path("robots.txt", discovery.robots, name="robots"),
    path(".well-known/security.txt", discovery.security_text, name="security_text"),
    path("feeds/", require_safe(NewsFeed()), name="feed"),
    path("feeds/proposals/", require_safe(ProposalFeed()), name="proposal_feed"),
    path("feeds/ledger/", require_safe(LedgerFeed()), name="ledger_feed"),
    path("feeds/<path:path>/", require_safe(NewsFeed()), name="column_feed"),
]

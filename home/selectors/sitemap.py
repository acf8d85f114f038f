"""What there is on this site, for people and for corrections; for machines see views/sitemaps.py."""

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from wagtail.models import Page, Site

from liaison_stations.stations.models import LiaisonStation
from participation.proposals.models import Proposal
from participation.proposals.selectors import proposal_by_number
from portal.corrections.registry import Place
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import site_divisions
from portal.pages.rules.addresses import address_of, tail_of

from ..models import NewsIndexPage, NewsPage

DEEPEST = 5  # columns below columns; articles are listed by their column


@dataclass(frozen=True)
class SitePart:
    title: str
    url: str
    level: int


def site_parts() -> list[SitePart]:
    """Columns, standing pages and the library in the order of the tree, without articles; a few queries."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return []
    root = site.root_page
    rows = Page.objects.live().public().descendant_of(root).filter(depth__lte=DEEPEST)
    rows = rows.not_exact_type(NewsPage, LiaisonStation).order_by("path")
    return [
        SitePart(row.title, address, row.depth - root.depth) for row in rows if (address := address_of(row.url_path))
    ]


def column_feeds() -> list[tuple[str, str]]:
    """Each public column, as (title, the part of its address that its feed goes by); one query."""
    rows = NewsIndexPage.objects.live().public().order_by("path").values_list("title", "url_path")
    feeds = [(title, tail_of(address_of(url_path)).rstrip("/")) for title, url_path in rows]
    # a column over all others says what the feed of everything says
    return [
        (title, path)
        for title, path in feeds
        if len(feeds) == 1 or not all(other == path or other.startswith(f"{path}/") for _title, other in feeds)
    ]


def feed_places() -> list[Division]:
    """Streets and townships that have an article or a proposal to follow, in order; one query."""
    told = NewsPage.objects.public().order_by().values("division")
    proposed = Proposal.objects.readable().order_by().values("division")
    return list(site_divisions().filter(Q(pk__in=told) | Q(pk__in=proposed)))


def place_of_page(path: str) -> Place | None:
    """For corrections: a page's division is told whoever may read it, its title only when anybody may."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return None
    url_path = site.root_page.url_path + tail_of(path).lstrip("/")
    page = Page.objects.filter(url_path=url_path).first()
    if page is None:
        return None
    is_public = page.live and not page.get_view_restrictions().exists()
    specific: Any = page.specific
    return Place(page.title if is_public else "", getattr(specific, "division", None))


def place_of_proposal(path: str) -> Place | None:
    match = re.match(r"/proposals/([A-Za-z]{2,4}-[0-9-]+)/", path)
    row = proposal_by_number(match[1]) if match else None
    if row is None:
        return None
    return Place(row.display_title if row.is_readable else "", row.division)

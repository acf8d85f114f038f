"""sitemap.xml: an index, and files of at most 5,000 addresses."""

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.utils import timezone
from wagtail.models import Page, Site

from liaison_stations.deputies.models import Deputy
from participation.ledger.models import LedgerItem
from participation.ledger.selectors import latest_change
from participation.proposals.models import Proposal
from participation.snaps.models import SnapReport
from portal.pages.rules.addresses import address_of

LIMIT = 5000


class Pages(Sitemap):
    """Live pages that anybody may read, under the host that was asked (Wagtail's own names the one of its settings)."""

    limit = LIMIT

    def items(self) -> QuerySet[Page]:
        site = Site.objects.select_related("root_page").get(is_default_site=True)
        rows: QuerySet[Page] = Page.objects.live().public().descendant_of(site.root_page, inclusive=True)
        return rows.order_by("path")

    def location(self, item: Page) -> str:
        return address_of(item.url_path)

    def lastmod(self, item: Page) -> datetime | None:
        return item.last_published_at or item.latest_revision_created_at

    def get_latest_lastmod(self) -> Any:
        return self.items().aggregate(latest=Max("last_published_at"))["latest"]


class Proposals(Sitemap):
    """Readable proposals, newest first; confidential ones have no page worth finding."""

    limit = LIMIT

    def items(self) -> QuerySet[Proposal]:
        return Proposal.objects.readable().order_by("-published_at", "-pk").only("number", "state_since")

    def lastmod(self, item: Proposal) -> datetime:
        return item.state_since

    def get_latest_lastmod(self) -> Any:
        """One query; Django would read every row for it."""
        return Proposal.objects.readable().aggregate(latest=Max("state_since"))["latest"]


class Ledger(Sitemap):
    """Readable ledger items, newest first."""

    limit = LIMIT

    def items(self) -> QuerySet[LedgerItem]:
        return LedgerItem.objects.readable().order_by("-published_at", "-pk").only("reference", "state_since")

    def lastmod(self, item: LedgerItem) -> datetime:
        return item.state_since

    def get_latest_lastmod(self) -> Any:
        return latest_change()


class Snaps(Sitemap):
    """Public photo reports, newest first."""

    limit = LIMIT

    def items(self) -> QuerySet[SnapReport]:
        return SnapReport.objects.public().order_by("-published_at", "-pk").only("number", "state_since")

    def lastmod(self, item: SnapReport) -> datetime:
        return item.state_since

    def get_latest_lastmod(self) -> Any:
        return SnapReport.objects.public().aggregate(latest=Max("state_since"))["latest"]


class Deputies(Sitemap):
    """Deputies in office; former ones are not offered to search engines."""

    limit = LIMIT

    def items(self) -> QuerySet[Deputy]:
        return Deputy.objects.in_office(timezone.localdate()).order_by("pk").only("pk")


SECTIONS = {"pages": Pages, "proposals": Proposals, "ledger": Ledger, "snaps": Snaps, "deputies": Deputies}

"""Atom: articles of all columns or of one, public proposals; each for a division with what lies below it."""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from participation.ledger.models import LedgerItem
from participation.proposals.models import Proposal
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import division_by_code, site_profile
from portal.pages.rules.addresses import address_of, tail_of

from .models import NewsIndexPage, NewsPage

LENGTH = 30


class DivisionFeed(Feed):
    """`?division=CODE`; an unknown code is no feed, lest somebody follow an empty one."""

    feed_type = Atom1Feed
    language = "zh-Hans"

    def division_of(self, request: HttpRequest) -> Division | None:
        code = request.GET.get("division", "")
        division = division_by_code(code)
        if code and division is None:
            raise Http404
        return division

    def heading(self, words: str, division: Division | None) -> str:
        profile = site_profile()
        parts = [words, division.name if division else "", profile.site_name if profile else ""]
        return " - ".join(part for part in parts if part)


class NewsFeed(DivisionFeed):
    def get_object(self, request: HttpRequest, path: str = "") -> dict[str, Any]:
        column = None
        if path:
            rows = NewsIndexPage.objects.live().public()
            column = next((row for row in rows if row.url_path.split("/", 2)[2] == tail_of(path)), None)
            if column is None:
                raise Http404
        return {"column": column, "division": self.division_of(request)}

    def title(self, obj: dict[str, Any]) -> str:
        return self.heading(obj["column"].title if obj["column"] else _("动态"), obj["division"])

    def link(self, obj: dict[str, Any]) -> str:
        return address_of(obj["column"].url_path) if obj["column"] else "/"

    def items(self, obj: dict[str, Any]) -> list[NewsPage]:
        rows = NewsPage.objects.public()
        if obj["column"]:
            rows = rows.in_column(obj["column"])
        if obj["division"]:
            rows = rows.in_division(obj["division"])
        return list(rows.for_list().order_by("-published_at", "-pk")[:LENGTH])

    def item_title(self, item: NewsPage) -> str:
        return item.title

    def item_description(self, item: NewsPage) -> str:
        return item.summary

    def item_link(self, item: NewsPage) -> str:
        return address_of(item.url_path)

    def item_pubdate(self, item: NewsPage) -> datetime:
        return item.published_at

    def item_updateddate(self, item: NewsPage) -> datetime:
        return item.last_published_at or item.published_at

    def item_author_name(self, item: NewsPage) -> str:
        return item.source


class ProposalFeed(DivisionFeed):
    def get_object(self, request: HttpRequest) -> dict[str, Any]:
        return {"division": self.division_of(request)}

    def title(self, obj: dict[str, Any]) -> str:
        return self.heading(_("居民建议"), obj["division"])

    def link(self, obj: dict[str, Any]) -> str:
        address = reverse("proposals:list")
        return f"{address}?division={obj['division'].key}" if obj["division"] else address

    def items(self, obj: dict[str, Any]) -> list[Proposal]:
        rows = Proposal.objects.readable().for_list().order_by("-published_at", "-pk")
        return list((rows.in_division(obj["division"]) if obj["division"] else rows)[:LENGTH])

    def item_title(self, item: Proposal) -> str:
        return item.display_title

    def item_description(self, item: Proposal) -> str:
        return item.body[:200]

    def item_pubdate(self, item: Proposal) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Proposal) -> datetime:
        return item.state_since


class LedgerFeed(DivisionFeed):
    """What entered the ledger, newest first; the stage stands with the title."""

    def get_object(self, request: HttpRequest) -> dict[str, Any]:
        return {"division": self.division_of(request)}

    def title(self, obj: dict[str, Any]) -> str:
        return self.heading(_("办理台账"), obj["division"])

    def link(self, obj: dict[str, Any]) -> str:
        address = reverse("ledger:list")
        return f"{address}?division={obj['division'].key}" if obj["division"] else address

    def items(self, obj: dict[str, Any]) -> list[LedgerItem]:
        rows = LedgerItem.objects.readable().select_related("unit").order_by("-published_at", "-pk")
        return list((rows.in_division(obj["division"]) if obj["division"] else rows)[:LENGTH])

    def item_title(self, item: LedgerItem) -> str:
        return f"{item.title}（{item.stage_label}）"

    def item_description(self, item: LedgerItem) -> str:
        return item.summary[:200]

    def item_pubdate(self, item: LedgerItem) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: LedgerItem) -> datetime:
        return item.state_since

    def item_author_name(self, item: LedgerItem) -> str:
        return item.unit.name if item.unit else ""

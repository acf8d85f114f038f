"""What the search finds, by kind; every kind costs the same few queries whatever it finds."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison_stations.deputies.models import Deputy
from liaison_stations.deputies.selectors import deputies_in_office
from liaison_stations.stations.models import LiaisonStation
from participation.proposals.models import Proposal
from participation.snaps.models import SnapReport
from portal.frame.paging import Page, keyset_page
from portal.jurisdictions.models import Division
from portal.pages.rules.addresses import address_of
from portal.search.services import Matches, matches
from portal.search.text import match_places, query_terms
from portal.trail.subjects import Subject

from ..models import NewsPage, PortalDocument, StandardPage

LIMIT = 8
LONGEST_SEARCH = 80  # to be followed
CANDIDATES = 40  # newest matches of a kind looked through for titles that hold the words


@dataclass(frozen=True)
class Kind:
    label: str | Promise
    order: str
    rows: Any  # () -> QuerySet, what anybody may read


def _documents() -> QuerySet[PortalDocument]:
    return PortalDocument.objects.filter(is_listed=True, collection__view_restrictions=None).select_related("division")


def _standing_pages() -> QuerySet[StandardPage]:
    return StandardPage.objects.live().public().select_related("division").defer("body")


def _stations() -> QuerySet[LiaisonStation]:
    rows: QuerySet[LiaisonStation] = LiaisonStation.objects.public_stations().select_related("division")
    return rows.defer("body", "functions", "photos", "regulations")


KINDS: dict[str, Kind] = {
    "proposal": Kind(pgettext_lazy("search", "建议"), "-published_at", lambda: Proposal.objects.readable().for_list()),
    "snap": Kind(_("随手拍"), "-published_at", lambda: SnapReport.objects.public().for_list()),
    "news": Kind(_("文章"), "-published_at", lambda: NewsPage.objects.public().for_list()),
    "page": Kind(pgettext_lazy("search", "页面"), "path", _standing_pages),
    "deputy": Kind(_("人大代表"), "rank", deputies_in_office),
    "station": Kind(_("联络站"), "path", _stations),
    "file": Kind(pgettext_lazy("search", "文件"), "-created_at", _documents),
}


@dataclass(frozen=True)
class Found:
    kind: str
    label: str | Promise
    order: str
    matches: Matches
    count: int

    @property
    def total(self) -> str:
        return "1000+" if self.count > 1000 else str(self.count)

    def page(self, cursor: str | None, size: int) -> Page:
        return keyset_page(self.matches.queryset, order=self.order, cursor=cursor, size=size)


def searches_as_subjects(keys: list[str]) -> dict[str, Subject]:
    """A followed search is its words."""
    address = reverse("home:search")
    return {
        key: Subject("search", key, key, f"{address}?{urlencode({'q': key})}", lambda user: True)
        for key in keys
        if len(key) <= LONGEST_SEARCH and query_terms(key)
    }


def found_in(name: str, query: str, division: Division | None = None) -> Found:
    kind = KINDS[name]
    rows = _rows_of(name, division).defer(None)  # the rows of one page show the passage of their text
    found = matches(rows, query)
    return Found(name, kind.label, kind.order, found, found.count())


def _rows_of(name: str, division: Division | None) -> QuerySet[Any]:
    """What anybody may read of a kind, in this division and those below it."""
    rows: QuerySet[Any] = KINDS[name].rows()
    if division is None:
        return rows
    return rows.in_division(division) if name in ("proposal", "snap", "news") else _below(rows, division)  # type: ignore[attr-defined] # our querysets


def _below(rows: QuerySet[Any], division: Division) -> QuerySet[Any]:
    return rows.filter(division__path__startswith=division.path)


@dataclass(frozen=True)
class Suggestion:
    title: str
    url: str
    label: str | Promise


def suggested(words: str, division: Division | None = None) -> list[Suggestion]:
    """Titles that hold the words, pages before proposals: those are fewer and meant to be found."""
    items: list[Suggestion] = []
    for name in ("page", "station", "news", "deputy", "file", "proposal", "snap"):
        kind = KINDS[name]
        rows = matches(_rows_of(name, division), words).queryset.order_by(kind.order)[:CANDIDATES]
        for row in rows:
            title = str(row) if isinstance(row, Deputy) else row.title
            if match_places(title, words) and title not in {item.title for item in items}:
                items.append(Suggestion(title, _url_of(row), kind.label))
                if sum(item.label == kind.label for item in items) >= LIMIT // 2:
                    break
    return items[:LIMIT]


def _url_of(row: Any) -> str:
    if isinstance(row, Proposal | SnapReport | Deputy):
        return row.get_absolute_url()
    return str(row.url) if isinstance(row, PortalDocument) else address_of(row.url_path)

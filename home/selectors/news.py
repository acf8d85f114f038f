"""Articles by column, by proposal, and how fresh the columns are."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, Value
from django.db.models.functions import Length, Substr
from django.utils import timezone
from wagtail.models import Page, Workflow

from participation.proposals.models import Proposal
from portal.jurisdictions.models import Division
from portal.pagecache.services import kept
from portal.pages.rules.addresses import address_of
from portal.trail.subjects import Subject, row_keys

from ..models import NewsIndexPage, NewsPage
from ..rules.freshness import HOME_DAYS, Freshness, freshness, site_fails

LATEST = 5


@dataclass(frozen=True)
class LatestNews:
    """The newest articles of the columns of one kind; `columns` lead to the rest."""

    columns: list[NewsIndexPage]
    news: list[NewsPage]


def latest_news(*kinds: str, division: Division | None = None, limit: int = LATEST) -> LatestNews | None:
    """None where there is nothing. Of `division`: its own, those below it and those above it, which hold there too."""
    columns = [each for each in _leaves(NewsIndexPage.objects.live().public()) if each.kind in kinds]
    if not columns:
        return None
    within = Q()
    for column in columns:
        within |= Q(path__startswith=column.path)
    rows = NewsPage.objects.public().filter(within).for_list().order_by("-published_at", "-pk")
    if division is not None:
        above = [division.path[: end + 1] for end, sign in enumerate(division.path) if sign == "/"]
        here = Q(division__path__startswith=division.path) | Q(division__path__in=above) | Q(division=None)
        rows = rows.filter(here)
    news = list(rows[:limit])
    return LatestNews(columns, news) if news else None


def _leaves(columns: Any) -> list[NewsIndexPage]:
    """The columns that hold articles themselves, in the order of the tree; one query."""
    rows = list(columns.select_related("division").order_by("path"))
    return [each for each in rows if not any(o.path.startswith(each.path) and o.path != each.path for o in rows)]


def news_address() -> str:
    """Where 动态 of the navigation leads: the first public column of news at the top of the site; "" without one.

    Every page asks: it is remembered until anything public changes.
    """
    return kept("news_address", _first_column_of_news)


def _first_column_of_news() -> str:
    columns = NewsIndexPage.objects.live().public().filter(depth=3, kind=NewsIndexPage.Kind.NEWS).order_by("path")
    url_path = columns.values_list("url_path", flat=True).first()
    return address_of(url_path) if url_path else ""


def crumbs_of(page: Page) -> list[tuple[str, str]]:
    """The live pages above it, below the home page, as (title, address); one query."""
    above = page.get_ancestors().live().filter(depth__gt=2).values_list("title", "url_path")
    return [(title, address_of(url_path)) for title, url_path in above]


def column_of(page: Page) -> NewsIndexPage | None:
    """The column an article stands in; one query."""
    column: NewsIndexPage | None = NewsIndexPage.objects.parent_of(page).first()
    return column


def news_about(proposal: Proposal) -> list[NewsPage]:
    """Public articles that tell of a proposal, newest first; for its own page."""
    rows = NewsPage.objects.public().about(proposal).for_list()
    return list(rows.order_by("-published_at", "-pk")[:LATEST])


def pages_as_subjects(keys: list[str]) -> dict[str, Subject]:
    """Titles of pages for the record and the inbox; what is not public is shown to staff only."""

    def visible_to(is_live: bool) -> Any:
        return lambda user: is_live or user.has_perm("wagtailadmin.access_admin")

    rows = Page.objects.filter(pk__in=row_keys(keys))
    return {str(p.pk): Subject("page", str(p.pk), p.title, p.get_url() or "", visible_to(p.live)) for p in rows}


@dataclass(frozen=True)
class FreshnessRow:
    title: str
    page: Any
    count: int
    freshness: Freshness
    last: date | None


@dataclass(frozen=True)
class FreshnessBoard:
    home: FreshnessRow
    columns: list[FreshnessRow]
    fails: list[str]

    def count(self, state: str) -> int:
        return sum(row.freshness.state == state for row in self.columns)


def freshness_board(today: date) -> FreshnessBoard:
    """Four queries, whatever the number of columns. The home page lives from articles and public proposals alike."""
    rows = (
        NewsPage.objects.live()
        .annotate(column_path=Substr("path", 1, Length("path") - Value(4)))
        .values("column_path")
        .annotate(count=Count("pk"), last=Max("published_at"))
        .order_by()
    )
    by_path = {row["column_path"]: row for row in rows}
    columns = []
    for column in _leaves(NewsIndexPage.objects.live()):
        found = by_path.get(column.path, {"count": 0, "last": None})
        last = timezone.localdate(found["last"]) if found["last"] else None
        columns.append(
            FreshnessRow(column.title, column, found["count"], freshness(last, today, column.limit_days), last)
        )
    newest = Proposal.objects.public().aggregate(last=Max("published_at"))["last"]
    days = [row.last for row in columns if row.last] + ([timezone.localdate(newest)] if newest else [])
    last_on_home = max(days, default=None)
    home = FreshnessRow(
        "", None, sum(row.count for row in columns), freshness(last_on_home, today, HOME_DAYS), last_on_home
    )
    return FreshnessBoard(home, columns, site_fails(home.freshness, [row.freshness for row in columns]))


def review_of(levels: int) -> Workflow | None:
    """The review with exactly so many levels."""
    return (
        Workflow.objects.filter(active=True, workflow_tasks__task__reviewtask__level=levels)
        .exclude(workflow_tasks__task__reviewtask__level__gt=levels)
        .order_by("pk")
        .first()
    )

"""{% load share %}: what a page says of itself to other sites and programs, and the tools below an article."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.models import Page

from participation.proposals.templatetags.proposals import proposal_card
from portal.frame.structured import canonical_address, json_ld_element, qr_svg
from portal.frame.templatetags.frame import breadcrumbs
from portal.jurisdictions.models import Division
from portal.jurisdictions.templatetags.jurisdictions import site_profile
from portal.pages.rules.addresses import address_of, tail_of
from portal.search.text import highlight, match_places

from ..adapters.passages import words_of
from ..models import NewsIndexPage, NewsPage
from ..rules import structured
from ..selectors import column_of, crumbs_of

register = template.Library()
register.inclusion_tag("proposals/proposal_card.html", name="found_proposal")(
    lambda row, query, names: proposal_card(row, query, names, 3)
)


@register.inclusion_tag("home/found_row.html")
def found_row(row: Any, kind: str, query: str) -> dict[str, Any]:
    """What was found with the words marked: in the summary, else in the passage of the text that holds them."""
    if kind == "deputy":
        return {"row": row, "url": row.get_absolute_url(), "kind": kind, "title": highlight(str(row), query)}
    if kind == "snap":
        words = highlight(f"{row.place} {row.text}".strip(), query, 120)
        return {
            "row": row,
            "url": row.get_absolute_url(),
            "kind": kind,
            "title": highlight(row.title, query),
            "summary": words,
        }
    summary = getattr(row, "summary", "") or ""
    if not all(match_places(f"{row.title}\n{summary}", word) for word in query.split()) and hasattr(row, "body"):
        text = " ".join(words_of(row.body).split())
        summary = text if match_places(text, query) else summary
    return {
        "row": row,
        "url": row.url if kind == "file" else address_of(row.url_path),
        "kind": kind,
        "title": highlight(row.title, query),
        "summary": highlight(summary, query, 120),
    }


def _absolute(request: HttpRequest, address: str) -> str:
    return request.build_absolute_uri(address)


@register.inclusion_tag("home/share_meta.html", takes_context=True)
def share_meta(
    context: template.Context, title: str, description: str = "", kind: str = "website", image: Any = None
) -> dict[str, Any]:
    """Canonical address, description and OpenGraph for the head of a page. `image`: a PortalImage."""
    request: HttpRequest = context["request"]
    picture = image.get_rendition("fill-1200x630|format-jpeg") if image else None
    canonical, site = canonical_address(request), site_profile(context)
    labels = {}
    if site is not None:
        domain = urlsplit(canonical).hostname or ""
        labels = structured.site_labels(name=site.site_name, domain=domain, code=site.site_code)
    return {
        "canonical": canonical,
        "title": title,
        "description": " ".join(description.split())[:160],
        "kind": kind,
        "image_url": _absolute(request, picture.url) if picture else "",
        "image": picture,
        "site": site,
        "labels": _meta(labels),
        "site_name": settings.WAGTAIL_SITE_NAME,
    }


def _meta(labels: dict[str, str]) -> SafeString:
    return format_html_join("", '<meta name="{}" content="{}">\n', labels.items())


@register.simple_tag
def page_labels(page: NewsIndexPage | NewsPage) -> SafeString:
    """网页标签 of a column or an article, as inspections of government sites read them."""
    column = column_of(page) if isinstance(page, NewsPage) else page
    labels = structured.column_labels(name=column.title, kind=column.kind) if column else {}
    if isinstance(page, NewsPage):
        published = timezone.localtime(page.published_at).strftime("%Y-%m-%d %H:%M") if page.live else ""
        labels |= structured.article_labels(title=page.title, published=published, source=page.source)
    return _meta(labels)


@register.simple_tag
def feed_link(name: str, title: str, page: Any = None, division: Division | None = None) -> SafeString:
    """`<link rel=alternate>`: `{% feed_link "home:column_feed" page.title page division %}`."""
    address = feed_address(name, page, division)
    title = f"{title} - {division.name}" if division is not None else title
    return format_html('<link rel="alternate" type="application/atom+xml" title="{}" href="{}">', title, address)


@register.simple_tag
def feed_address(name: str, page: Any = None, division: Division | None = None) -> str:
    address = reverse(name, args=[tail_of(address_of(page.url_path)).rstrip("/")] if page else [])
    return f"{address}?{urlencode({'division': division.key})}" if division is not None else address


@register.simple_tag(takes_context=True)
def site_data(context: template.Context) -> SafeString:
    """JSON-LD of the home page: the site, its search, and who runs it as the set-up says."""
    request: HttpRequest = context["request"]
    site = site_profile(context)
    if site is None:
        return SafeString("")
    found = structured.site(
        name=site.site_name,
        url=_absolute(request, "/"),
        search_url=_absolute(request, reverse("home:search")),
        organisation=site.host_organisation,
        phones=[line.number for line in site.phone_lines],
        address=site.address,
        is_government=site.is_government_site,
        area=site.division.name if site.division else "",
    )
    return json_ld_element(found)


@register.simple_tag(takes_context=True)
def article_data(context: template.Context, page: NewsPage) -> SafeString:
    """JSON-LD of an article: what stands on the page, nothing else."""
    request: HttpRequest = context["request"]
    site = site_profile(context)
    picture = page.lead_image.get_rendition("fill-1200x630|format-jpeg") if page.lead_image else None
    article = structured.article(
        url=canonical_address(request),
        headline=page.title,
        summary=page.summary,
        published=page.published_at.isoformat(timespec="seconds"),
        changed=(page.last_published_at or page.published_at).isoformat(timespec="seconds"),
        author=page.author,
        source=page.source,
        publisher=site.host_organisation if site else "",
        image=_absolute(request, picture.url) if picture else "",
    )
    return json_ld_element(article)


@register.inclusion_tag("components/breadcrumbs.html", takes_context=True)
def page_breadcrumbs(context: template.Context, page: Page) -> dict[str, Any]:
    """Where a page stands in the tree: the live pages above it, then itself."""
    above = [part for pair in crumbs_of(page) for part in pair]
    return breadcrumbs(context, *above, page.title, "")


@register.inclusion_tag("home/article_tools.html", takes_context=True)
def article_tools(context: template.Context, title: str, summary: str = "") -> dict[str, Any]:
    """字号, 打印, 转发到群 as plain text, and on paper the QR code of the address."""
    request: HttpRequest = context["request"]
    address = canonical_address(request)
    return {
        "request": request,
        "display_modes": context.get("display_modes"),
        "address": address,
        "text": "\n".join(part for part in (title, summary, address) if part),
        "qr": qr_svg(address),
    }

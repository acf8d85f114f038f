"""What tells people and machines where things are: site map, robots.txt, security.txt."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.frame.navigation import footer_links, navigation_items
from portal.jurisdictions.selectors import site_profile

from ..registry import doors
from ..selectors import column_feeds, feed_places, site_parts

CLOSED = ("/admin/", "/accounts/", "/me/", "/search/", "/lookup/", "/corrections/", "/captcha/", "/setup/", "/modes/")
VALID_DAYS = 180  # RFC 9116 advises less than a year


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """网站地图, for people."""
    entrances = {item.url: str(item.label) for item in (*doors(), *navigation_items(""))}
    context = {
        "entrances": [{"url": url, "label": label} for url, label in entrances.items()],
        "parts": site_parts(),
        "feeds": [(title, reverse("home:column_feed", args=[path])) for title, path in column_feeds()],
        "feed_places": feed_places(),
        "about": footer_links(""),
    }
    return render(request, "home/site_map.html", context)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything is closed to robots where `ROBOTS_ALLOWED` is off: a demo or a test site is nobody's search result."""
    if settings.ROBOTS_ALLOWED:
        index = request.build_absolute_uri(reverse("home:sitemap_index"))
        lines = [
            "User-agent: *",
            "Allow: /accounts/login/",  # people search for the door as well
            *(f"Disallow: {path}" for path in CLOSED),
            "Disallow: /*?*cursor=",
            f"Sitemap: {index}",
        ]
    else:
        lines = ["User-agent: *", "Disallow: /"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def security_text(request: HttpRequest) -> HttpResponse:
    """RFC 9116. Whom to tell of a hole: SECURITY_CONTACT, else the site's own mail; without either there is no file."""
    profile = site_profile()
    contact = settings.SECURITY_CONTACT or (profile.email if profile else "")
    if not contact:
        raise Http404
    if "@" in contact and ":" not in contact:
        contact = f"mailto:{contact}"
    expires = (timezone.now() + timedelta(days=VALID_DAYS)).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: zh, en",
        f"Canonical: {request.build_absolute_uri(request.path)}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")

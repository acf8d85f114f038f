"""Every public page that a visitor can reach by links, and the links that lead nowhere."""

import http.client
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, quote, unquote, urldefrag, urljoin, urlsplit

STARTS = ["/", "/accessibility/", "/offline/", "/accounts/login/", "/robots.txt", "/sitemap.xml", "/404-no-such-page/"]
# one address stands for the many that differ only in what was searched, filtered or turned over
QUERIES_PER_PATH = 3
LINKS = {"a": "href", "link": "href", "script": "src", "img": "src", "source": "srcset", "form": "action"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.add(values["id"])
        if tag == "form" and values.get("method", "get").lower() == "post":
            return
        if "external" in values.get("rel", "").split():
            return  # a map on somebody else's site, opened by who taps it
        if wanted := values.get(LINKS.get(tag, "")):
            self.links += [part.split()[0] for part in wanted.split(",")] if tag == "source" else [wanted]


@dataclass
class Crawl:
    """What was found: page texts by address, and complaints."""

    pages: dict[str, str] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
    asked: int = 0


def get(host: str, path: str, cookie: str = "") -> tuple[int, str, http.client.HTTPMessage]:
    connection = http.client.HTTPConnection(host, timeout=60)
    try:
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace"), answer.headers
    finally:
        connection.close()


def crawl(address: str, starts: Iterable[str] = STARTS, *, limit: int = 600) -> Crawl:
    """Follow every link on this host, GET only, without cookies; the admin and what needs a log-in stay outside."""
    host = urlsplit(address).netloc
    found = Crawl()
    waiting = deque((path, "") for path in starts)
    seen = set(starts)
    variants: dict[str, int] = {}
    anchors: list[tuple[str, str, str]] = []
    ids: dict[str, set[str]] = {}
    while waiting and found.asked < limit:
        path, origin = waiting.popleft()
        status, text, headers = get(host, path)
        found.asked += 1
        if status in (301, 302, 303):
            links = [headers.get("Location", "")]
        else:
            if status != (404 if "no-such-page" in path else 200):
                found.complaints.append(f"{status} {unquote(path)}  (linked from {unquote(origin)})")
            if not headers.get("Content-Type", "").startswith("text/html"):
                continue
            reader = _Reader()
            reader.feed(text)
            found.pages[path], ids[path] = text, reader.ids
            links = reader.links
        for link in links:
            target, anchor = urldefrag(urljoin(f"{address}{path}", link))
            parts = urlsplit(target)
            if parts.scheme not in ("http", "https"):
                continue
            if parts.netloc != host:
                if not parts.netloc.endswith((".gov.cn", "12377.cn")):
                    found.complaints.append(f"foreign host {target}  (linked from {unquote(path)})")
                continue
            wanted = quote(unquote(parts.path)) + (f"?{parts.query}" if parts.query else "")
            if anchor:
                anchors.append((path, wanted, unquote(anchor)))
            if wanted in seen or parts.path.startswith("/admin/"):
                continue
            if parse_qsl(parts.query):
                variants[parts.path] = variants.get(parts.path, 0) + 1
                if variants[parts.path] > QUERIES_PER_PATH and not parts.path.startswith("/assets/"):
                    continue
            seen.add(wanted)
            waiting.append((wanted, path))
    found.complaints += sorted(
        {
            f"no #{anchor} on {unquote(to)}  (linked from {unquote(at)})"
            for at, to, anchor in anchors
            if to in ids and anchor not in ids[to]
        }
    )
    if waiting:
        found.complaints.append(f"stopped after {limit} addresses, {len(waiting)} were waiting")
    return found

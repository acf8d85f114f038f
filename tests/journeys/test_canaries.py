"""R26: no word that is not for strangers, on any page, list, file, feed or search of the whole demo."""

import re
from collections import Counter, deque
from urllib.parse import quote, urljoin, urlsplit

import pytest

from tests.databases import Store
from tests.servers import Client, DemoServer

CANARY = "金丝雀在灯下"
CONTROL = f"{CANARY}99"  # in the titles of public proposals: whoever looks well enough meets it
STARTS = ("/", "/sitemap/", "/sitemap.xml", "/me/", f"/search/?q={quote('金丝雀')}", f"/proposals/?q={quote('金丝雀')}",
          f"/ledger/?q={quote('金丝雀')}", "/feed/", "/robots.txt")  # fmt: skip
PER_KIND = 40  # matters of every state are among so many
LINK = re.compile(r"""(?:href|src|action)=["']([^"']+)["']|<loc>([^<]+)</loc>|<link>([^<]+)</link>""")
NOT_FOLLOWED = re.compile(r"/logout|/assets/|/static/|/captcha/|^/admin/")


def kind_of(path: str) -> str:
    plain = re.sub(r"\d+|[0-9a-f]{8,}", "N", path.partition("?")[0])
    return plain + "?" + "&".join(sorted(re.findall(r"[?&](\w+)=", path)))


def walked(client: Client, server: DemoServer) -> tuple[int, Counter[tuple[str, str]]]:
    """How many addresses this visitor has read, and {(word, kind of page): times} of the canaries met."""
    waiting, seen, kinds = deque(STARTS), set(STARTS), Counter[str]()
    met: Counter[tuple[str, str]] = Counter()
    asked = 0
    while waiting:
        path = waiting.popleft()
        answer = client.request("GET", path)
        asked += 1
        assert answer.status < 500, path
        for word in set(re.findall(CANARY + r"\d\d", answer.text)):
            met[word, kind_of(path)] += 1
        found = [*LINK.findall(answer.text), (answer.headers.get("Location", ""), "", "")]
        for link in ("".join(each).replace("&amp;", "&") for each in found):
            target = urlsplit(urljoin(server.url + path, link.strip()))
            wanted = target.path + (f"?{target.query}" if target.query else "")
            if target.netloc != urlsplit(server.url).netloc or wanted in seen or NOT_FOLLOWED.search(wanted):
                continue
            seen.add(wanted)
            kinds[kind_of(wanted)] += 1
            if kinds[kind_of(wanted)] <= PER_KIND and wanted.isascii():
                waiting.append(wanted)
    return asked, met


@pytest.mark.figures
@pytest.mark.once
def test_no_stranger_meets_a_word_that_is_not_for_strangers(database_store: Store) -> None:
    server = DemoServer(database_store, "portal_served_canaries")
    try:
        planted = server.inside("plant_canaries", CANARY=CANARY, CONTROL=CONTROL)
        visitor, resident = server.client(), server.client()
        [key] = server.sessions(1)  # a new resident, to whom nothing of the demo belongs
        resident.log_in(key)
        asked, met = 0, Counter[tuple[str, str]]()
        for client in (visitor, resident):
            more, leaks = walked(client, server)
            asked, met = asked + more, met + leaks
    finally:
        server.close()
    leaked = sorted(f"{planted[word]} on {kind}" for word, kind in met if word != CONTROL)
    print(
        f"\nwords in {len(planted)} kinds of text that are not for strangers, {asked} addresses read: {len(leaked)} met"
    )
    assert leaked == []
    assert len({kind for word, kind in met if word == CONTROL}) > 10
    assert len(planted) > 25 and asked > 300

"""Weight: any public page ≤ 60 kB compressed in all, scripts ≤ 25 kB (measured with gzip, the worse of the two)."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.test import Client, override_settings

from portal.frame.assets import STATIC_DIR, bundle, script_url, stylesheet_url

PAGES = [
    "/",
    "/proposals/",
    "/snaps/",
    "/deputies/",
    "/schedule/",
    "/search/",
    "/accessibility/",
    "/lookup/",
    "/trail/",
    "/division/",
    "/accounts/login/",
    "/offline/",
    "/sitemap/",
    "/corrections/new/",
]


def test_scripts_weigh_at_most_25_kb() -> None:
    assert len(bundle("js").gzip) <= 25_000


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_a_page_with_everything_it_loads_weighs_at_most_60_kb(client: Client, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    loaded = re.findall(r'<(?:script|img|link)[^>]+(?:src|href)="([^"]+)"', page.content.decode())
    # the icon is loaded as well; nothing else than our own files is
    weights = [len(gzip.compress(page.content))]
    for address in set(loaded):
        if address.startswith("/static/"):  # served by WhiteNoise, not by a view
            found = finders.find(address.removeprefix("/static/"))
            assert found, address
            weights.append(len(gzip.compress(Path(found).read_bytes())))
            continue
        answer = client.get(address, headers={"accept-encoding": "gzip"})
        assert answer.status_code == 200, address
        weights.append(len(answer.content if answer.has_header("Content-Encoding") else gzip.compress(answer.content)))
    assert sum(weights) <= 60_000


def test_every_file_is_part_of_the_bundle_and_declares_a_layer() -> None:
    text = bundle("css").body.decode()
    for path in STATIC_DIR.joinpath("css").rglob("*.css"):
        source = path.read_text()
        if path.parent.name == "admin":  # pages of Wagtail load those, one by one
            assert source not in text
            continue
        assert source in text
        assert source.lstrip().startswith(("@layer", "/*")), path
    assert text.index("@layer tokens, base, frame") < text.index("@layer base {")


def test_compressed_answers_hold_the_same_text(client: Client) -> None:
    plain = client.get(stylesheet_url()).content
    gzipped = client.get(stylesheet_url(), headers={"accept-encoding": "gzip, deflate"})
    packed = client.get(stylesheet_url(), headers={"accept-encoding": "gzip, br"})
    assert (gzipped["Content-Encoding"], packed["Content-Encoding"]) == ("gzip", "br")
    assert gzip.decompress(gzipped.content) == plain == brotli.decompress(packed.content)
    assert packed["Vary"] == "Accept-Encoding"


def test_only_the_present_digest_is_kept_for_ever(client: Client) -> None:
    assert client.get(script_url())["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get("/assets/portal.js?v=000000000000")["Cache-Control"] == "public, max-age=60"


def test_the_stylesheet_names_no_foreign_host() -> None:
    assert re.findall(rb"https?://|@import|url\(", bundle("css").body) == []


def test_development_reads_the_files_anew() -> None:
    with override_settings(DEBUG=True):
        assert bundle("css").body == bundle("css").body


def test_the_service_worker_keeps_no_page_but_the_offline_page(client: Client) -> None:
    text = client.get("/sw.js").content.decode()
    kept = re.search(r"KEPT = \[(.*?)\]", text)
    assert kept is not None
    assert re.findall(r'"([^"]+)"', kept[1]) == ["/offline/", stylesheet_url(), script_url(), "/favicon.svg"]
    assert "cache.put" not in text

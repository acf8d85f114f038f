"""Rules that a search through the sources can hold."""

import re
from pathlib import Path

from tests.architecture.routes import all_routes

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("home", "portal", "participation", "liaison_stations")
TEMPLATES = sorted(
    path
    for folder in [ROOT / "templates", *(ROOT / package for package in PACKAGES)]
    for path in folder.rglob("*")
    if path.suffix in (".html", ".txt", ".xml", ".svg") and "templates" in path.parts
)
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
HTML = [path for path in TEMPLATES if path.suffix == ".html"]
VENDORED = re.compile(r"/vendored/|\.min\.")
CHINESE = re.compile(r"[\u3400-\u9fff]")
TRANSLATED = re.compile(
    r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}|<!--.*?-->"
    r"|\{%\s*(?:blocktranslate|blocktrans)\b.*?\{%\s*end(?:blocktranslate|blocktrans)\s*%\}"
    r"|\{%\s*(?:translate|trans)\b.*?%\}"
    r"|_\((?:\"[^\"]*\"|'[^']*')\)",
    re.S,
)
# Samples of components, served in development only.
FOR_DEVELOPERS = ("templates/frame/gallery.html", "templates/frame/gallery/")
# A text that exists in Chinese alone: the privacy notice as it was consented to.
ONLY_CHINESE = ("templates/accounts/privacy_notice_text.html", "templates/accounts/terms_text.html")
UNWELCOME_NAMES = re.compile(r"^(utils?|helpers?|common|misc)(\.py)?$")


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def lines_with(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    return [
        f"{relative(path)}:{text.count(chr(10), 0, match.start()) + 1} {match[0][:60]}"
        for path in paths
        if not VENDORED.search(str(path))
        for text in [path.read_text()]
        for match in pattern.finditer(text)
    ]


def test_no_template_has_an_inline_script_or_style() -> None:
    inline_script = re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*type=[\"']application/(?:ld\+)?json[\"'])[^>]*>", re.I)
    inline_style = re.compile(r"<style\b|\sstyle\s*=\s*[\"']", re.I)
    handler = re.compile(r"<[^>{%]*\son[a-z]+\s*=\s*[\"'][^>]*>|href\s*=\s*[\"']javascript:", re.I)
    assert lines_with(inline_script, HTML) + lines_with(inline_style, HTML) + lines_with(handler, HTML) == []


def test_no_template_loads_from_another_host() -> None:
    foreign = re.compile(
        r"<(?:script|link|img|iframe|source|video|audio)\b[^>]*\b(?:src|href)=[\"'](?:https?:)?//", re.I
    )
    assert lines_with(foreign, HTML) == []


def test_no_stylesheet_loads_from_another_host() -> None:
    sheets = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.css"))
    assert lines_with(re.compile(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//"), sheets) == []


def test_only_views_that_harm_nobody_are_exempt_from_csrf() -> None:
    # The display modes set a cookie about type size and need no session, so that pages can be cached.
    # A mail provider's one-click unsubscription has no cookie: its signed link is the authority (RFC 8058).
    # The choice of a division is a cookie like the display modes.
    # Wagtail's internal API is exempt in name only: REST framework checks the token itself.
    exempt = {route.key for route in all_routes() if route.is_csrf_exempt}
    ours = {key for key in exempt if not key.startswith("wagtailadmin_api:")}
    assert ours == {"frame:modes", "jurisdictions:division_choice", "outbox:unsubscribe"}


def test_every_chinese_text_of_a_template_is_translatable() -> None:
    bare = []
    for path in (each for each in TEMPLATES if not relative(each).startswith((*FOR_DEVELOPERS, *ONLY_CHINESE))):
        rest = TRANSLATED.sub(lambda match: "\n" * match[0].count("\n"), path.read_text())
        bare += [
            f"{relative(path)}:{number} {line.strip()[:60]}"
            for number, line in enumerate(rest.splitlines(), 1)
            if CHINESE.search(line)
        ]
    assert bare == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    folders = [path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_dir()]
    assert [relative(path) for path in [*SOURCES, *folders] if UNWELCOME_NAMES.match(path.name)] == []


def test_no_source_names_a_place_of_one_machine() -> None:
    place = re.compile(r"(?<![\w}/])/(?:root|Users|home|work)/\w+")
    assert lines_with(place, [*SOURCES, *TEMPLATES]) == []

"""What tells two kept pages apart, and what must never be kept. No Django here."""

import re
from collections.abc import Collection, Mapping

MODES = ("elder", "contrast")
THEMES = {"dark": "+dark", "light": "+light"}
DIVISION = re.compile(r"[0-9A-Za-z]{1,12}\Z")
Key = tuple[str, str, str, str, str]


def look_of(cookies: Mapping[str, str]) -> str:
    """The cookies that change an anonymous page: two modes, light or dark, the chosen division; nothing else."""
    modes = "".join("1" if cookies.get(name) == "1" else "0" for name in MODES)
    division = cookies.get("division", "")
    theme = THEMES.get(cookies.get("theme", ""), "")
    return f"{modes}{division if DIVISION.match(division) else ''}{theme}"


def may_be_kept(*, status: int, headers: Mapping[str, str], sets_cookies: bool) -> bool:
    """Whole HTML or XML pages without a cookie of anybody; what a view said about caching itself is respected."""
    vary = {part.strip().lower() for part in headers.get("Vary", "").split(",") if part.strip()}
    return (
        status == 200
        and not sets_cookies
        and "Cache-Control" not in headers
        and "Content-Encoding" not in headers
        and vary <= {"cookie", "accept-encoding"}
        and headers.get("Content-Type", "").split(";")[0]
        in {
            "text/html",
            "text/plain",
            "application/xml",
            "application/rss+xml",
            "application/atom+xml",
            "application/json",
        }
    )


def matches_etag(if_none_match: str, etag: str) -> bool:
    """Weak comparison (RFC 9110, 13.1.2)."""
    asked = {part.strip().removeprefix("W/") for part in if_none_match.split(",")}
    return "*" in asked or etag.removeprefix("W/") in asked


_WRITE = re.compile(
    r'\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?|COPY)\s+"?(\w+)',
    re.IGNORECASE,
)
_OF_A_LOGIN = re.compile(r'\s*UPDATE "accounts_user" SET "last_login" = [^,]* WHERE', re.IGNORECASE)


def changes_pages(sql: str, quiet_tables: Collection[str]) -> bool:
    """Whether a statement writes what a public page may show. Unknown tables count: a new feature need do nothing."""
    match = _WRITE.match(sql)
    return match is not None and match[1] not in quiet_tables and not _OF_A_LOGIN.match(sql)

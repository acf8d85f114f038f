"""The texts that residents agree to: the version that comes with the portal, and those that staff published since."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from wagtail.rich_text import expand_db_html

from .models import NoticeText

BUILT_IN_VERSION = "2026-01"
PRIVACY, TERMS = NoticeText.Kind.PRIVACY.value, NoticeText.Kind.TERMS.value
BUILT_IN = {PRIVACY: "accounts/privacy_notice_text.html", TERMS: "accounts/terms_text.html"}


@dataclass(frozen=True)
class Notice:
    """One version. `source` is what a consent's hash is taken of, `html` what is shown."""

    kind: str
    version: str
    source: str
    published_at: datetime | None = None

    @property
    def html(self) -> SafeString:
        return SafeString(self.source if self.published_at is None else expand_db_html(self.source))


def _of_row(row: NoticeText) -> Notice:
    return Notice(row.kind, row.version, row.text, row.published_at)


def built_in(kind: str) -> Notice:
    return Notice(kind, BUILT_IN_VERSION, render_to_string(BUILT_IN[kind]))


def current_notice(kind: str) -> Notice:
    row = NoticeText.objects.filter(kind=kind).first()
    return _of_row(row) if row else built_in(kind)


def notice_of(kind: str, version: str) -> Notice | None:
    if version == BUILT_IN_VERSION:
        return built_in(kind)
    row = NoticeText.objects.filter(kind=kind, version=version).first()
    return _of_row(row) if row else None


def versions_of(kind: str) -> Iterator[tuple[str, datetime | None]]:
    """Newest first, the one that came with the portal last."""
    yield from NoticeText.objects.filter(kind=kind).values_list("version", "published_at")
    yield BUILT_IN_VERSION, None

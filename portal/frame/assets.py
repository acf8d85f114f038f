"""One stylesheet and one script per page, joined in memory from small files; no build step.

Every file of portal/static/css (but those of its folder admin) and portal/static/js is part of it, so a component adds
its file and is done. The address holds a digest of the content and may be kept for ever. Cascade layers make the order
of the files irrelevant.
"""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import brotli
from django.conf import settings
from django.urls import reverse

STATIC_DIR = Path(__file__).resolve().parent.parent / "static"
SOURCES = {
    "css": (STATIC_DIR / "css", "text/css; charset=utf-8", "tokens.css"),
    "js": (STATIC_DIR / "js", "text/javascript; charset=utf-8", "start.js"),
}


@dataclass(frozen=True)
class Bundle:
    """The joined text of one kind, plain and compressed."""

    content_type: str
    body: bytes
    gzip: bytes
    brotli: bytes
    digest: str


def _joined(kind: str) -> bytes:
    folder, _type, first = SOURCES[kind]
    # the file that declares the layers (or the shared names) comes first, the others by name
    ours = [path for path in folder.rglob(f"*.{kind}") if path.parent.name != "admin"]
    files = sorted(ours, key=lambda path: (path.name != first, path.as_posix()))
    return "\n".join(path.read_text(encoding="utf-8") for path in files).encode()


@cache
def _packed(kind: str, body: bytes) -> Bundle:
    return Bundle(
        content_type=SOURCES[kind][1],
        body=body,
        gzip=gzip.compress(body, mtime=0),
        brotli=brotli.compress(body),
        digest=hashlib.sha256(body).hexdigest()[:12],
    )


@cache
def _kept(kind: str) -> Bundle:
    return _packed(kind, _joined(kind))


def bundle(kind: str) -> Bundle:
    """The bundle of "css" or "js"; re-read at each call in development, once per process otherwise."""
    return _packed(kind, _joined(kind)) if settings.DEBUG else _kept(kind)


def stylesheet_url() -> str:
    return f"{reverse('frame:stylesheet')}?v={bundle('css').digest}"


def script_url() -> str:
    return f"{reverse('frame:script')}?v={bundle('js').digest}"

"""Is an uploaded file what its name says? Read from its bytes: the name alone proves nothing."""

import zipfile
from typing import BinaryIO

from portal.tables.rules import decode

OFFICE = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
PDF_STARTS_WITHIN = 1024  # readers allow as much before the mark


def extension_of(name: str) -> str:
    _stem, dot, extension = name.rpartition(".")
    return extension.lower() if dot else ""


def is_what_it_says(extension: str, file: BinaryIO) -> bool:
    """Whether the content fits the extension; the file is read from its start and put back there."""
    file.seek(0)
    try:
        if extension == "pdf":
            return b"%PDF-" in file.read(PDF_STARTS_WITHIN)
        if extension in ("csv", "txt"):
            return decode(file.read()) is not None
        if extension == "zip":
            return _names(file) is not None
        if extension in OFFICE:
            names = _names(file) or []
            return "[Content_Types].xml" in names and any(name.startswith(OFFICE[extension]) for name in names)
        return False
    finally:
        file.seek(0)


def _names(file: BinaryIO) -> list[str] | None:
    """What an archive lists; nothing is unpacked."""
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, UnicodeDecodeError):
        return None

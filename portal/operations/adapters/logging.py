"""A log without personal data: where it failed and how, never what somebody wrote.

An exception's message may quote a name, a phone number or a row of a table, and so may a message with arguments; a
pattern would find only some of it. So the text of exceptions is left out altogether, and long numbers and addresses
are blotted out of what remains.
"""

import logging
import re
import traceback
from types import TracebackType

E_MAIL = re.compile(r"[^\s@<>\"'/:=]+(?:@|%40)[^\s@<>\"']+\.[A-Za-z]{2,}")
LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:\+?86[- ]?)?\d(?:[- ]?\d){6,}[Xx]?(?![0-9A-Za-z])")
QUERY = re.compile(r"\?[^\s\"']+")
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def blotted(text: str) -> str:
    """The text without query strings, e-mail addresses and numbers of seven digits or more."""
    text = QUERY.sub("?…", text)
    text = E_MAIL.sub("[mail]", text)
    return LONG_NUMBER.sub("[number]", text)


class PrivateFormatter(logging.Formatter):
    """One line per record with the error reference; a traceback shows places and classes, not messages."""

    def format(self, record: logging.LogRecord) -> str:
        kept = record.exc_text
        record.exc_text = None  # another handler's formatter may have cached the full text
        try:
            text = super().format(record)
        finally:
            record.exc_text = kept
        reference = getattr(getattr(record, "request", None), "reference_id", "")
        return f"[{reference}] {text}" if reference else text

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = blotted(record.message)
        return super().formatMessage(record)

    def formatException(self, ei: ExcInfo | tuple[None, None, None]) -> str:
        lines: list[str] = []
        error, seen = ei[1], set[int]()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            if lines:
                lines.append("  caused by")
            lines += [
                f"  {frame.filename}:{frame.lineno} in {frame.name}"
                for frame in traceback.extract_tb(error.__traceback__)
            ]
            lines.append(f"  {type(error).__module__}.{type(error).__qualname__}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(lines)

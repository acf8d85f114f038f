"""The editor of running text: what arrives broken is kept as plain words, not answered with a fault."""

from typing import Any

from django.utils.html import escape
from wagtail.admin.rich_text import DraftailRichTextArea


class ForgivingRichText(DraftailRichTextArea):
    """The browser sends the text as JSON; anything else (cut off on the way, or forged) becomes one paragraph."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        try:
            return super().value_from_datadict(data, files, name)
        except (ValueError, TypeError, AttributeError, KeyError, IndexError):
            return f"<p>{escape(data.get(name) or '')}</p>"

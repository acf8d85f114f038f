"""The rules on handling personal data that residents agree to. A change of the text needs a new version."""

from django.template.loader import render_to_string

NOTICE_VERSION = "2026-01"
NOTICE_TEMPLATE = "accounts/privacy_notice_text.html"


def notice_text() -> str:
    """The text itself, without the page around it; its hash is kept with every consent."""
    return render_to_string(NOTICE_TEMPLATE)

"""`{% load moderation %}{% report_link kind key %}` beside any public text that is reviewed."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..models import Review
from ..selectors import is_decided_against

register = template.Library()


@register.filter
def may_object(user: Any, review: Review | None) -> bool:
    """`{% if user|may_object:proposal.review %}`: its author, and it was returned, refused or hidden. No query."""
    return review is not None and is_decided_against(user, review)


@register.simple_tag
def report_link(kind: str, key: object, css_class: str = "report-link", what: str = "") -> SafeString:
    """A plain link, so that the page can be kept for visitors. `kind` and `key` as in the trail.

    `what` says which one, to those who hear the page, where several stand on it.
    """
    url = reverse("moderation:report", args=[kind, key])
    hidden = format_html('<span class="visually-hidden">{}</span>', what) if what else ""
    return format_html('<a class="{}" href="{}" rel="nofollow">{}{}</a>', css_class, url, _("举报"), hidden)

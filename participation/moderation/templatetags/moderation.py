"""`{% load moderation %}{% report_link kind key %}` beside any public text that is reviewed."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..models import Review
from ..selectors import appealed, is_decided_against

register = template.Library()


@register.simple_tag(takes_context=True)
def appeal_link(context: Any, review: Review | None, css_class: str = "") -> SafeString | str:
    """`{% appeal_link proposal.review as link %}`: for its author where it was returned, refused or hidden, else "".

    One query, only then; none where a list marked its reviews with `selectors.mark_appealed`.
    """
    if review is None or not is_decided_against(context["user"], review):
        return ""
    is_appealed = bool(appealed([review])) if review.is_appealed is None else review.is_appealed
    words = _("您已申诉，看进展") if is_appealed else _("不同意这个决定，去申诉")
    return format_html('<a class="{}" href="{}">{}</a>', css_class, reverse("moderation:appeals"), words)


@register.simple_tag
def report_link(kind: str, key: object, css_class: str = "report-link", what: str = "") -> SafeString:
    """A plain link, so that the page can be kept for visitors. `kind` and `key` as in the trail.

    `what` says which one, to those who hear the page, where several stand on it.
    """
    url = reverse("moderation:report", args=[kind, key])
    hidden = format_html('<span class="visually-hidden">{}</span>', what) if what else ""
    return format_html('<a class="{}" href="{}" rel="nofollow">{}{}</a>', css_class, url, _("举报"), hidden)

"""`{% load moderation %}{% report_link kind key %}` beside any public text that is reviewed."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def report_link(kind: str, key: object, css_class: str = "report-link", what: str = "") -> SafeString:
    """A plain link, so that the page can be kept for visitors. `kind` and `key` as in the trail.

    `what` says which one, to those who hear the page, where several stand on it.
    """
    url = reverse("moderation:report", args=[kind, key])
    hidden = format_html('<span class="visually-hidden">{}</span>', what) if what else ""
    return format_html('<a class="{}" href="{}" rel="nofollow">{}{}</a>', css_class, url, _("举报"), hidden)

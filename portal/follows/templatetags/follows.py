"""`{% load follows %}{% follow_button kind key %}` on any page of a subject."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse

from portal.follows.selectors import is_following
from portal.trail.subjects import subjects_of

register = template.Library()


@register.inclusion_tag("follows/follow_button.html", takes_context=True)
def follow_button(context: Any, kind: str, key: str, title: str = "", show: bool = False) -> dict[str, Any]:
    """A button for who is logged in; for a visitor a plain link without a token, so that the page can be cached.

    With `show` the title stands on the button: where a page offers several.
    """
    if not title and (subject := subjects_of(kind, [key]).get(key)):
        title = subject.title
    request = context["request"]
    back = request.get_full_path()
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "kind": kind,
        "key": key,
        "title": title,
        "show": show,
        "next": back,
        "is_logged_in": request.user.is_authenticated,
        "is_following": is_following(request.user, kind, key),
        "link": f"{reverse('follows:toggle')}?{urlencode({'kind': kind, 'key': key, 'next': back})}",
    }

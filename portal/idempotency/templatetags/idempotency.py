"""`{% form_key_input %}`: the hidden input, for forms written by hand."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.idempotency.rules import new_key

register = template.Library()


@register.simple_tag
def form_key_input(key: str = "") -> SafeString:
    return format_html('<input type="hidden" name="form_key" value="{}" autocomplete="off">', key or new_key())

from django import template

from ..admin_menu import PlainItem, plain_menu

register = template.Library()


@register.simple_tag(takes_context=True)
def plain_admin_menu(context: template.Context) -> list[PlainItem]:
    """{% plain_admin_menu as menu %}: nothing for those who may not enter."""
    request = context.get("request")
    if request is None or not request.user.has_perm("wagtailadmin.access_admin"):
        return []
    return plain_menu(request)

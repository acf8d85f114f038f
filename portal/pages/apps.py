from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """Pages of every floor: their division, their rights by posts, the check of their words. No tables of its own."""

    name = "portal.pages"
    label = "pages"
    verbose_name = _("页面")

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LookupConfig(AppConfig):
    name = "portal.lookup"
    label = "lookup"

    def ready(self) -> None:
        from portal.frame.navigation import register_item

        register_item(
            "lookup", _("查进度"), "lookup:lookup", 80, in_bottom_bar=True, in_navigation=False, icon="search"
        )

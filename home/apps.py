from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    label = "home"
    verbose_name = _("首页")

    def ready(self) -> None:
        from portal.frame.navigation import register_item

        from .wiring import register_home

        register_home()
        register_item("home", _("首页"), "/", 5, True, in_navigation=False, icon="home")

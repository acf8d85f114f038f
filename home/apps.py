from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    label = "home"
    verbose_name = _("首页")

    def ready(self) -> None:
        from portal.frame.navigation import register_footer_link, register_item

        from .registry import register_door, register_section
        from .sections import latest

        register_item("home", _("首页"), "/", 5, True, in_navigation=False, icon="home")
        # the account floor owns the page; the frame shows it to everyone, and it asks for the log-in itself
        register_item("me", _("我的"), "/me/", 90, True, in_navigation=False, icon="person")
        register_footer_link("trail", _("公开记录的封存与核验"), "trail:home", 30)
        register_door("write", _("我要提建议"), "proposals:new", 10, icon="pencil", is_main=True)
        register_door("read", _("看居民建议"), "proposals:list", 20, icon="document")
        register_door("lookup", _("查进度"), "lookup:lookup", 30, icon="search")
        register_section("latest", "home/latest_proposals.html", latest, 10)

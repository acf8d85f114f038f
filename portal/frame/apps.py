from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FrameConfig(AppConfig):
    name = "portal.frame"
    label = "frame"

    def ready(self) -> None:
        from portal.tables.adapters import word_wagtails_exports

        from .adapters import label_what_wagtail_leaves_in_english, start_choosers_without_inline_scripts
        from .navigation import register_footer_link

        register_footer_link("accessibility", _("无障碍与长者模式"), "frame:accessibility", 10)
        start_choosers_without_inline_scripts()
        label_what_wagtail_leaves_in_english()
        word_wagtails_exports()

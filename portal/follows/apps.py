from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowsConfig(AppConfig):
    name = "portal.follows"
    label = "follows"

    def ready(self) -> None:
        from portal.outbox.registry import register_kind

        from .services import NEWS

        register_kind(NEWS, _("我关注的区划、类别、搜索有新内容"), by_sms=False)  # type: ignore[arg-type]  # lazy: read per language

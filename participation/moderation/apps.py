from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "participation.moderation"
    label = "moderation"
    verbose_name = _("审核")

    def ready(self) -> None:
        from portal.accounts.permissions import grant
        from portal.accounts.registry import register_hand_over
        from portal.frame.navigation import register_item
        from portal.operations.registry import register_job
        from portal.outbox.registry import register_kind
        from portal.pagecache.registry import register_page

        from .notifications import KIND_AUTHOR, KIND_READER, KIND_STAFF
        from .rules import ROLES
        from .services import hand_over_claims, remind_reviewers

        register_hand_over("reviews", hand_over_claims)
        for permission, roles in ROLES.items():
            grant(permission, roles)
        register_kind(KIND_READER, _("我的举报有结果"), by_sms=False)  # type: ignore[arg-type]  # lazy: read per language
        register_kind(KIND_AUTHOR, _("我的申诉有结果"))  # type: ignore[arg-type]  # lazy: as above
        register_kind(KIND_STAFF, _("审核催办"), by_sms=False, is_listed=False)  # type: ignore[arg-type]  # lazy: as above
        register_page("moderation:figures")
        register_item("moderation", _("审核公开"), "moderation:figures", 63, icon="check", in_navigation=False)
        register_job("remind_reviewers", remind_reviewers, every=timedelta(hours=6))

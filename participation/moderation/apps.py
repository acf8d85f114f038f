from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "participation.moderation"
    label = "moderation"
    verbose_name = _("审核")

    def ready(self) -> None:
        from portal.accounts.permissions import grant
        from portal.accounts.registry import register_hand_over

        from .rules import ROLES
        from .services import hand_over_claims

        register_hand_over("reviews", hand_over_claims)
        for permission, roles in ROLES.items():
            grant(permission, roles)

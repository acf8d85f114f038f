from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CorrectionsConfig(AppConfig):
    name = "portal.corrections"
    label = "corrections"
    verbose_name = _("纠错")

    def ready(self) -> None:
        from portal.accounts.permissions import grant
        from portal.accounts.personal_data import register_personal_data
        from portal.outbox.registry import register_absent, register_kind

        from .notifications import KIND, WAITING
        from .permissions import GRANTS
        from .selectors import absent_reporters, corrections_of
        from .services import empty_corrections_of

        for permission, roles in GRANTS.items():
            grant(permission, roles)
        register_kind(KIND, _("我反映的网页错误已处理"), by_sms=False)  # type: ignore[arg-type]  # lazy: read per language
        register_kind(WAITING, _("网页纠错待处理"), by_sms=False, is_listed=False)  # type: ignore[arg-type]  # lazy, too
        register_absent("correction", absent_reporters)
        register_personal_data(
            "corrections",
            corrections_of,
            empty_corrections_of,
            label=_("纠错"),
            headings={
                "at": _("时间"),
                "address": _("页面地址"),
                "words": _("哪里有错"),
                "contact": _("联系方式"),
                "state": _("状态"),
                "answer": _("处理说明"),
            },
        )

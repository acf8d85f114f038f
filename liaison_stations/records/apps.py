from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    """接待记录."""

    name = "liaison_stations.records"
    label = "records"
    verbose_name = _("接待记录")

    def ready(self) -> None:
        """Hand the lower floors what they must reach up here for."""
        from liaison_stations.deputies.registry import register_performance
        from liaison_stations.stations.registry import register_section
        from portal.accounts.permissions import grant
        from portal.accounts.personal_data import register_personal_data
        from portal.outbox.registry import register_absent, register_kind
        from portal.trail.subjects import register_subject

        from .adapters import station_figures, subjects
        from .notifications import DUTIES, OWN
        from .rules.rights import ROLES
        from .selectors import absent_visitors, matters_of_deputies, visitors_of_deputies
        from .services import HEADINGS, SUBJECT_KIND, empty_own, export_own

        for permission, roles in ROLES.items():
            grant(permission, roles)
        register_subject(SUBJECT_KIND, subjects, _("接待记录"))
        register_kind(OWN, _("我在联络站反映的事有了结果"))  # type: ignore[arg-type]  # lazy: read per language
        register_kind(DUTIES, _("我接待的群众反映的事"), is_listed=False)  # type: ignore[arg-type]  # lazy: read per language
        register_absent(SUBJECT_KIND, absent_visitors)
        register_personal_data("receptions", export_own, empty_own, label=_("接待记录"), headings=HEADINGS)
        held_only = _("只计已登记“已接待”的场次；几位代表一起接待的，每位都计。")
        register_performance(
            "visitors_received", _("接待群众"), visitors_of_deputies, 31, unit=_("人次"), definition=held_only
        )
        register_performance(
            "matters_heard", _("听取意见"), matters_of_deputies, 32, unit=_("件"), definition=held_only
        )
        register_section("reception_records", "records/station_figures.html", station_figures, 15)

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReceptionsConfig(AppConfig):
    name = "liaison_stations.receptions"
    label = "receptions"
    verbose_name = _("进站接待")

    def ready(self) -> None:
        """Hand the lower floors what they must reach up here for."""
        from liaison_stations.deputies.registry import register_performance
        from liaison_stations.deputies.registry import register_section as register_deputy_section
        from liaison_stations.stations.registry import register_section as register_station_section
        from portal.accounts.panels import register_panel
        from portal.accounts.permissions import grant
        from portal.frame.navigation import register_item
        from portal.jurisdictions.clauses import register_evaluator
        from portal.operations.registry import register_job
        from portal.outbox.registry import register_absent, register_kind
        from portal.pagecache.registry import register_page
        from portal.trail.subjects import register_subject

        from . import clauses, sections
        from .adapters import subjects
        from .notifications import BOOKINGS, DUTIES, NEWS
        from .rules.rights import ROLES
        from .selectors.booking import absent_callers, own_panel
        from .selectors.counting import receptions_attended
        from .services import SUBJECT_KIND, remind_of_duties, remind_of_month

        for permission, roles in ROLES.items():
            grant(permission, roles)
        register_subject(SUBJECT_KIND, subjects)
        register_absent(SUBJECT_KIND, absent_callers)
        register_station_section("schedule", sections.STATION, sections.of_station, 10)
        register_deputy_section("schedule", sections.DEPUTY, sections.of_deputy, 10)
        register_kind(BOOKINGS, _("我预约的接待"))  # type: ignore[arg-type]  # lazy: read per language
        register_kind(NEWS, _("我关注的联络站和代表的接待"))  # type: ignore[arg-type]  # lazy: read per language
        register_kind(DUTIES, _("本站接待安排"), is_listed=False)  # type: ignore[arg-type]  # lazy: read per language
        register_job("remind_of_month", lambda: f"reminded {remind_of_month()}", every=timedelta(hours=6))
        register_job("remind_of_duties", lambda: f"reminded {remind_of_duties()}", every=timedelta(hours=6))
        register_item("schedule", _("接待日程"), "receptions:schedule", 31, icon="calendar", in_navigation=False)
        register_panel("reception_bookings", "receptions/booking_me_panel.html", own_panel, order=20)
        register_performance(
            "receptions",
            _("进站接待"),
            receptions_attended,
            30,
            unit=_("次"),
            definition=_("按签到表登记、本人到站的接待场次；在哪个站接待都计入。"),
        )
        for clause, evaluate in clauses.EVALUATORS.items():
            register_evaluator(clause, evaluate)
        register_page("receptions:schedule", "division", "station", "deputy", "month", "day")

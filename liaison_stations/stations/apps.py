from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StationsConfig(AppConfig):
    """联络站（点）."""

    name = "liaison_stations.stations"
    label = "stations"
    verbose_name = _("联络站")

    def ready(self) -> None:
        from portal.accounts.permissions import grant
        from portal.frame.navigation import register_item
        from portal.pagecache.registry import register_page
        from portal.trail.subjects import register_subject

        from .adapters.contexts import directory_context, findings, station_context
        from .adapters.subjects import SUBJECT_KIND, subjects
        from .permissions import GRANTS
        from .registry import register_context
        from .selectors import directory_address

        for permission, roles in GRANTS.items():
            grant(permission, roles)
        register_context("directory", directory_context)
        register_context("station", station_context)
        register_context("findings", findings)
        register_item("stations", _("联络站"), directory_address, 30)
        register_subject(SUBJECT_KIND, subjects, _("联络站"))
        register_page("stations:points")
        register_page("stations:venues", "division", "kind", "cursor")

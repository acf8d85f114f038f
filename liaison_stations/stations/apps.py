from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StationsConfig(AppConfig):
    """联络站（点）."""

    name = "liaison_stations.stations"
    label = "stations"
    verbose_name = _("联络站")

    def ready(self) -> None:
        from portal.accounts.permissions import grant

        from .adapters.contexts import directory_context, station_context
        from .permissions import GRANTS
        from .registry import register_context

        for permission, roles in GRANTS.items():
            grant(permission, roles)
        register_context("directory", directory_context)
        register_context("station", station_context)

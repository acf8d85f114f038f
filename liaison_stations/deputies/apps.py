from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeputiesConfig(AppConfig):
    name = "liaison_stations.deputies"
    label = "deputies"
    verbose_name = _("人大代表")

    def ready(self) -> None:
        """Hand the lower floors what they must reach up here for."""
        from portal.accounts.permissions import grant
        from portal.accounts.personal_data import register_personal_data
        from portal.frame.navigation import register_item
        from portal.pagecache.registry import register_page
        from portal.trail.subjects import register_subject

        from .rules import ROLES
        from .selectors import OWN_HEADINGS, SUBJECT_KIND, own_mandates, subjects
        from .services import let_go_of_account

        for permission, roles in ROLES.items():
            grant(permission, roles)
        register_item("deputies", _("人大代表"), "deputies:list", 32, icon="person", in_navigation=False)
        register_page("deputies:list", "q", "division", "level", "district", "leading", "state", "cursor")
        register_page("deputies:detail")
        register_subject(SUBJECT_KIND, subjects, _("人大代表"))
        register_personal_data("mandates", own_mandates, let_go_of_account, _("人大代表任期"), headings=OWN_HEADINGS)

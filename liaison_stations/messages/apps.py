from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagesConfig(AppConfig):
    """码上找代表. The label `messages` is Django's own."""

    name = "liaison_stations.messages"
    label = "deputy_messages"
    verbose_name = _("码上找代表")

    def ready(self) -> None:
        """Hand the lower floors what they must reach up here for."""
        from liaison_stations.deputies.registry import register_section as register_deputy_section
        from liaison_stations.stations.registry import register_section as register_station_section
        from portal.accounts.panels import register_panel
        from portal.accounts.permissions import grant
        from portal.accounts.personal_data import register_personal_data
        from portal.lookup.registry import register_prefix
        from portal.operations.registry import register_check, register_job
        from portal.outbox.registry import register_absent, register_kind
        from portal.trail.subjects import register_subject

        from . import adapters, checks
        from .notifications import DUTIES, OWN
        from .rules.naming import PREFIX
        from .rules.rights import ROLES
        from .selectors import absent_senders, found_by_slip
        from .services import (
            HEADINGS,
            SUBJECT_KIND,
            empty_own,
            export_own,
            forget_stale_drafts,
            remind_of_due_messages,
            text_senders,
        )

        register_check("deputy_messages", checks.findings)
        for permission, roles in ROLES.items():
            grant(permission, roles)
        register_subject(SUBJECT_KIND, adapters.subjects, _("留言"))
        register_subject("deputy_qr_code", adapters.code_subjects, _("联络站码、代表码"))
        register_kind(OWN, _("我给代表、联络站的留言有了答复"))  # type: ignore[arg-type]  # lazy: read per language
        register_kind(DUTIES, _("本站和代表收到的留言"), is_listed=False)  # type: ignore[arg-type]  # lazy: read per language
        register_absent(SUBJECT_KIND, absent_senders)
        register_prefix(PREFIX, found_by_slip)
        register_panel("deputy_messages", "deputy_messages/message_me_panel.html", adapters.own_panel, order=14)
        register_personal_data("deputy_messages", export_own, empty_own, label=_("留言"), headings=HEADINGS)
        register_station_section("message", adapters.STATION, adapters.of_station, 20)
        register_deputy_section("message", adapters.DEPUTY, adapters.of_deputy, 20)
        register_job("remind_of_due_messages", lambda: f"reminded {remind_of_due_messages()}", every=timedelta(hours=6))
        register_job("text_message_senders", text_senders, every=timedelta(minutes=1))
        register_job("forget_unsent_messages", forget_stale_drafts, every=timedelta(hours=6))

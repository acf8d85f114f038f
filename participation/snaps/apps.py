from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SnapsConfig(AppConfig):
    name = "participation.snaps"
    label = "snaps"
    verbose_name = _("随手拍")

    def ready(self) -> None:
        """Hand the lower floors what they must reach up here for."""
        from participation.moderation.adapters import register_parts
        from participation.moderation.registry import register_owner
        from portal.accounts.panels import register_panel
        from portal.accounts.permissions import grant
        from portal.accounts.personal_data import register_personal_data
        from portal.frame.navigation import register_item
        from portal.lookup.registry import register_prefix
        from portal.outbox.registry import register_kind
        from portal.pagecache.registry import register_page
        from portal.trail.subjects import register_subject

        from .adapters import own_panel, photo_parts, review_owner, subjects
        from .notifications import KIND_FOLLOWED, KIND_OWN, SUBJECT_KIND
        from .permissions import ROLES
        from .rules import PREFIX
        from .selectors import found_by_slip
        from .services import OWN_HEADINGS, empty_own, export_own, own_files

        for permission, roles in ROLES.items():
            grant(permission, roles)
        register_kind(KIND_OWN, _("我的随手拍有进展"))  # type: ignore[arg-type]  # lazy: read per language
        register_kind(KIND_FOLLOWED, _("我关注的随手拍有进展"))  # type: ignore[arg-type]  # lazy: read per language
        register_item("snaps", _("随手拍"), "snaps:list", 17, icon="text")
        register_page("snaps:list", "division", "category", "state", "cursor")
        register_page("snaps:detail")
        register_prefix(PREFIX, found_by_slip)
        register_panel("own_snaps", "snaps/snap_me_panel.html", own_panel, order=12)
        register_personal_data(
            "snaps", export_own, empty_own, label=_("随手拍"), headings=OWN_HEADINGS, files=own_files
        )
        register_subject(SUBJECT_KIND, subjects, _("随手拍"))
        register_owner(SUBJECT_KIND, review_owner())
        register_parts(photo_parts())

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProposalsConfig(AppConfig):
    name = "participation.proposals"
    label = "proposals"
    verbose_name = _("居民建议")

    def ready(self) -> None:
        """Hand the lower floors what they must reach up here for."""
        from django.contrib.auth.signals import user_logged_in

        from participation.moderation.adapters import register_parts
        from participation.moderation.registry import register_owner
        from portal.accounts.panels import register_panel
        from portal.accounts.permissions import grant
        from portal.accounts.personal_data import register_personal_data
        from portal.accounts.registry import guard_address, register_second_fact
        from portal.frame.navigation import register_item
        from portal.lookup.registry import register_prefix
        from portal.operations.registry import register_job
        from portal.outbox.registry import register_absent, register_kind
        from portal.pagecache.registry import register_page
        from portal.trail.subjects import register_subject

        from .adapters import photo_parts, review_owner, shows_own_proposal, subjects
        from .notifications import KIND_REVIEW
        from .permissions import ROLES
        from .selectors import absent_authors, found_by_slip, has_numbered, is_own_last_six, own_panel
        from .services import OWN_HEADINGS, delete_stale_drafts, empty_own, export_own, own_files, reconcile_supports
        from .views.drafts import take_along

        user_logged_in.connect(take_along, dispatch_uid="proposals.take_along")

        for permission, roles in ROLES.items():
            grant(permission, roles)
        register_kind("own_proposal", _("我的建议有进展"))  # type: ignore[arg-type]  # lazy: read per language
        review = _("待我审核的建议")
        register_kind(KIND_REVIEW, review, by_sms=False, is_listed=False, usual="daily")  # type: ignore[arg-type]  # lazy, too
        register_kind("followed_proposal", _("我关注的建议有进展"))  # type: ignore[arg-type]  # lazy: read per language
        register_item("propose", _("提建议"), "proposals:new", 10, in_bottom_bar=True, icon="pencil")
        register_item("proposals", _("居民建议"), "proposals:list", 15, icon="text")
        register_page("proposals:list", "q", "division", "category", "state", "since", "until", "order", "cursor")
        register_page("proposals:detail")
        register_prefix("JY", found_by_slip)
        register_panel("own_proposals", "proposals/proposal_me_panel.html", own_panel, order=10)
        register_personal_data(
            "proposals", export_own, empty_own, label=_("居民建议"), headings=OWN_HEADINGS, files=own_files
        )
        register_second_fact("last_six", _("您任一建议的受理编号后六位"), has=has_numbered, check=is_own_last_six)  # type: ignore[arg-type]
        guard_address(shows_own_proposal)
        register_subject("proposal", subjects, _("居民建议"))
        register_absent("proposal", absent_authors)
        register_owner("proposal", review_owner())
        register_parts(photo_parts())
        register_job("delete_stale_proposal_drafts", delete_stale_drafts, every=timedelta(days=1))
        register_job(
            "reconcile_supports", lambda: f"mended {len(reconcile_supports())} counters", every=timedelta(days=1)
        )

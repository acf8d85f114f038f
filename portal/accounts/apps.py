from datetime import timedelta
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig

from .rules import COMMITTEE_POST_KEEPERS, COMMITTEE_POST_READERS, STAFF_ROLES, UNIT_READERS

EVERY_STAFF_ROLE = tuple(sorted(STAFF_ROLES))

# What features below this floor ask for, and our own; features above call `permissions.grant` themselves.
GRANTS: dict[str, tuple[str, ...]] = {
    "wagtailadmin.access_admin": EVERY_STAFF_ROLE,
    "accounts.change_roleassignment": ("director", "admin"),
    "accounts.view_roleassignment": ("director", "admin", "superior", "auditor"),
    "accounts.change_handlingunit": ("director", "admin"),
    "accounts.add_handlingunit": ("director", "admin"),
    "accounts.view_handlingunit": UNIT_READERS,
    "accounts.view_committeepost": COMMITTEE_POST_READERS,
    "accounts.add_committeepost": COMMITTEE_POST_KEEPERS,
    "accounts.change_committeepost": COMMITTEE_POST_KEEPERS,
    "accounts.verify_user": ("clerk", "community", "committee", "director"),
    "jurisdictions.add_division": ("admin",),
    "jurisdictions.change_division": ("admin",),
    "jurisdictions.view_division": ("admin", "director", "committee"),
    "jurisdictions.add_termsperiod": ("director", "admin"),
    "lookup.add_querycodeissue": ("clerk", "community", "committee", "director"),
    "outbox.change_delivery": ("admin",),
    "outbox.change_noticetask": ("clerk", "community", "committee", "director"),
    "trail.export_entry": ("auditor",),
    # whoever decides by them may read them
    "wording.view_wordentry": ("moderator", "committee", "director", "auditor", "admin"),
    "workdays.view_calendarday": ("clerk", "moderator", "committee", "director", "auditor", "admin"),
}
# Hold for the whole site, so a post must cover it (docs/decisions/0002): an administrator imports the year's notice
# (domain.md 2.1); the committee of the site's top division answers for both.
SITE_WIDE: dict[str, tuple[str, ...]] = {
    **{f"wording.{act}_wordentry": ("moderator", "director", "admin") for act in ("add", "change", "delete")},
    **{f"workdays.{act}_calendarday": ("committee", "director", "admin") for act in ("add", "change", "delete")},
    "jurisdictions.change_siteprofile": ("director", "admin"),
    "accounts.add_noticetext": ("director", "admin"),
}


class ClosedUsersAppConfig(WagtailUsersAppConfig):
    """Wagtail's user screens answer nobody: its forms would go round scope, record and separation of duties."""

    def ready(self) -> None:
        from django.contrib.auth.models import Group
        from wagtail.permissions import register_permission_policy

        from .viewsets import close_wagtails_user_screens

        close_wagtails_user_screens()
        register_permission_policy(Group)


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    label = "accounts"
    default = True

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added
        from django.db.models.signals import post_migrate

        from portal.frame.modes import register_mode_keeper
        from portal.frame.navigation import register_footer_link, register_item
        from portal.jurisdictions.clauses import register_evaluator
        from portal.operations.registry import register_check, register_job
        from portal.outbox.registry import register_contacts, register_kind, register_operators
        from portal.pagecache.registry import register_page
        from portal.trail.registry import register_head_listener
        from portal.trail.subjects import register_subject

        from .adapters.contacts import contacts_of_accounts
        from .adapters.identity import Counter, PhoneCode
        from .adapters.permission_names import name_permissions
        from .checks import conflicting_duties
        from .clauses import committee_is_staffed
        from .panels import register_panel
        from .permissions import grant, grant_site_wide
        from .personal_data import register_own
        from .registry import register_identity_provider, register_second_fact
        from .selectors import (
            accounts_as_subjects,
            administrators,
            committee_posts_as_subjects,
            has_real_name,
            surname_is_right,
        )
        from .services.posts import POST_SUBJECT
        from .services.preferences import keep_modes
        from .services.roles import move_due_items, sync_all_groups
        from .services.trail_heads import KIND, send_head_to_auditors

        register_item("me", _("我的"), "accounts:me", 90, in_bottom_bar=True, in_navigation=False, icon="person")
        register_footer_link("privacy", _("个人信息处理规则"), "accounts:privacy_notice", 40)
        register_footer_link("terms", _("使用条款"), "accounts:terms", 45)
        for kind in ("privacy_notice", "terms"):
            register_page(f"accounts:{kind}")
            register_page(f"accounts:{kind}_version")
        register_panel("messages", "outbox/message_panel.html", _messages_panel, order=20)
        register_panel("follows", "follows/follow_panel.html", _follows_panel, order=30)
        for permission, roles in GRANTS.items():
            grant(permission, roles)
        for permission, roles in SITE_WIDE.items():
            grant_site_wide(permission, roles)
        register_identity_provider(PhoneCode())
        register_identity_provider(Counter())
        register_second_fact("surname", "您的姓（登记过的）", has=has_real_name, check=surname_is_right)
        register_subject("account", accounts_as_subjects, _("账号"))
        register_subject(POST_SUBJECT, committee_posts_as_subjects, _("工委职务"))
        register_evaluator("X38", committee_is_staffed)
        register_job("hand_over", move_due_items, every=timedelta(hours=1))
        register_job("role_groups", sync_all_groups, every=timedelta(days=1))
        register_check("duties", conflicting_duties)
        register_contacts(contacts_of_accounts)
        register_operators(administrators)
        register_kind(KIND, "公开记录的链头", by_sms=False, is_listed=False)
        register_head_listener(send_head_to_auditors)
        register_own()
        post_migrate.connect(name_permissions, dispatch_uid="accounts.permissions_in_chinese")
        register_mode_keeper(keep_modes)
        authenticator_added.connect(_remember_set_up, dispatch_uid="accounts.second_factor_set_up_here")


def _messages_panel(request: Any) -> dict[str, Any]:
    from portal.outbox.selectors import unread_count

    return {"unread": unread_count(request.user)}


def _follows_panel(request: Any) -> dict[str, Any]:
    from portal.follows.selectors import follows_of

    return {"followed": follows_of(request.user).count()}


def _remember_set_up(request: Any, **kwargs: Any) -> None:
    """allauth tells it by a signal only: a second factor set up in this session counts for this session."""
    request.session["mfa_set_up_here"] = True

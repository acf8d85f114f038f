from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiscussionConfig(AppConfig):
    name = "participation.discussion"
    label = "discussion"
    verbose_name = _("讨论")

    def ready(self) -> None:
        """Hand the lower floors what they must reach up here for."""
        from participation.moderation.adapters import register_parts
        from participation.moderation.registry import register_owner
        from portal.accounts.panels import register_panel
        from portal.accounts.permissions import grant
        from portal.accounts.personal_data import register_personal_data
        from portal.outbox.registry import register_kind
        from portal.pagecache.registry import register_page
        from portal.trail.subjects import register_subject

        from .adapters import comments_as_subjects, own_panel, review_owner, summary_parts, threads_as_subjects
        from .notifications import KIND_ANSWERED, KIND_FOLLOWED, KIND_OWN
        from .rules import ROLES
        from .selectors import SUBJECT_KIND, THREAD_KIND
        from .services import OWN_HEADINGS, empty_own, export_own

        for permission, roles in ROLES.items():
            grant(permission, roles)
        register_kind(KIND_OWN, _("我的评论有结果"), by_sms=False)  # type: ignore[arg-type]  # lazy: read per language
        register_kind(KIND_ANSWERED, _("有人回复我的评论"), by_sms=False)  # type: ignore[arg-type]  # lazy: as above
        register_kind(KIND_FOLLOWED, _("我关注的讨论有官方答复或小结"), by_sms=False)  # type: ignore[arg-type]  # lazy: as above
        register_page("discussion:thread", "order", "voices", "cursor")
        register_page("discussion:replies", "cursor")
        register_page("discussion:texts")
        register_panel("own_comments", "discussion/comment_me_panel.html", own_panel, order=14)
        register_personal_data("discussion", export_own, empty_own, label=_("评论"), headings=OWN_HEADINGS)
        register_subject(SUBJECT_KIND, comments_as_subjects, _("评论"))
        register_subject(THREAD_KIND, threads_as_subjects, _("讨论"))
        register_owner(SUBJECT_KIND, review_owner())
        register_parts(summary_parts())

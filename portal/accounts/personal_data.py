"""Where personal data lies: every feature that keeps some registers how it is handed out and how it is emptied."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.trail.subjects import Subject, kind_in_words, subjects_of


def no_files(user: Any) -> Iterable[tuple[str, bytes]]:
    return ()


@dataclass(frozen=True)
class PersonalData:
    """`export(user)` answers rows of words and moments; `anonymise(user)` runs in the transaction of the cancellation.

    `headings` are the columns of the table in words; `files(user)` yields (path in the archive, bytes), one at a time.
    """

    name: str
    label: str
    export: Callable[[Any], list[dict[str, Any]]]
    anonymise: Callable[[Any], None]
    headings: Mapping[str, Any] = field(default_factory=dict)
    files: Callable[[Any], Iterable[tuple[str, bytes]]] = no_files


sections: dict[str, PersonalData] = {}


def register_personal_data(
    name: str,
    export: Callable[[Any], list[dict[str, Any]]],
    anonymise: Callable[[Any], None],
    label: Any = "",
    *,
    headings: Mapping[str, Any] | None = None,
    files: Callable[[Any], Iterable[tuple[str, bytes]]] = no_files,
) -> None:
    """`name` is the section's name in `data.json` (latin, e.g. "proposals"), `label` what people read."""
    sections[name] = PersonalData(name, label or name, export, anonymise, headings or {}, files)


# What the columns of our own tables are called, by section.
HEADINGS: dict[str, dict[str, Any]] = {
    "account": {
        "user_name": _("用户名"),
        "real_name": _("姓名"),
        "nickname": _("昵称"),
        "shows_nickname": _("公开昵称"),
        "phone": _("登录手机"),
        "contact_phone": _("联系电话"),
        "email": _("邮箱"),
        "address": _("联系地址"),
        "division": _("所在社区（村）"),
        "elder_mode": _("长者模式"),
        "high_contrast": _("高对比"),
        "joined": _("注册时间"),
        "verified": _("核验时间"),
        "verification": _("核验方式"),
        "last_login": _("最近登录时间"),
    },
    "posts": {
        "role": _("职务"),
        "division": _("区划"),
        "unit": _("承办单位"),
        "starts_on": _("开始日期"),
        "ends_on": _("结束日期"),
    },
    "consents": {
        "purpose": _("同意的事项"),
        "version": _("版本"),
        "text_hash": _("文本校验值"),
        "given_at": _("同意时间"),
        "withdrawn_at": _("撤回时间"),
    },
    "follows": {
        "kind": _("种类"),
        "subject": _("关注的编号"),
        "title": _("标题"),
        "frequency": _("通知频率"),
        "since": _("关注时间"),
    },
    "messages": {"at": _("时间"), "title": _("标题"), "body": _("内容")},
}


def _title_for(user: Any, subject: Subject | None) -> str:
    return subject.title if subject and subject.visible_to(user) else ""


def register_own() -> None:
    """What accounts itself keeps, and what lies on the floors below, which cannot register here."""
    from portal.follows.models import Follow
    from portal.outbox.models import Message

    def export_account(user: Any) -> list[dict[str, Any]]:
        return [
            {
                "user_name": user.username,
                "real_name": user.real_name,
                "nickname": user.nickname,
                "shows_nickname": user.shows_nickname,
                "phone": user.phone,
                "contact_phone": user.contact_phone,
                "email": user.email,
                "address": user.address,
                "division": str(user.division or ""),
                "elder_mode": user.prefers_elder_mode,
                "high_contrast": user.prefers_high_contrast,
                "joined": user.date_joined,
                "verified": user.verified_at,
                "verification": str(user.get_verification_display()),
                "last_login": user.last_login,
            }
        ]

    def export_posts(user: Any) -> list[dict[str, Any]]:
        roles = [
            (post.get_role_display(), post, post.unit)
            for post in user.role_assignments.select_related("division", "unit")
        ]
        posts = [(post.get_post_display(), post, "") for post in user.committee_posts.select_related("division")]
        return [
            {
                "role": str(title),
                "division": str(post.division),
                "unit": str(unit or ""),
                "starts_on": post.starts_on,
                "ends_on": post.ends_on,
            }
            for title, post, unit in (*roles, *posts)
        ]

    def export_consents(user: Any) -> list[dict[str, Any]]:
        return [
            {
                "purpose": str(consent.get_purpose_display()),
                "version": consent.version,
                "text_hash": consent.text_hash,
                "given_at": consent.given_at,
                "withdrawn_at": consent.withdrawn_at,
            }
            for consent in user.consents.all()
        ]

    def export_follows(user: Any) -> list[dict[str, Any]]:
        rows = list(Follow.objects.filter(user=user).order_by("pk"))
        known = {
            kind: subjects_of(kind, [row.subject_key for row in rows if row.subject_kind == kind])
            for kind in {row.subject_kind for row in rows}
        }
        return [
            {
                "kind": kind_in_words(row.subject_kind),
                "subject": row.subject_key,
                "title": _title_for(user, known[row.subject_kind].get(row.subject_key)),
                "frequency": str(row.get_frequency_display()),
                "since": row.created_at,
            }
            for row in rows
        ]

    def export_messages(user: Any) -> list[dict[str, Any]]:
        rows = Message.objects.filter(recipient=user).order_by("pk")
        return [{"at": row.created_at, "title": row.title, "body": row.body} for row in rows]

    def keep(user: Any) -> None:
        """Emptied by the cancellation itself, or evidence that has to stay."""

    def drop_follows(user: Any) -> None:
        Follow.objects.filter(user=user).delete()

    def empty_messages(user: Any) -> None:
        Message.objects.filter(recipient=user).update(title="", body="", url="")

    register_personal_data("account", export_account, keep, _("账号资料"), headings=HEADINGS["account"])
    register_personal_data("posts", export_posts, keep, _("任职"), headings=HEADINGS["posts"])
    register_personal_data("consents", export_consents, keep, _("同意记录"), headings=HEADINGS["consents"])
    register_personal_data("follows", export_follows, drop_follows, _("关注"), headings=HEADINGS["follows"])
    register_personal_data("messages", export_messages, empty_messages, _("站内消息"), headings=HEADINGS["messages"])

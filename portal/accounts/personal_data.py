"""Where personal data lies: every feature that keeps some registers how it is handed out and how it is emptied."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class PersonalData:
    """`export(user)` answers rows of JSON values; `anonymise(user)` runs in the cancellation's transaction."""

    name: str
    label: str
    export: Callable[[Any], list[dict[str, Any]]]
    anonymise: Callable[[Any], None]


sections: dict[str, PersonalData] = {}


def register_personal_data(
    name: str,
    export: Callable[[Any], list[dict[str, Any]]],
    anonymise: Callable[[Any], None],
    label: str = "",
) -> None:
    """`name` is the file's name in the export (latin, e.g. "proposals"), `label` what people read."""
    sections[name] = PersonalData(name, label or name, export, anonymise)


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
                "joined": user.date_joined.isoformat(),
                "verified": user.verified_at.isoformat() if user.verified_at else "",
                "verification": user.verification,
                "last_login": user.last_login.isoformat() if user.last_login else "",
            }
        ]

    def export_posts(user: Any) -> list[dict[str, Any]]:
        return [
            {
                "role": str(post.get_role_display()),
                "division": str(post.division),
                "unit": str(post.unit or ""),
                "starts_on": post.starts_on.isoformat(),
                "ends_on": post.ends_on.isoformat() if post.ends_on else "",
            }
            for post in user.role_assignments.select_related("division", "unit")
        ]

    def export_consents(user: Any) -> list[dict[str, Any]]:
        return [
            {
                "purpose": str(consent.get_purpose_display()),
                "version": consent.version,
                "text_hash": consent.text_hash,
                "given_at": consent.given_at.isoformat(),
                "withdrawn_at": consent.withdrawn_at.isoformat() if consent.withdrawn_at else "",
            }
            for consent in user.consents.all()
        ]

    def export_follows(user: Any) -> list[dict[str, Any]]:
        rows = Follow.objects.filter(user=user).order_by("pk")
        return [
            {"subject": row.subject_key, "kind": row.subject_kind, "since": row.created_at.isoformat()} for row in rows
        ]

    def export_messages(user: Any) -> list[dict[str, Any]]:
        rows = Message.objects.filter(recipient=user).order_by("pk")
        return [{"at": row.created_at.isoformat(), "title": row.title, "body": row.body} for row in rows]

    def keep(user: Any) -> None:
        """Emptied by the cancellation itself, or evidence that has to stay."""

    def drop_follows(user: Any) -> None:
        Follow.objects.filter(user=user).delete()

    def empty_messages(user: Any) -> None:
        Message.objects.filter(recipient=user).update(title="", body="", url="")

    register_personal_data("account", export_account, keep, "账号资料")
    register_personal_data("posts", export_posts, keep, "任职")
    register_personal_data("consents", export_consents, keep, "同意记录")
    register_personal_data("follows", export_follows, drop_follows, "关注")
    register_personal_data("messages", export_messages, empty_messages, "站内消息")

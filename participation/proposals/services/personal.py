"""What one person has here: handing it out, and emptying it when the account is cancelled."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from participation.moderation.services import forget_original
from portal.jurisdictions.selectors import division_by_code

from ..models import Author, CategoryGroup, Draft, Photo, Proposal, Support
from .drafting import discard_draft, draft_content

HEADINGS = {
    "kind": _("种类"),
    "number": _("受理编号"),
    "state": _("状态"),
    "division": _("街道（乡镇）"),
    "community": _("社区（村）"),
    "submitted_at": _("提交时间"),
    "title": _("标题"),
    "body": _("内容"),
    "category": _("类别"),
    "name": _("称呼"),
    "shows_nickname": _("公开昵称"),
    "is_confidential": _("保密"),
    "photos": _("照片文件"),
    "at": _("时间"),
}
KINDS = {"proposal": _("建议"), "draft": _("草稿"), "support": _("附议")}


def _photo_path(owner: str, position: int) -> str:
    return f"photos/{owner}-{position}.jpg"


def _photo_paths(owner: str, photos: Iterable[Photo]) -> str:
    return " ".join(_photo_path(owner, position) for position, _photo in enumerate(photos, 1))


def own_files(user: Any) -> Iterator[tuple[str, bytes]]:
    """The photos of own proposals and drafts, under names that the table gives."""
    proposals = Proposal.objects.of_author(user).order_by("submitted_at", "pk").prefetch_related("photos")
    drafts = Draft.objects.filter(user=user).order_by("pk").prefetch_related("photos")
    owners = [(row.number, row.photos.all()) for row in proposals]
    owners += [(_draft_name(position), row.photos.all()) for position, row in enumerate(drafts, 1)]
    for owner, photos in owners:
        for position, photo in enumerate(photos, 1):
            try:
                with photo.file.open("rb") as file:
                    yield _photo_path(owner, position), file.read()
            except FileNotFoundError:  # restored without its media: the rest is handed out all the same
                continue


def _draft_name(position: int) -> str:
    return f"draft-{position}"


def _draft_row(draft: Draft, position: int) -> dict[str, Any]:
    content = draft_content(draft)
    group = content.get("category_group", "")
    return {
        "kind": str(KINDS["draft"]),
        "title": content.get("title", ""),
        "body": content.get("body", ""),
        "division": str(division_by_code(content.get("division", "")) or ""),
        "community": str(division_by_code(content.get("community", "")) or ""),
        "category": str(CategoryGroup(group).label) if group in CategoryGroup.values else "",
        "name": content.get("name", ""),
        "shows_nickname": bool(content.get("shows_nickname")),
        "is_confidential": bool(content.get("is_confidential")),
        "photos": _photo_paths(_draft_name(position), draft.photos.all()),
    }


def export_own(user: Any) -> list[dict[str, Any]]:
    """Proposals as written, drafts and supports of the user."""
    proposals = (
        Proposal.objects.of_author(user)
        .select_related("division", "community", "review")
        .prefetch_related("photos")
        .order_by("submitted_at", "pk")
    )
    names = {author.origin_id: author.name for author in Author.objects.filter(user=user)}
    rows: list[dict[str, Any]] = [
        {
            "kind": str(KINDS["proposal"]),
            "number": row.number,
            "state": str(row.get_state_display()),
            "division": str(row.division),
            "community": str(row.community or ""),
            "submitted_at": row.submitted_at,
            "title": row.review.original_title,
            "body": row.review.original_body,
            "category": str(row.get_category_group_display()),
            "name": names.get(row.pk, ""),
            "shows_nickname": row.shows_nickname,
            "is_confidential": row.is_confidential,
            "photos": _photo_paths(row.number, row.photos.all()),
        }
        for row in proposals
    ]
    drafts = Draft.objects.filter(user=user).order_by("pk").prefetch_related("photos")
    rows += [_draft_row(draft, position) for position, draft in enumerate(drafts, 1)]
    supports = Support.objects.filter(user=user).select_related("proposal").order_by("pk")
    rows += [
        {
            "kind": str(KINDS["support"]),
            "number": row.proposal.number,
            "at": row.created_at,
        }
        for row in supports
    ]
    return rows


@transaction.atomic
def empty_own(user: Any) -> None:
    """The public record stays, without the person: label, name, phone, original text and drafts go."""
    for draft in Draft.objects.filter(user=user):
        discard_draft(draft=draft)
    Author.objects.filter(Q(user=user) | Q(origin__author=user)).update(name="", phone="")
    own = Proposal.objects.of_author(user).select_for_update(of=("self",)).select_related("review")
    for proposal in own:
        forget_original(review=proposal.review)
        proposal.shows_nickname = False
        if proposal.author_label:
            proposal.author_label = gettext("居民")
        proposal.save(update_fields=["shows_nickname", "author_label"])

"""What one person has here: handing it out, and emptying it when the account is cancelled."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from participation.moderation.services import forget_original

from ..models import Sighting, SnapReport

HEADINGS = {
    "kind": _("种类"),
    "number": _("编号"),
    "state": _("状态"),
    "division": _("街道（乡镇）"),
    "at": _("时间"),
    "place": _("地点"),
    "text": _("说明"),
    "position": _("精确位置"),
    "photos": _("照片文件"),
}


def _path(number: str, position: int) -> str:
    return f"photos/{number}-{position}.jpg"


def own_files(user: Any) -> Iterator[tuple[str, bytes]]:
    for snap in SnapReport.objects.of_sender(user).order_by("pk").prefetch_related("photos"):
        for position, photo in enumerate(snap.photos.all(), 1):
            try:
                with photo.original.open("rb") as file:
                    yield _path(snap.number, position), file.read()
            except FileNotFoundError:  # restored without its media: the rest is handed out all the same
                continue


def export_own(user: Any) -> list[dict[str, Any]]:
    snaps = SnapReport.objects.of_sender(user).select_related("division", "review").prefetch_related("photos")
    rows: list[dict[str, Any]] = [
        {
            "kind": str(_("随手拍")),
            "number": snap.number,
            "state": str(snap.get_state_display()),
            "division": str(snap.division),
            "at": snap.captured_at,
            "place": snap.review.original_title,
            "text": snap.review.original_body,
            "position": snap.position,
            "photos": " ".join(_path(snap.number, position) for position, _p in enumerate(snap.photos.all(), 1)),
        }
        for snap in snaps.order_by("pk")
    ]
    seen = Sighting.objects.filter(user=user).select_related("snap").order_by("pk")
    rows += [{"kind": str(_("我也看到")), "number": row.snap.number, "at": row.created_at} for row in seen]
    return rows


@transaction.atomic
def empty_own(user: Any) -> None:
    """The public record stays, without the person: original words and position go."""
    for snap in SnapReport.objects.of_sender(user).select_for_update(of=("self",)).select_related("review"):
        forget_original(review=snap.review)
        snap.position, snap.cell_lat, snap.cell_lon = "", None, None
        snap.save(update_fields=["position", "cell_lat", "cell_lon"])
    Sighting.objects.filter(user=user).delete()

"""How a photo report answers the lower floors: the review queue's verbs, the trail, follows."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from participation.ledger.models import Category
from participation.ledger.rules.diversion import CHANNELS, suggested_channels
from participation.moderation.models import Review
from participation.moderation.registry import Choice, OwnerSummary, Part, PartKind, PhotoSummary, ReviewOwner
from participation.moderation.rules import Refused
from participation.moderation.states import Verb
from portal.lookup.rules import asked_number
from portal.trail.subjects import Subject, row_keys

from . import services
from .models import ACTION_LABELS, SnapPhoto, SnapReport
from .notifications import KIND_OWN, SUBJECT_KIND
from .permissions import user_can_review_snap, user_can_view_snap, user_is_deputy
from .selectors import same_matter, snaps_of
from .services.photographing import PHOTO_KIND
from .states import OPEN, Action, State, actions_from

ACTION_OF: dict[Verb, Action] = {
    Verb.CLAIM: Action.TAKE,
    Verb.RELEASE: Action.RELEASE,
    Verb.CLASSIFY: Action.CLASSIFY,
    Verb.PUBLISH: Action.REVIEW,
    Verb.RETURN: Action.RETURN,
    Verb.REJECT: Action.REJECT,
    Verb.DIVERT: Action.DIVERT,
    Verb.MERGE: Action.MERGE,
    Verb.HIDE: Action.HIDE,
    Verb.RESTORE: Action.RESTORE,
}


def snap_of(review: Review) -> SnapReport:
    found: SnapReport = SnapReport.objects.select_related("division", "review").get(review=review)
    return found


def claim(*, review: Review, by: Any, reason: str = "") -> None:
    services.take_for_review(snap=snap_of(review), by=by)


def release(*, review: Review, by: Any, reason: str = "") -> None:
    services.release_snap(snap=snap_of(review), by=by)


def classify(*, review: Review, by: Any, reason: str = "", category: str = "") -> None:
    services.classify_snap(snap=snap_of(review), by=by, category=category)


def publish(
    *, review: Review, by: Any, reason: str = "", public_title: str | None = None, public_body: str | None = None
) -> None:
    services.review_snap(snap=snap_of(review), by=by, public_place=public_title, public_text=public_body)


def return_for_correction(*, review: Review, by: Any, reason: str = "") -> None:
    services.return_snap(snap=snap_of(review), by=by, reason=reason)


def reject(*, review: Review, by: Any, reason: str = "") -> None:
    services.reject_snap(snap=snap_of(review), by=by, reason=reason)


def divert(*, review: Review, by: Any, reason: str = "", channel: str = "") -> None:
    services.divert_snap(snap=snap_of(review), by=by, channel=channel, reason=reason)


def merge(*, review: Review, by: Any, reason: str = "", target: str = "") -> None:
    asked = asked_number(target)
    if asked is None or not asked.number:
        raise Refused(_("请填写完整编号。"))
    into = SnapReport.objects.filter(number=asked.number).first()
    if into is None:
        raise Refused(_("没有这个编号。"))
    services.merge_snap(snap=snap_of(review), by=by, target=into, reason=reason)


def hide(*, review: Review, by: Any, reason: str = "") -> None:
    services.set_hidden(snap=snap_of(review), by=by, is_hidden=True, reason=reason)


def restore(*, review: Review, by: Any, reason: str = "", on_appeal: bool = False) -> None:
    services.set_hidden(snap=snap_of(review), by=by, is_hidden=False, reason=reason, on_appeal=on_appeal)


def reconsider(*, review: Review, by: Any, reason: str = "") -> None:
    services.reconsider_snap(snap=snap_of(review), by=by, reason=reason)


def withhold_photo(*, review: Review, by: Any, photo: int, is_withheld: bool) -> None:
    row = snap_of(review).photos.filter(pk=photo).select_related("snap").first()
    if row is None:
        raise Refused(_("没有这张照片。"))
    services.redact_photo(photo=row, by=by, boxes=row.boxes, alt=row.alt, is_withheld=is_withheld)


def resolve(reviews: Iterable[Review]) -> Mapping[int, OwnerSummary]:
    rows = SnapReport.objects.filter(review__in=[review.pk for review in reviews])
    found = {}
    for row in rows.select_related("division", "review", "ledger_item").prefetch_related("photos"):
        found[row.review_id] = OwnerSummary(
            number=row.number,
            title=row.own_title,
            state=row.shown_state,
            facts=(
                (_("街道（乡镇）"), str(row.division)),
                (_("上报人"), str(row.get_capacity_display())),
                (_("类别"), str(row.get_category_display())),
            ),
            public_url=row.get_absolute_url() if row.is_public else "",
            admin_url=reverse("snaps_admin:detail", args=[row.pk]),
            category=row.category,
            photos=tuple(_photo(photo) for photo in row.photos.all()),
        )
    return found


def _photo(photo: SnapPhoto) -> PhotoSummary:
    return PhotoSummary(
        key=photo.pk,
        url=reverse("snaps_admin:redact", args=[photo.pk]),
        small_url=reverse("snaps:photo_small", args=[photo.pk]),
        alt=photo.alt,
        is_withheld=photo.is_withheld,
    )


def allowed_verbs(review: Review, user: Any) -> frozenset[str]:
    row = snap_of(review)
    if not user_can_review_snap(user, row):
        return frozenset()
    actions = actions_from(State(row.state))
    verbs = {verb for verb, action in ACTION_OF.items() if action in actions}
    verbs.discard(Verb.HIDE if row.hidden_at else Verb.RESTORE)
    if review.confirmed_at is not None or review.decided_by_id == user.pk:
        verbs.discard(Verb.RESTORE)
    if review.claimed_by_id and review.claimed_by_id != user.pk:
        verbs -= {Verb.PUBLISH, Verb.RETURN, Verb.REJECT, Verb.DIVERT, Verb.MERGE, Verb.RELEASE}
    return frozenset(verbs)


def merge_candidates(review: Review) -> list[Choice]:
    row = snap_of(review)
    return [
        Choice(value=near.number, label=near.title, hint=f"{near.place} · {near.shown_state}")
        for near in same_matter(f"{review.original_title} {review.original_body}", row.division, row.position)
        if near.pk != row.pk and near.state in OPEN
    ]


def all_channels() -> list[Choice]:
    return [Choice(value=row.key, label=f"{row.label} {row.phone}".strip()) for row in CHANNELS.values()]


def channels(review: Review) -> list[Choice]:
    """The likeliest first."""
    hinted = suggested_channels(review.original_body)
    return [
        Choice(
            value=key,
            label=f"{CHANNELS[key].label} {CHANNELS[key].phone}".strip(),
            hint=CHANNELS[key].matters,
            is_likely=key in hinted,
        )
        for key in [*hinted, *(key for key in CHANNELS if key not in hinted)]
    ]


def review_owner() -> ReviewOwner:
    return ReviewOwner(
        label=_("随手拍"),
        resolve=resolve,
        allowed_verbs=allowed_verbs,
        claim=claim,
        release=release,
        publish=publish,
        return_for_correction=return_for_correction,
        reject=reject,
        divert=divert,
        merge=merge,
        hide=hide,
        restore=restore,
        reconsider=reconsider,
        classify=classify,
        withhold_photo=withhold_photo,
        categories=lambda review: [Choice(value=value, label=str(label)) for value, label in Category.choices],
        merge_candidates=merge_candidates,
        channels=channels,
        all_channels=all_channels,
        verb_labels=dict(ACTION_LABELS),
        subject_kind=SUBJECT_KIND,
        author_label=pgettext_lazy("who is told", "上报人"),
    )


def photo_parts() -> PartKind:
    """Single photos: reported, hidden and appealed by themselves."""
    return PartKind(PHOTO_KIND, _("随手拍的照片"), photos_as_parts, services.set_photo_hidden, KIND_OWN)


def photos_as_parts(keys: Iterable[str]) -> dict[str, Part]:
    """One query."""
    rows = SnapPhoto.objects.filter(pk__in=row_keys(keys))
    rows = rows.select_related("handling_photo", "snap__division", "snap__review", "snap__sender")
    return {str(row.pk): _part(row) for row in rows}


def _part(row: SnapPhoto) -> Part:
    snap = row.snap
    return Part(
        key=str(row.pk),
        title=_("“%s”的照片") % snap.title,
        url=snap.get_absolute_url(),
        division=snap.division,
        is_public=row.is_public,
        visible_to=lambda user: user_can_view_snap(user, snap),
        author=None if row.handling_photo_id else snap.sender,
        admin_url=reverse("snaps_admin:detail", args=[snap.pk]),
        photo=_photo(row),
    )


def subjects(keys: list[str]) -> dict[str, Subject]:
    """For the trail, follows, outbox and the page of its ledger item: one query for all keys."""

    def visible(row: SnapReport) -> Any:
        return lambda user: user_can_view_snap(user, row)

    rows = SnapReport.objects.filter(number__in=keys).select_related("division", "review")
    return {
        row.number: Subject(SUBJECT_KIND, row.number, row.title, row.get_absolute_url(), visible(row)) for row in rows
    }


def own_panel(request: Any) -> dict[str, Any]:
    """The latest of one's own, for `/me/`; a deputy finds the button there before the first report too."""
    return {"rows": list(snaps_of(request.user)[:5]), "is_deputy": user_is_deputy(request.user)}

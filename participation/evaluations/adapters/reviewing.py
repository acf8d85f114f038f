"""评价意见 as the moderators see them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from participation.moderation.models import Review
from participation.moderation.registry import OwnerSummary, ReviewOwner
from participation.moderation.states import ReviewState, Verb
from portal.trail.subjects import Subject

from .. import services
from ..models import EvaluationComment
from ..services.comments import SUBJECT_KIND

_OPEN = frozenset({Verb.CLAIM, Verb.RELEASE, Verb.PUBLISH, Verb.REJECT})
VERBS: dict[str, frozenset[Verb]] = {
    ReviewState.WAITING: _OPEN,
    ReviewState.PUBLISHED: frozenset({Verb.HIDE}),
    ReviewState.HIDDEN: frozenset({Verb.RESTORE}),
}


def comment_of(review: Review) -> EvaluationComment:
    return EvaluationComment.objects.select_related("review").get(review=review)


def address_of(row: EvaluationComment) -> str:
    """Where it can be read by everybody; "" while it cannot. Reads the publication of the round."""
    publication = row.round.publication
    if not row.is_public or publication is None or not publication.shows_counts:
        return ""
    return reverse("evaluations:detail", args=[publication.pk]) + "#words"


def resolve(reviews: Iterable[Review]) -> Mapping[int, OwnerSummary]:
    rows = EvaluationComment.objects.filter(review__in=[review.pk for review in reviews])
    return {
        row.review_id: OwnerSummary(
            number=row.key[:8],
            title=str(_("评价意见：%s") % row.round.title),
            state=str(row.review.get_state_display()),
            facts=((str(_("评价主体")), str(row.round.get_source_display())),),
            public_url=address_of(row),
        )
        for row in rows.select_related("round__publication", "review")
    }


def comments_as_subjects(keys: list[str]) -> dict[str, Subject]:
    """For the trail and the reports; one query. The words themselves are no title."""
    rows = EvaluationComment.objects.filter(key__in=keys).select_related("round__publication")
    return {row.key: _as_subject(row) for row in rows}


def _as_subject(row: EvaluationComment) -> Subject:
    url = address_of(row)
    return Subject(
        kind=SUBJECT_KIND,
        key=row.key,
        title=str(_("评价意见：%s") % row.round.title) if url else "",
        url=url,
        visible_to=lambda user: bool(url),
    )


def allowed_verbs(review: Review, user: Any) -> frozenset[str]:
    verbs: frozenset[str] = VERBS.get(review.state, frozenset())
    if review.claimed_by_id and review.claimed_by_id != user.pk:
        verbs -= {Verb.PUBLISH, Verb.REJECT, Verb.RELEASE}
    if review.confirmed_at is not None or review.decided_by_id == user.pk:
        verbs -= {Verb.RESTORE}  # another person's, and not after a second one
    return verbs


def claim(*, review: Review, by: Any, reason: str = "") -> None:
    services.take_comment(comment=comment_of(review), by=by)


def release(*, review: Review, by: Any, reason: str = "") -> None:
    services.release_comment(comment=comment_of(review), by=by)


def publish(
    *, review: Review, by: Any, reason: str = "", public_title: str | None = None, public_body: str | None = None
) -> None:
    services.review_comment(comment=comment_of(review), by=by, state=ReviewState.PUBLISHED, text=public_body)


def reject(*, review: Review, by: Any, reason: str = "") -> None:
    services.review_comment(comment=comment_of(review), by=by, state=ReviewState.REJECTED, reason=reason)


def hide(*, review: Review, by: Any, reason: str = "", public_note: str = "") -> None:
    services.review_comment(
        comment=comment_of(review), by=by, state=ReviewState.HIDDEN, reason=reason, public_note=public_note
    )


def restore(*, review: Review, by: Any, reason: str = "", on_appeal: bool = False) -> None:
    services.review_comment(
        comment=comment_of(review), by=by, state=ReviewState.PUBLISHED, reason=reason, on_appeal=on_appeal
    )


def review_owner() -> ReviewOwner:
    return ReviewOwner(
        label=_("评价意见"),  # type: ignore[arg-type]  # lazy: read per language
 resolve=resolve, allowed_verbs=allowed_verbs, claim=claim, release=release,
        publish=publish, reject=reject, hide=hide, restore=restore, subject_kind=SUBJECT_KIND, takes_public_note=True,
        has_title=False,
        verb_labels={
            "comment_published": _("公开"), "comment_rejected": _("不予公开"), "comment_hidden": _("隐去"),
            Verb.CONFIRM: _("复核隐去"),
        },
    )  # fmt: skip

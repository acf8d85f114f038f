"""How a proposal answers the lower floors: the review queue's verbs, and what the trail and follows show of it."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from participation.ledger.rules.categories import always_diverts
from participation.ledger.rules.diversion import CHANNELS, suggested_channels
from participation.moderation.models import Review
from participation.moderation.registry import Choice, OwnerSummary, Part, PartKind, PhotoSummary, ReviewOwner
from participation.moderation.rules import Refused
from participation.moderation.states import Verb
from portal.jurisdictions.models import Division
from portal.lookup.rules import asked_number
from portal.lookup.selectors import may_see_number
from portal.trail.subjects import Subject, row_keys

from . import services
from .models import ACTION_LABELS, Category, Photo, Proposal
from .notifications import KIND_OWN
from .permissions import user_can_review_proposal, user_can_view_proposal
from .selectors import promised_dates, similar_proposals
from .services.photographing import PHOTO_KIND
from .states import MERGE_TARGETS, Action, State, actions_from

MERGE_CANDIDATES = 5
ALIKE_TO_MERGE = 0.3  # merging is a decision: fewer and likelier than what a writer is shown

ACTION_OF: dict[Verb, Action] = {
    Verb.CLAIM: Action.TAKE,
    Verb.RELEASE: Action.RELEASE,
    Verb.CLASSIFY: Action.CLASSIFY,
    Verb.PUBLISH: Action.PUBLISH,
    Verb.RETURN: Action.RETURN,
    Verb.REJECT: Action.REJECT,
    Verb.DIVERT: Action.DIVERT,
    Verb.MERGE: Action.MERGE,
    Verb.TRANSFER: Action.TRANSFER,
    Verb.HIDE: Action.HIDE,
    Verb.RESTORE: Action.RESTORE,
    Verb.CONFIRM: Action.CONFIRM_HIDING,
}


def proposal_of(review: Review) -> Proposal:
    return Proposal.objects.select_related("division", "community", "review", "author").get(review=review)


def claim(*, review: Review, by: Any, reason: str = "") -> None:
    services.take_for_review(proposal=proposal_of(review), by=by)


def classify(*, review: Review, by: Any, reason: str = "", category: str = "") -> None:
    services.classify_proposal(proposal=proposal_of(review), by=by, category=category)


def withhold_photo(*, review: Review, by: Any, photo: int, is_withheld: bool) -> None:
    row = proposal_of(review).photos.filter(pk=photo).first()
    if row is None:
        raise Refused(_("没有这张照片。"))
    services.withhold_photo(photo=row, by=by, is_withheld=is_withheld)


def release(*, review: Review, by: Any, reason: str = "") -> None:
    services.release_proposal(proposal=proposal_of(review), by=by)


def publish(
    *, review: Review, by: Any, reason: str = "", public_title: str | None = None, public_body: str | None = None
) -> None:
    services.publish_proposal(proposal=proposal_of(review), by=by, public_title=public_title, public_body=public_body)


def return_for_correction(*, review: Review, by: Any, reason: str = "") -> None:
    services.return_for_correction(proposal=proposal_of(review), by=by, reason=reason)


def reject(*, review: Review, by: Any, reason: str = "") -> None:
    services.reject_proposal(proposal=proposal_of(review), by=by, reason=reason)


def divert(*, review: Review, by: Any, reason: str = "", channel: str = "") -> None:
    services.divert_proposal(proposal=proposal_of(review), by=by, channel=channel, reason=reason)


def merge(*, review: Review, by: Any, reason: str = "", target: str = "") -> None:
    row = proposal_of(review)
    services.merge_proposal(proposal=row, by=by, target=_asked_for(target, row), reason=reason)


def _asked_for(typed: str, near: Proposal) -> Proposal:
    """The proposal meant by a number as people write it; its last six digits mean one of the same county."""
    asked = asked_number(typed)
    if asked is None:
        raise Refused(_("这不是受理编号。请填写完整编号，或编号的后六位。"))
    if asked.number:
        found = list(Proposal.objects.filter(number=asked.number))
    else:
        county = "/".join(near.division.path.split("/")[:3]) + "/"
        rows = Proposal.objects.filter(last_six=asked.last_six, division__path__startswith=county)
        found = list(rows.filter(state__in=MERGE_TARGETS).exclude(pk=near.pk)[:2])
    if not found:
        raise Refused(_("没有这个受理编号。"))
    if len(found) > 1:
        raise Refused(_("本区县有几件建议的编号以这六位结尾，请填写完整的受理编号。"))
    return found[0]


def transfer(*, review: Review, by: Any, reason: str = "", division: Division | None = None) -> None:
    if division is None:
        raise Refused(_("请选择街道（乡镇）。"))
    services.transfer_proposal(proposal=proposal_of(review), by=by, division=division, reason=reason)


def hide(*, review: Review, by: Any, reason: str = "") -> None:
    services.hide_proposal(proposal=proposal_of(review), by=by, reason=reason)


def restore(*, review: Review, by: Any, reason: str = "", on_appeal: bool = False) -> None:
    services.restore_proposal(proposal=proposal_of(review), by=by, reason=reason, on_appeal=on_appeal)


def confirm_hiding(*, review: Review, by: Any, reason: str = "") -> None:
    services.confirm_hiding(proposal=proposal_of(review), by=by)


def reconsider(*, review: Review, by: Any, reason: str = "") -> None:
    services.reconsider_proposal(proposal=proposal_of(review), by=by, reason=reason)


def resolve(reviews: Iterable[Review]) -> Mapping[int, OwnerSummary]:
    rows = Proposal.objects.filter(review__in=[review.pk for review in reviews])
    proposals = list(rows.select_related("division", "community", "entered_by").prefetch_related("photos"))
    promises = promised_dates(proposals)
    found = {}
    for row in proposals:
        promise = promises[row.pk]
        found[row.review_id] = OwnerSummary(
            number=row.number,
            title=row.display_title,
            state=row.get_state_display(),
            facts=_facts(row),
            promised_on=promise.date if promise else None,
            public_url=row.get_absolute_url() if row.is_public else "",
            admin_url=reverse("proposals_admin:detail", args=[row.pk]),
            category=row.category,
            photos=tuple(_photo(photo) for photo in row.photos.all()),
        )
    return found


def _photo(photo: Photo) -> PhotoSummary:
    return PhotoSummary(
        key=photo.pk,
        url=photo.get_absolute_url(),
        small_url=reverse("proposals:photo_small", args=[photo.pk]),
        alt=photo.alt,
        is_withheld=photo.is_withheld,
    )


def _facts(row: Proposal) -> tuple[tuple[str, str], ...]:
    facts = [
        (_("街道（乡镇）"), str(row.division)),
        (_("社区（村）"), str(row.community) if row.community else _("不清楚")),
        (_("大类"), row.get_category_group_display()),
        (_("类别"), row.get_category_display()),
        (_("渠道"), row.get_channel_display()),
    ]
    if row.entered_by:
        facts.append((_("代填人"), str(row.entered_by)))
    if row.is_confidential:
        facts.append((_("保密"), _("保密件：公开后不显示标题、内容和署名")))
    return tuple(facts)


def allowed_verbs(review: Review, user: Any) -> frozenset[str]:
    row = proposal_of(review)
    if not user_can_review_proposal(user, row):
        return frozenset()
    actions = actions_from(State(row.state))
    verbs = {verb for verb, action in ACTION_OF.items() if action in actions}
    if row.hidden_at is None or row.hidden_by_id == user.pk or row.hiding_confirmed_by_id:
        verbs -= {Verb.RESTORE, Verb.CONFIRM}
    if not row.is_public:
        verbs.discard(Verb.HIDE)
    if always_diverts(category=row.category, group=row.category_group):
        verbs.discard(Verb.PUBLISH)
    if review.claimed_by_id and review.claimed_by_id != user.pk:
        verbs -= {Verb.PUBLISH, Verb.RETURN, Verb.REJECT, Verb.DIVERT, Verb.MERGE, Verb.RELEASE}
    return frozenset(verbs)


def merge_candidates(review: Review) -> list[Choice]:
    row = proposal_of(review)
    text = f"{review.public_title} {review.public_body}"
    return [
        Choice(value=near.number, label=near.title, hint=f"{near.division} · {near.get_state_display()}")
        for near in similar_proposals(text, row.division, limit=MERGE_CANDIDATES, at_least=ALIKE_TO_MERGE)
        if near.pk != row.pk and near.state in MERGE_TARGETS
    ]


def channels(review: Review) -> list[Choice]:
    """The likeliest first."""
    row = proposal_of(review)
    is_discipline = row.category == Category.CADRE_DISCIPLINE or always_diverts(group=row.category_group)
    hinted = suggested_channels(
        f"{review.original_title}\n{review.original_body}", is_discipline_category=is_discipline
    )
    order = [*hinted, *(key for key in CHANNELS if key not in hinted)]
    return [
        Choice(
            value=key,
            label=f"{CHANNELS[key].label} {CHANNELS[key].phone}".strip(),
            hint=CHANNELS[key].matters,
            is_likely=key in hinted,
        )
        for key in order
    ]


def all_channels() -> list[Choice]:
    return [Choice(value=row.key, label=f"{row.label} {row.phone}".strip()) for row in CHANNELS.values()]


def categories(review: Review) -> list[Choice]:
    return [Choice(value=value, label=str(label)) for value, label in Category.choices]


def review_owner() -> ReviewOwner:
    return ReviewOwner(
        label=_("居民建议"),
        resolve=resolve,
        allowed_verbs=allowed_verbs,
        claim=claim,
        release=release,
        publish=publish,
        return_for_correction=return_for_correction,
        reject=reject,
        divert=divert,
        merge=merge,
        transfer=transfer,
        hide=hide,
        restore=restore,
        confirm_hiding=confirm_hiding,
        reconsider=reconsider,
        classify=classify,
        withhold_photo=withhold_photo,
        categories=categories,
        merge_candidates=merge_candidates,
        channels=channels,
        all_channels=all_channels,
        verb_labels=dict(ACTION_LABELS) | {"withhold_photo": _("不公开一张照片"), "show_photo": _("公开一张照片")},
        subject_kind="proposal",
        author_label=pgettext_lazy("who is told", "建议人"),
    )


def photo_parts() -> PartKind:
    """Single photos: reported, hidden and appealed by themselves."""
    return PartKind(PHOTO_KIND, _("建议的照片"), photos_as_parts, services.set_photo_hidden, KIND_OWN)


def photos_as_parts(keys: Iterable[str]) -> dict[str, Part]:
    """One query."""
    rows = Photo.objects.filter(pk__in=row_keys(keys), proposal__isnull=False)
    rows = rows.select_related("proposal__division", "proposal__review", "proposal__author")
    return {str(row.pk): _part(row, row.proposal) for row in rows if row.proposal is not None}


def _part(row: Photo, proposal: Proposal) -> Part:
    return Part(
        key=str(row.pk),
        title=_("“%s”的照片") % proposal.display_title,
        url=proposal.get_absolute_url(),
        division=proposal.division,
        is_public=proposal.is_readable and not row.is_withheld,
        visible_to=lambda user: user_can_view_proposal(user, proposal),
        author=proposal.author,
        admin_url=reverse("proposals_admin:detail", args=[proposal.pk]),
        photo=_photo(row),
    )


def shows_own_proposal(request: HttpRequest) -> bool:
    """A page of the visitor's own proposal; whoever showed the slip's code, or just sent it in, has proved enough."""
    match = re.match(r"/proposals/([A-Z]{2,4}-[0-9-]+)/", request.path_info, re.IGNORECASE)
    if match is None or may_see_number(request, match[1].upper()):
        return False
    return Proposal.objects.of_author(request.user).filter(number=match[1].upper()).exists()


def subjects(keys: list[str]) -> dict[str, Subject]:
    """For the trail, follows and outbox: one query for all keys."""
    rows = Proposal.objects.filter(number__in=keys).select_related("division", "review")
    return {row.number: _subject(row) for row in rows}


def _subject(row: Proposal) -> Subject:
    def visible_to(user: Any) -> bool:
        return user_can_view_proposal(user, row)

    def own_title_for(user: Any) -> str:
        """Before publication, and when confidential, the author knows it by nothing but the own words."""
        is_own = user.pk is not None and user.pk in {row.author_id, row.entered_by_id}
        return row.own_title if is_own and not row.is_readable else ""

    return Subject(
        kind="proposal",
        key=row.number,
        title=row.display_title,
        url=row.get_absolute_url(),
        visible_to=visible_to,
        own_title_for=own_title_for,
    )

"""History of another platform, message by message. Form limits do not apply (decisions.md 25)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.ledger.rules.categories import group_of
from participation.moderation.rules import Refused
from participation.moderation.services import conclude_review, open_review
from participation.moderation.states import ReviewState
from portal.jurisdictions.models import Division
from portal.trail.services import record
from portal.wording.services import mask

from ..models import Author, Category, Channel, Proposal
from ..permissions import user_can_review_proposal
from ..rules.naming import generated_title, short_number
from ..states import Action, State
from .creating import draw_number
from .moves import SUBJECT_KIND, locked, move, require

TITLE_COLUMN = 200
Outcome = Literal["created", "updated", "skipped_existing"]


@dataclass(frozen=True)
class ImportedMessage:
    """One row of an export, already cleaned. `supports` and `opposes` are the source's own figures."""

    source: str
    external_number: str
    title: str
    body: str
    submitted_at: datetime
    reply_text: str = ""
    replied_on: date | None = None
    reply_unit: str = ""
    supports: int | None = None
    opposes: int | None = None
    category: str = Category.UNSORTED.value
    is_confidential: bool = False


@transaction.atomic
def import_message(
    *, message: ImportedMessage, division: Division, community: Division | None = None, publishes: bool = False
) -> tuple[Outcome, Proposal]:
    """Create the proposal, or give a known one the reply (or figures) it did not have; otherwise change nothing.

    The key is (source, number). Rests unpublished unless `publishes`; masking always applies. No message goes out.
    """
    if not message.source or not message.external_number:
        raise Refused(_("缺少来源或留言编号。"))
    if not message.body.strip() and not message.title.strip():
        raise Refused(_("留言没有内容。"))
    known = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("division", "review")
        .filter(source=message.source, external_number=message.external_number)
        .first()
    )
    if known is not None:
        return _update_known(known, message), known
    return "created", _create(message, division, community, publishes)


def _create(message: ImportedMessage, division: Division, community: Division | None, publishes: bool) -> Proposal:
    number = draw_number(division)
    now = timezone.now()
    title = message.title.strip()[:TITLE_COLUMN]
    body = message.body.strip() or title
    review = open_review(
        kind=SUBJECT_KIND,
        subject_key=number,
        division=division,
        title=title,
        body=body,
        is_confidential=message.is_confidential,
        submitted_at=message.submitted_at,
        state=ReviewState.IMPORTED,
    )
    state = State.REPLIED_IMPORTED if message.reply_text else State.IMPORTED
    row = Proposal(
        number=number,
        last_six=short_number(number),
        review=review,
        state=state,
        division=division,
        community=community,
        category=message.category,
        category_group=group_of(message.category),
        channel=Channel.ONLINE,
        is_confidential=message.is_confidential,
        submitted_at=message.submitted_at,
        state_since=now,
        source=message.source,
        external_number=message.external_number,
        source_supports=message.supports,
        source_opposes=message.opposes,
        **_reply_fields(message),
    )
    if publishes:
        _release(row, now)
        conclude_review(review=review, state=ReviewState.PUBLISHED)
    row.save()
    Author.objects.create(proposal=row, origin=row)
    record(
        subject_kind=SUBJECT_KIND,
        subject_key=number,
        verb=Action.IMPORT,
        capacity="system",
        from_state=State.DRAFT,
        to_state=state,
        detail={"source": message.source, "is_published": publishes},
    )
    return row


def _reply_fields(message: ImportedMessage) -> dict[str, Any]:
    if not message.reply_text or message.is_confidential:
        return {"replied_on": message.replied_on}
    return {
        "reply_text": mask(message.reply_text.strip(), is_official=True).text,
        "replied_on": message.replied_on,
        "reply_unit": message.reply_unit.strip()[:120],
    }


def _release(row: Proposal, now: datetime) -> None:
    """History takes the place of its own day in the list, not the top of it."""
    row.published_at = min(row.submitted_at, now)
    if not row.is_confidential:
        row.author_label = str(_("居民"))
        row.body = row.review.public_body
        row.title = row.review.public_title or generated_title(row.body)


def _update_known(known: Proposal, message: ImportedMessage) -> Outcome:
    fields: dict[str, Any] = {}
    if message.supports is not None and known.source_supports is None:
        fields["source_supports"] = message.supports
    if message.opposes is not None and known.source_opposes is None:
        fields["source_opposes"] = message.opposes
    has_new_reply = bool(message.reply_text) and known.state == State.IMPORTED
    if has_new_reply:
        move(
            known, Action.RECEIVE_IMPORTED_REPLY, capacity="system", detail={"source": known.source},
            **fields, **_reply_fields(message),
        )  # fmt: skip
        return "updated"
    if fields:
        Proposal.objects.filter(pk=known.pk).update(**fields)
        return "updated"
    return "skipped_existing"


@transaction.atomic
def publish_import(*, proposal: Proposal, by: Any = None) -> Proposal:
    """--publish of what rests unpublished. `by` None is the operator at the command line."""
    row = locked(proposal)
    if by is not None and not user_can_review_proposal(by, row):
        raise PermissionDenied
    require(row, Action.PUBLISH_IMPORT)
    if row.published_at is not None:
        return row
    conclude_review(review=row.review, state=ReviewState.PUBLISHED, by=by)
    _release(row, timezone.now())
    move(row, Action.PUBLISH_IMPORT, by=by, capacity="reviewer" if by else "system")
    return row

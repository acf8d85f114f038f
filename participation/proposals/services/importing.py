"""History of another platform, message by message. Form limits do not apply (decisions.md 25)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.ledger import services as ledger
from participation.ledger.models import Source
from participation.ledger.rules.categories import group_of
from participation.moderation.models import Review
from participation.moderation.rules import Refused
from participation.moderation.services import Submission, conclude_review, open_reviews
from participation.moderation.states import ReviewState
from portal.jurisdictions.models import Division
from portal.trail.services import record_all
from portal.wording.services import mask

from ..models import Author, Category, Channel, Proposal
from ..permissions import user_can_review_proposal
from ..rules.naming import generated_title, short_number
from ..states import Action, State
from .creating import draw_numbers
from .moves import SUBJECT_KIND, enter_in_index, locked, move, require

TITLE_COLUMN = 200
_AT_REST = frozenset({State.IMPORTED, State.REPLIED_IMPORTED})
Outcome = Literal["created", "updated", "skipped_existing"]


@dataclass(frozen=True)
class ImportedMessage:
    """One row of an export, already cleaned. `supports` and `opposes` are the source's own figures.

    `tells_replies`: the source has a column for replies, so an empty one says that there was none.
    """

    source: str
    external_number: str
    title: str
    body: str
    submitted_at: datetime
    tells_replies: bool = False
    reply_text: str = ""
    replied_on: date | None = None
    reply_unit: str = ""
    supports: int | None = None
    opposes: int | None = None
    category: str = Category.UNSORTED.value
    is_confidential: bool = False


@dataclass(frozen=True)
class PlacedMessage:
    """A message and where it belongs."""

    message: ImportedMessage
    division: Division
    community: Division | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.message.source, self.message.external_number


def import_message(
    *, message: ImportedMessage, division: Division, community: Division | None = None, publishes: bool = False
) -> tuple[Outcome, Proposal]:
    """One message, as `import_messages` does it; raises Refused."""
    [result] = import_messages(messages=[PlacedMessage(message, division, community)], publishes=publishes)
    if isinstance(result, Refused):
        raise result
    return result


@transaction.atomic
def import_messages(
    *, messages: Sequence[PlacedMessage], publishes: bool = False
) -> list[tuple[Outcome, Proposal] | Refused]:
    """Create the proposals, or give known ones the reply (or figures) they did not have; otherwise change nothing.

    The key is (source, number). Rest unpublished unless `publishes`; masking always applies. No message goes out. What
    came of each stands at its place; a refused one leaves nothing behind and the others stay. The new ones are written
    together, a table at a time.
    """
    results: dict[int, tuple[Outcome, Proposal] | Refused] = {}
    waiting: dict[tuple[str, str], tuple[int, PlacedMessage]] = {}
    known = _known(messages)

    def write_waiting() -> None:
        rows = _create([placed for _number, placed in waiting.values()], publishes)
        for (number, placed), row in zip(waiting.values(), rows, strict=True):
            results[number], known[placed.key] = ("created", row), row
        waiting.clear()

    for number, placed in enumerate(messages):
        try:
            _check(placed.message)
            if placed.key in waiting:  # twice among these
                write_waiting()
            row = known.get(placed.key)
            if row is None:
                waiting[placed.key] = number, placed
            elif _has_news(row, placed.message):
                results[number] = _renewed(row.pk, placed.message)
            else:
                results[number] = "skipped_existing", row
        except Refused as refusal:
            results[number] = refusal
    write_waiting()
    return [results[number] for number in range(len(messages))]


def _known(messages: Sequence[PlacedMessage]) -> dict[tuple[str, str], Proposal]:
    """One question for all of them; only those with news are fetched again, wide and locked."""
    sources, numbers = {placed.key[0] for placed in messages}, {placed.key[1] for placed in messages}
    rows = Proposal.objects.filter(source__in=sources, external_number__in=numbers)
    return {(row.source, row.external_number): row for row in rows.defer("body", "reply_text")}


def _has_news(known: Proposal, message: ImportedMessage) -> bool:
    return (
        (message.supports is not None and known.source_supports is None)
        or (message.opposes is not None and known.source_opposes is None)
        or (bool(message.reply_text) and known.state == State.IMPORTED)
        or (known.ledger_item_id is None and _belongs_in_ledger(message) and known.state in _AT_REST)
    )


def _check(message: ImportedMessage) -> None:
    """Before anything is written."""
    if not message.source or not message.external_number:
        raise Refused(_("缺少来源或留言编号。"))
    if not message.body.strip() and not message.title.strip():
        raise Refused(_("留言没有内容。"))
    ledger.check_reply_day(timezone.localdate(message.submitted_at), _imported_reply(message, ""))


@transaction.atomic
def _renewed(key: int, message: ImportedMessage) -> tuple[Outcome, Proposal]:
    wide = Proposal.objects.select_for_update(of=("self",)).select_related("division", "review", "ledger_item")
    row = wide.get(pk=key)
    return _update_known(row, message), row


def _create(new: Sequence[PlacedMessage], publishes: bool) -> list[Proposal]:
    if not new:
        return []
    now = timezone.now()
    numbers = draw_numbers([placed.division for placed in new])
    submissions = [_submission(number, placed) for number, placed in zip(numbers, new, strict=True)]
    reviews = open_reviews(kind=SUBJECT_KIND, submissions=submissions, is_published=publishes)
    rows = [_row(placed, review, now) for placed, review in zip(new, reviews, strict=True)]
    if publishes:
        for row in rows:
            _release(row, now)
    pairs = [(row, placed.message) for row, placed in zip(rows, new, strict=True) if _belongs_in_ledger(placed.message)]
    items = ledger.import_items(matters=[_matter(row, message) for row, message in pairs])
    for (row, _message), item in zip(pairs, items, strict=True):
        row.ledger_item = item
    Proposal.objects.bulk_create(rows)
    Author.objects.bulk_create(Author(proposal=row, origin=row) for row in rows)
    record_all(
        {
            "subject_kind": SUBJECT_KIND,
            "subject_key": row.number,
            "verb": Action.IMPORT,
            "capacity": "system",
            "from_state": State.DRAFT,
            "to_state": row.state,
            "detail": {"source": row.source, "is_published": publishes},
        }
        for row in rows
    )
    enter_in_index(rows)
    return rows


def _submission(number: str, placed: PlacedMessage) -> Submission:
    message = placed.message
    title = message.title.strip()[:TITLE_COLUMN]
    return Submission(
        subject_key=number,
        division=placed.division,
        title=title,
        body=message.body.strip() or title,
        is_confidential=message.is_confidential,
        submitted_at=message.submitted_at,
    )


def _row(placed: PlacedMessage, review: Review, now: datetime) -> Proposal:
    message = placed.message
    return Proposal(
        number=review.subject_key,
        last_six=short_number(review.subject_key),
        review=review,
        state=State.REPLIED_IMPORTED if message.reply_text else State.IMPORTED,
        division=placed.division,
        community=placed.community,
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


def _reply_fields(message: ImportedMessage) -> dict[str, Any]:
    if not message.reply_text or message.is_confidential:
        return {"replied_on": message.replied_on}
    return {
        "reply_text": masked_reply(message),
        "replied_on": message.replied_on,
        "reply_unit": message.reply_unit.strip()[:120],
    }


def _belongs_in_ledger(message: ImportedMessage) -> bool:
    """A source without a word on replies tells nothing that the ledger could count."""
    return message.tells_replies or bool(message.reply_text)


def masked_reply(message: ImportedMessage) -> str:
    return mask(message.reply_text.strip(), is_official=True).text


def _imported_reply(message: ImportedMessage, text: str) -> ledger.ImportedReply | None:
    if not message.reply_text or message.replied_on is None:
        return None
    text = str(_("（保密件，答复不公开）")) if message.is_confidential else text
    return ledger.ImportedReply(text=text, replied_on=message.replied_on, unit_name=message.reply_unit)


def _matter(row: Proposal, message: ImportedMessage) -> ledger.ImportedMatter:
    """The proposal's ledger item with the words that may be public; it rests until `publish_import`."""
    review = row.review
    title = str(_("保密件")) if row.is_confidential else review.public_title or generated_title(review.public_body)
    return ledger.ImportedMatter(
        new=ledger.NewItem(
            source=Source.IMPORT,
            source_kind=SUBJECT_KIND,
            source_key=row.number,
            division=row.division,
            community=row.community,
            title=title,
            summary=review.public_body,
            category=row.category,
            raised_on=timezone.localdate(row.submitted_at),
            is_confidential=row.is_confidential,
            confidential_reason=str(_("来源平台标为保密")) if row.is_confidential else "",
        ),
        reply=_imported_reply(message, row.reply_text),
        published_at=None if row.hidden_at else row.published_at,
    )


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
        reply = _imported_reply(message, known.reply_text)
        if known.ledger_item is not None and reply is not None:
            ledger.receive_imported_reply(item=known.ledger_item, reply=reply)
    if known.ledger_item is None and _belongs_in_ledger(message) and known.state in _AT_REST:
        [fields["ledger_item"]] = ledger.import_items(matters=[_matter(known, message)])
    elif has_new_reply:
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
    if row.ledger_item is not None and row.published_at is not None:
        ledger.publish_imported_item(item=row.ledger_item, published_at=row.published_at, by=by)
    return row

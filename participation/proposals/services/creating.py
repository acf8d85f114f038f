"""Bringing a proposal into being: the number, the review, the row, the author, the trail entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from participation.ledger.rules.happening import Happening
from participation.moderation.rules import Refused
from participation.moderation.services import open_review
from participation.moderation.states import ReviewState
from portal.jurisdictions.models import Division
from portal.numbering.services import draw_each
from portal.trail.services import record

from ..models import Author, CategoryGroup, Channel, Proposal
from ..rules.naming import BODY_LENGTH, TITLE_LENGTH, author_label, format_number, number_series, short_number
from ..states import Action, State
from .moves import SUBJECT_KIND


@dataclass(frozen=True)
class NewProposal:
    """What was written, checked for shape only; contact data goes to the `Author` row."""

    division: Division
    body: str
    title: str = ""
    community: Division | None = None
    category_group: str = CategoryGroup.UNSURE.value
    channel: str = Channel.ONLINE.value
    name: str = ""
    phone: str = ""
    shows_nickname: bool = False
    is_confidential: bool = False


def check_text(title: str, body: str) -> tuple[str, str]:
    """Title (may be empty) and body without surrounding blanks, within the limits of the form.

    A title that was left out is made from the *masked* body on publication: cut from the original it could end in the
    middle of a phone number, which no mask would find any more.
    """
    title, body = " ".join(title.split()), body.strip().replace("\r\n", "\n")
    if not body:
        raise Refused(_("请填写建议内容。"))
    if len(body) > BODY_LENGTH:
        raise Refused(_("内容不能超过%d字。") % BODY_LENGTH)
    if len(title) > TITLE_LENGTH:
        raise Refused(_("标题不能超过%d字。") % TITLE_LENGTH)
    return title, body


def check_place(division: Division, community: Division | None) -> None:
    if division.level == Division.Level.COMMUNITY:
        raise Refused(_("请选择街道（乡镇），社区（村）在下一项选择。"))
    if community is not None and community.parent_id != division.pk:
        raise Refused(_("所选社区（村）不属于该街道（乡镇）。"))


def draw_number(division: Division) -> str:
    return draw_numbers([division])[0]


def draw_numbers(divisions: Sequence[Division]) -> list[str]:
    """For a proposal in each of these, in this order."""
    year = timezone.localdate().year
    series = [number_series(_code_of(division), year) for division in divisions]
    return [format_number(name, count) for name, count in zip(series, draw_each(series=series), strict=True)]


def _code_of(division: Division) -> str:
    """Its own code, or the nearest one above: new streets get theirs later."""
    node: Division | None = division
    while node is not None:
        if node.code and node.code.isdigit():
            return str(node.code)
        node = node.parent
    return ""


def create_proposal(
    *, new: NewProposal, author: Any = None, entered_by: Any = None, submitted_at: datetime | None = None
) -> tuple[Proposal, Happening]:
    """The row in `submitted`, inside the caller's transaction."""
    title, body = check_text(new.title, new.body)
    check_place(new.division, new.community)
    if new.category_group not in CategoryGroup.values or new.channel not in Channel.values:
        raise Refused(_("请重新选择分类和渠道。"))
    now = timezone.now()
    number = draw_number(new.division)
    review = open_review(
        kind=SUBJECT_KIND,
        subject_key=number,
        division=new.division,
        title=title,
        body=body,
        is_confidential=new.is_confidential,
        submitted_at=now,
        state=ReviewState.WAITING,
        author=author,
    )
    proposal = Proposal.objects.create(
        number=number,
        last_six=short_number(number),
        review=review,
        state=State.SUBMITTED,
        division=new.division,
        community=new.community,
        category_group=new.category_group,
        channel=new.channel,
        author=author,
        shows_nickname=new.shows_nickname,
        entered_by=entered_by,
        is_confidential=new.is_confidential,
        submitted_at=submitted_at or now,
        state_since=now,
    )
    Author.objects.create(proposal=proposal, origin=proposal, user=author, name=new.name, phone=new.phone)
    entry = record(
        subject_kind=SUBJECT_KIND,
        subject_key=number,
        verb=Action.SUBMIT,
        actor=entered_by or author,
        capacity="staff" if entered_by else "author",
        from_state=State.DRAFT,
        to_state=State.SUBMITTED,
        detail={"channel": new.channel, "division": new.division.code or ""},
    )
    return proposal, Happening(key=entry.pk, verb=str(Action.SUBMIT))


def public_author_label(row: Proposal) -> str:
    """The label from the facts kept in the author's row; 居民 for an import."""
    author = Author.objects.filter(origin=row).first()
    return author_label(
        name=author.name if author else "",
        nickname=str(getattr(row.author, "nickname", "") or ""),
        shows_nickname=row.shows_nickname,
    )

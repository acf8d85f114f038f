"""Staff and community workers write down what a resident said: one, or a day's visits in one go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.ledger.rules.categories import always_diverts
from participation.moderation.rules import Refused
from portal.idempotency.services import fingerprint, once
from portal.jurisdictions.models import Division

from .. import notifications
from ..models import CategoryGroup, Channel, Proposal
from ..permissions import user_can_enter_proposal
from .authoring import Submission
from .creating import NewProposal, create_proposal
from .reviewing import divert_locked

MAX_ENTRIES = 50


@dataclass(frozen=True)
class VisitEntry:
    """One line of a day's visits or of a pasted group chat."""

    body: str
    title: str = ""
    name: str = ""
    phone: str = ""
    category_group: str = CategoryGroup.UNSURE.value
    community: Division | None = None
    is_confidential: bool = False
    author: Any = None  # the resident's own account, where it is certain


def enter_for_resident(
    *,
    by: Any,
    form_key: str,
    division: Division,
    body: str,
    channel: str,
    title: str = "",
    community: Division | None = None,
    category_group: str = CategoryGroup.UNSURE.value,
    name: str = "",
    phone: str = "",
    is_confidential: bool = False,
    received_on: date | None = None,
    author: Any = None,
) -> Submission:
    """代填: the enterer is recorded, the resident's contact is sealed. Exactly once per form key."""
    entry = VisitEntry(body, title, name, phone, category_group, community, is_confidential, author)
    numbers = enter_visits(
        by=by, form_key=form_key, division=division, channel=channel, entries=[entry], received_on=received_on
    )
    return Submission(numbers[0].number, numbers[0].is_new)


def enter_visits(
    *,
    by: Any,
    form_key: str,
    division: Division,
    channel: str,
    entries: Sequence[VisitEntry],
    received_on: date | None = None,
) -> list[Submission]:
    """All of them or none, in order. A refusal names the line: Refused.message starts with 第n条."""
    if not entries:
        raise Refused(_("没有可保存的条目。"))
    if len(entries) > MAX_ENTRIES:
        raise Refused(_("一次最多录入%d条。") % MAX_ENTRIES)
    for entry in entries:
        if not user_can_enter_proposal(by, division, entry.community):
            raise PermissionDenied
    if channel not in Channel.values:
        raise Refused(_("请选择渠道。"))
    received_at = _moment(received_on)
    content = {
        "division": division.pk,
        "channel": channel,
        "received_on": received_on.isoformat() if received_on else "",
        "entries": [
            [e.body, e.title, e.name, e.phone, e.category_group, e.community.pk if e.community else None,
             e.is_confidential, *([e.author.pk] if e.author else [])]
            for e in entries
        ],
    }  # fmt: skip

    def action() -> str:
        numbers = []
        for position, entry in enumerate(entries, start=1):
            try:
                numbers.append(_enter_one(by, division, channel, entry, received_at).number)
            except Refused as refusal:
                if len(entries) == 1:
                    raise
                raise Refused(_("第%(n)d条：%(why)s") % {"n": position, "why": refusal.message}) from refusal
        return " ".join(numbers)

    outcome = once(key=form_key, scope=f"proposals.enter:{by.pk}", fingerprint=fingerprint(content), action=action)
    return [Submission(number, outcome.is_new) for number in outcome.result.split()]


def _enter_one(by: Any, division: Division, channel: str, entry: VisitEntry, received_at: datetime | None) -> Proposal:
    new = NewProposal(
        division=division,
        community=entry.community,
        title=entry.title,
        body=entry.body,
        category_group=entry.category_group,
        channel=channel,
        name=entry.name.strip(),
        phone=entry.phone.strip(),
        is_confidential=entry.is_confidential,
    )
    proposal, trail = create_proposal(new=new, author=entry.author, entered_by=by, submitted_at=received_at)
    notifications.proposal_submitted(proposal, trail)
    if always_diverts(group=entry.category_group):
        divert_locked(proposal, channel="discipline", reason=_("反映干部违纪违法的事项由纪检监察机关受理。"))
    return proposal


def _moment(day: date | None) -> datetime | None:
    """Noon of the day on which it was said, or None for now; a day to come is refused."""
    if day is None or day == timezone.localdate():
        return None
    if day > timezone.localdate():
        raise Refused(_("走访日期不能晚于今天。"))
    return timezone.make_aware(datetime.combine(day, time(12)))

"""Entering a matter in the ledger, and who must hear of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.evaluations.models import Rater
from participation.evaluations.services import add_rater
from participation.evaluations.states import RoundState
from participation.evaluations.states import Source as Rated
from participation.moderation.rules import Refused
from participation.moderation.services import require_reason
from portal.jurisdictions.models import Division
from portal.numbering.services import draw
from portal.trail.services import record

from ..models import Category, LedgerItem, MatterLevel, Party, ReplyRound, Source
from ..permissions import MANAGE
from ..rules.naming import format_reference, reference_series
from ..selectors.clocks import clock_of, due_day
from ..states import Action, State
from .moves import SUBJECT_KIND, move, opened_for


@dataclass(frozen=True)
class NewParty:
    """One person an answer is due to: an account, or a name and a phone of somebody without one."""

    user: Any = None
    name: str = ""
    phone: str = ""
    capacity: str = Party.Capacity.RESIDENT.value
    added_by: Any = None


@dataclass(frozen=True)
class NewItem:
    """What an owner hands over. Title and summary are what is public; a confidential item says why."""

    source: str
    division: Division
    title: str
    raised_on: date
    summary: str = ""
    community: Division | None = None
    category: str = Category.UNSORTED.value
    matter_level: str = MatterLevel.OWN.value
    source_kind: str = ""
    source_key: str = ""
    is_confidential: bool = False
    confidential_reason: str = ""
    session_ended_on: date | None = None
    is_public: bool = True
    parties: tuple[NewParty, ...] = field(default=())


@transaction.atomic
def open_item(*, new: NewItem, by: Any = None) -> LedgerItem:
    """A matter becomes a ledger item (项目化实施, C36). Whoever calls has asked the owner's own permissions.

    The same source twice gives the item that is there. Raises Refused for what cannot stand in the ledger.
    """
    if new.source not in Source.values:
        raise Refused(_("请选择来源。"))
    if not new.title.strip():
        raise Refused(_("请填写事项。"))
    if new.is_confidential and not new.confidential_reason.strip():
        raise Refused(_("请填写不公开的理由。"))
    if new.source_key:
        known = LedgerItem.objects.filter(source_kind=new.source_kind, source_key=new.source_key).first()
        if known is not None:
            return known
    now = timezone.now()
    series = reference_series(new.division.code or "", timezone.localdate().year)
    is_import = new.source == Source.IMPORT
    state = State.IMPORTED if is_import else State.ASSIGNING
    item = LedgerItem.objects.create(
        reference=format_reference(series, draw(series=series)),
        source=new.source,
        source_kind=new.source_kind,
        source_key=new.source_key,
        state=state,
        state_since=now,
        division=new.division,
        community=new.community,
        title=new.title.strip()[:200],
        summary="" if new.is_confidential else new.summary.strip(),
        category=new.category,
        matter_level=new.matter_level,
        is_confidential=new.is_confidential,
        confidential_reason=new.confidential_reason.strip(),
        raised_on=new.raised_on,
        session_ended_on=new.session_ended_on,
        published_at=now if new.is_public else None,
        created_by=by,
    )
    item.due_on = due_day(clock_of(item), item)
    item.save(update_fields=["due_on"])
    record(
        subject_kind=SUBJECT_KIND,
        subject_key=item.reference,
        verb=Action.IMPORT if is_import else Action.OPEN,
        actor=by,
        capacity="committee" if by is not None else "system",
        to_state=state,
        detail={"source": new.source, "source_key": new.source_key, "matter_level": new.matter_level},
    )
    add_parties(item=item, parties=new.parties)
    return item


@transaction.atomic
def add_parties(*, item: LedgerItem, parties: Iterable[NewParty]) -> int:
    """Also on a later merge (decisions.md 3); how many were new. They are asked in an open round as well."""
    added = 0
    for new in parties:
        if new.user is not None:
            party, is_new = Party.objects.get_or_create(
                item=item, user=new.user, defaults={"capacity": new.capacity, "added_by": new.added_by}
            )
        else:
            reachable = bool(new.phone.strip() or new.name.strip())
            party, is_new = (
                Party.objects.create(
                    item=item,
                    name=new.name.strip(),
                    phone=new.phone.strip(),
                    capacity=new.capacity,
                    added_by=new.added_by,
                    is_reachable=reachable,
                ),
                True,
            )
        added += is_new
        if is_new:
            _ask_too(item, party)
    return added


def _ask_too(item: LedgerItem, party: Party) -> None:
    """One person, one leg: who has rated this reply on another roll has been asked."""
    rows = ReplyRound.objects.filter(reply__item=item, reply__leg=item.leg).select_related("round")
    rounds = {row.source: row.round for row in rows}
    resident = rounds.get(Rated.RESIDENT)
    if resident is None or resident.state != RoundState.OPEN:
        return
    elsewhere = Rater.objects.filter(round__in=rounds.values(), answered_on__isnull=False)
    if party.user is None:
        add_rater(round_=resident, key=f"party:{party.pk}")
    elif not elsewhere.filter(user=party.user).exists():
        add_rater(round_=resident, user=party.user)


@transaction.atomic
def classify_item(
    *, item: LedgerItem, by: Any, category: str, matter_level: str, priority: str, community: Division | None = None
) -> LedgerItem:
    """C31: whose matter it is must be said before it goes anywhere."""
    row = opened_for(item, by, Action.CLASSIFY)
    if category not in Category.values or matter_level not in MatterLevel.values:
        raise Refused(_("请选择类别和事权。"))
    if community is not None and community.parent_id != row.division_id:
        raise Refused(_("所选社区（村）不属于该街道（乡镇）。"))
    move(
        row,
        Action.CLASSIFY,
        by=by,
        capacity="committee",
        detail={"category": category, "matter_level": matter_level, "priority": priority},
        category=category,
        matter_level=matter_level,
        priority=priority,
        community=community,
    )
    return row


@transaction.atomic
def void_item(*, item: LedgerItem, by: Any, reason: str) -> LedgerItem:
    """What was entered by mistake; never deleted (decisions.md 23)."""
    row = opened_for(item, by, Action.VOID)
    move(row, Action.VOID, by=by, capacity="committee", reason=require_reason(reason), hidden_at=timezone.now())
    return row


@transaction.atomic
def set_hidden(*, item: LedgerItem, by: Any, is_hidden: bool, reason: str) -> LedgerItem:
    """Hiding a proposal calls this too (decisions.md 3)."""
    action = Action.HIDE if is_hidden else Action.RESTORE
    row = opened_for(item, by, action)
    move(
        row,
        action,
        by=by,
        capacity="committee",
        reason=require_reason(reason),
        hidden_at=timezone.now() if is_hidden else None,
    )
    return row


def user_can_open(user: Any, division: Division) -> bool:
    return bool(user.is_active and user.has_perm(MANAGE, division))


def require_may_open(user: Any, division: Division) -> None:
    if not user_can_open(user, division):
        raise PermissionDenied

"""What the staff page of one item shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import HandlingUnit
from portal.accounts.rules import masked_name
from portal.jurisdictions.models import Division
from portal.jurisdictions.rules import paths_up
from portal.trail.selectors import history_of

from ..models import ACTION_LABELS, Assignment, Feedback, LedgerItem, Party, Reply
from ..states import Action

SUBJECT_KIND = "ledger_item"
LOOKED = "view_contact"
CAPACITIES = {
    "proxy": gettext_lazy("由工委代录"),
    "deputy": gettext_lazy("人大代表"),
    "system": gettext_lazy("系统"),
}


@dataclass(frozen=True)
class Step:
    """One line of the history."""

    at: datetime
    verb: str
    actor: str
    capacity: str
    reason: str


def entries_of(item: LedgerItem) -> list[Any]:
    """The trail of the item, from which version and history are read."""
    return history_of(SUBJECT_KIND, item.reference)


def version_of(item: LedgerItem, entries: Sequence[Any] | None = None) -> str:
    """Changes with every transition; looking up a contact is none."""
    found = entries_of(item) if entries is None else entries
    return str(max((entry.pk for entry in found if entry.verb != LOOKED), default=0))


def history(entries: Sequence[Any]) -> list[Step]:
    people = get_user_model().objects.filter(trail_id__in={entry.actor for entry in entries})
    names = {person.trail_id: person.get_full_name() for person in people}
    labels = {action.value: label for action, label in ACTION_LABELS.items()} | {LOOKED: _("查看联系方式")}
    return [
        Step(
            at=entry.at,
            verb=str(labels.get(entry.verb, entry.verb)),
            # whoever rates is not named to staff
            actor="" if entry.verb == Action.RATE and entry.capacity != "proxy" else names.get(entry.actor, ""),
            capacity=str(CAPACITIES.get(entry.capacity, "")),
            reason=entry.reason,
        )
        for entry in entries
    ]


@dataclass(frozen=True)
class PartyLine:
    """One proposer; the phone only where it was asked for."""

    capacity: str
    name: str
    phone: str
    has_account: bool
    is_reachable: bool
    is_told: bool
    told_how: str


def party_lines(item: LedgerItem, *, shows_contacts: bool) -> list[PartyLine]:
    reply = Reply.objects.filter(item=item, leg=item.leg, signed_on__isnull=False).first()
    told: dict[int, Feedback] = {row.party_id: row for row in reply.feedbacks.all()} if reply else {}
    lines = []
    for party in item.parties.select_related("user"):
        lines.append(party_line(party, shows_contacts=shows_contacts, feedback=told.get(party.pk)))
    return lines


def party_line(party: Party, *, shows_contacts: bool, feedback: Feedback | None = None) -> PartyLine:
    name = party.user.get_full_name() if party.user else str(party.name)
    phone = str((party.user.contact_phone or party.user.phone) if party.user else party.phone) or _("未留电话")
    return PartyLine(
        capacity=str(party.get_capacity_display()),
        name=(name if shows_contacts else masked_name(name)) or _("未留姓名"),
        phone=phone if shows_contacts else "",
        has_account=party.user_id is not None,
        is_reachable=party.is_reachable,
        is_told=feedback is not None,
        told_how=f"{feedback.get_way_display()} {feedback.on:%Y-%m-%d}" if feedback else "",
    )


def units_for(item: LedgerItem) -> Any:
    return units_near(item.division)


def units_near(division: Division) -> Any:
    """Units of the division, above it and below it."""
    near = Q(division__path__in=paths_up(division.path)) | Q(division__path__startswith=division.path)
    return HandlingUnit.objects.filter(near, is_active=True).select_related("division").order_by("division__path", "pk")


def waiting_helpers(item: LedgerItem) -> Any:
    """Co-handling units that owe an opinion."""
    states = [Assignment.State.SENT, Assignment.State.SIGNED_FOR]
    return item.assignments.filter(is_lead=False, state__in=states).select_related("unit")

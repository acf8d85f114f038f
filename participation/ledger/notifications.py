"""Who is told what. The words are in templates/emails/ledger/<event>.txt, the first line being the title.

Parties with an account are told themselves; for the others whoever entered them, or the committee, gets a 告知任务.
Followers hear of public steps. One event per transition: nobody hears it twice.
"""

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string

from portal.accounts.models import HandlingUnit
from portal.accounts.selectors import users_of_unit, users_with_role
from portal.follows.services import queue_to_followers
from portal.outbox.services import queue_messages

from .models import Commitment, Extension, LedgerItem, Party, Progress, Reply
from .rules.happening import Happening

SUBJECT_KIND = "ledger_item"
OWN, FOLLOWED, UNIT, WATCH = "own_matter", "followed_matter", "unit_work", "ledger_watch"


def _letter(event: str, item: LedgerItem, happening: Happening, kind: str, facts: dict[str, Any]) -> dict[str, str]:
    context = {"item": item, "reason": happening.reason, "is_own": kind == OWN, **facts}
    title, _newline, body = render_to_string(f"emails/ledger/{event}.txt", context).strip().partition("\n")
    return {
        "event": f"ledger:{item.reference}:{happening.verb}:{happening.key}",
        "kind": kind,
        "title": title.strip(),
        "body": body.strip(),
        "url": item.get_absolute_url(),
        "subject_kind": SUBJECT_KIND,
        "subject_key": item.reference,
    }


def _tell_parties(event: str, item: LedgerItem, happening: Happening, **facts: Any) -> None:
    parties = list(Party.objects.filter(item=item).select_related("user", "added_by"))
    own = [party.user for party in parties if party.user]
    if own:
        queue_messages(recipients=own, **_letter(event, item, happening, OWN, facts))
    absent = [party for party in parties if party.user is None and party.is_reachable]
    if absent:
        helpers = _who_passes_on(item, absent)
        letter = _letter(event, item, happening, OWN, {**facts, "passes_on": True})
        queue_messages(recipients=helpers, pass_on_in=item.community or item.division, **letter)


def _who_passes_on(item: LedgerItem, absent: Iterable[Party]) -> list[Any]:
    """Whoever wrote the words down, else somebody of the committee."""
    entered = {party.added_by.pk: party.added_by for party in absent if party.added_by and party.added_by.is_active}
    if entered:
        return list(entered.values())
    fallback = users_with_role("committee", item.division).order_by("pk").first()
    return [fallback] if fallback else []


def _tell_all(event: str, item: LedgerItem, happening: Happening, **facts: Any) -> None:
    """The parties, then the followers with the same event: a party who also follows has been told already."""
    _tell_parties(event, item, happening, **facts)
    if item.is_public:
        queue_to_followers(**_letter(event, item, happening, FOLLOWED, facts))


def _tell_unit(event: str, item: LedgerItem, unit: HandlingUnit | None, happening: Happening, **facts: Any) -> None:
    if unit is not None:
        queue_messages(recipients=users_of_unit(unit), **_letter(event, item, happening, UNIT, facts))


def _tell_committee(event: str, item: LedgerItem, happening: Happening, *roles: str, **facts: Any) -> None:
    people = {user.pk: user for role in roles or ("committee",) for user in users_with_role(role, item.division)}
    queue_messages(recipients=people.values(), **_letter(event, item, happening, WATCH, facts))


def assigned(item: LedgerItem, happening: Happening) -> None:
    _tell_all("assigned", item, happening)
    _tell_unit("for_unit", item, item.unit, happening)


def co_unit_added(item: LedgerItem, unit: HandlingUnit, happening: Happening) -> None:
    _tell_unit("for_co_unit", item, unit, happening)


def returned(item: LedgerItem, happening: Happening) -> None:
    _tell_committee("returned", item, happening)


def progressed(item: LedgerItem, progress: Progress, happening: Happening) -> None:
    _tell_all("progressed", item, happening, progress=progress)


def extension_requested(item: LedgerItem, extension: Extension, happening: Happening) -> None:
    _tell_committee("extension_requested", item, happening, "director", extension=extension)


def extension_decided(item: LedgerItem, extension: Extension, happening: Happening) -> None:
    _tell_unit("extension_decided", item, item.unit, happening, extension=extension)


def reply_drafted(item: LedgerItem, happening: Happening) -> None:
    _tell_unit("reply_drafted", item, item.unit, happening)


def replied(item: LedgerItem, reply: Reply, happening: Happening) -> None:
    _tell_all("replied", item, happening, reply=reply)


def reply_corrected(item: LedgerItem, happening: Happening) -> None:
    _tell_all("reply_corrected", item, happening)


def completed(item: LedgerItem, happening: Happening) -> None:
    _tell_all("completed", item, happening)


def rework_started(item: LedgerItem, happening: Happening) -> None:
    _tell_all("rework_started", item, happening)
    _tell_unit("for_unit", item, item.unit, happening)


def referred(item: LedgerItem, happening: Happening) -> None:
    _tell_committee("referred", item, happening, "committee", "director")


def decided_to_keep(item: LedgerItem, happening: Happening) -> None:
    _tell_all("decided_to_keep", item, happening)


def commitment_ended(item: LedgerItem, commitment: Commitment, happening: Happening) -> None:
    _tell_all("commitment_ended", item, happening, commitment=commitment)


def closed_off(item: LedgerItem, happening: Happening) -> None:
    _tell_all("closed_off", item, happening)


def objected(item: LedgerItem, happening: Happening) -> None:
    _tell_committee("objected", item, happening, "committee", "director")


def objection_refused(item: LedgerItem, happening: Happening) -> None:
    _tell_all("objection_refused", item, happening)

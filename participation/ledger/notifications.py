"""Who is told what. The words are in templates/emails/ledger/<event>.txt, the first line being the title.

Parties with an account are told themselves; for the others whoever entered them, or the committee, gets a 告知任务.
Followers hear of public steps. One event per transition: nobody hears it twice.
"""

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import HandlingUnit
from portal.accounts.selectors import users_of_unit, users_with_role
from portal.follows.models import CATEGORY
from portal.follows.selectors import division_topics
from portal.follows.services import NEWS, queue_news, queue_to_followers
from portal.outbox.services import queue_messages

from .models import AskedDeputy, Assignment, Commitment, Extension, LedgerItem, Letter, Party, Progress, Reply
from .rules.clock import Clock
from .rules.happening import Happening
from .rules.reminders import LADDER, Reminder, Rung
from .selectors.people import heads_of_unit
from .states import State

SUBJECT_KIND = "ledger_item"
OWN, FOLLOWED, UNIT, WATCH = "own_matter", "followed_matter", "unit_work", "ledger_watch"
DEPUTY = "deputy_request"
SOLVED = "whether_solved"


def _letter(event: str, item: LedgerItem, happening: Happening, kind: str, facts: dict[str, Any]) -> dict[str, str]:
    unit_name = item.unit.name if item.unit else str(_("人大街道工委"))
    context = {"item": item, "reason": happening.reason, "is_own": kind == OWN, "unit_name": unit_name, **facts}
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
        letter = _letter(event, item, happening, FOLLOWED, facts)
        queue_to_followers(**letter)
        if item.source_key:
            # the same event: who follows both is told once (decisions.md 5)
            queue_to_followers(**{**letter, "subject_kind": item.source_kind, "subject_key": item.source_key})


def _tell_unit(event: str, item: LedgerItem, unit: HandlingUnit | None, happening: Happening, **facts: Any) -> None:
    if unit is not None:
        queue_messages(recipients=users_of_unit(unit), **_letter(event, item, happening, UNIT, facts))


def _tell_committee(event: str, item: LedgerItem, happening: Happening, *roles: str, **facts: Any) -> None:
    people = {user.pk: user for role in roles or ("committee",) for user in users_with_role(role, item.division)}
    queue_messages(recipients=people.values(), **_letter(event, item, happening, WATCH, facts))


def assigned(item: LedgerItem, happening: Happening) -> None:
    _tell_all("assigned", item, happening)
    if item.is_readable and item.source_kind != "proposal":
        # whoever follows the place or the category heard of a proposal when it was published
        letter = _letter("news", item, happening, NEWS, {})
        del letter["kind"]
        topics = [(CATEGORY, item.category), *division_topics(item.community or item.division)]
        queue_news(topics=topics, words=f"{item.title} {item.summary}", **letter)
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
    facts = {"unit_name": reply.unit_name} if reply.unit_name else {}
    _tell_all("replied", item, happening, reply=reply, **facts)


def reply_corrected(item: LedgerItem, happening: Happening) -> None:
    _tell_all("reply_corrected", item, happening)


def completed(item: LedgerItem, happening: Happening) -> None:
    _tell_all("completed", item, happening)


def asked_whether_solved(item: LedgerItem, reply: Reply, user: Any, path: str) -> int:
    """解决了吗？ once per reply, each person by the own link."""
    letter = _letter("whether_solved", item, Happening(key=0, verb="solved"), SOLVED, {"reply": reply})
    event = f"ledger:{item.reference}:solved:{reply.leg}"
    return queue_messages(recipients=[user], **{**letter, "event": event, "url": path})


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


# --- Deputies, 12345, and what comes back from there ------------------------------------------------------------
def _tell_deputies(
    event: str, item: LedgerItem, asked: Iterable[AskedDeputy], happening: Happening, **facts: Any
) -> None:
    """Deputies with an account, each with the address of their own page."""
    for each in asked:
        if each.deputy.user is None:
            continue
        letter = _letter(event, item, happening, DEPUTY, {"asked": each, "suggestion": each.suggestion, **facts})
        letter["url"] = reverse("ledger:asked", args=[each.pk])
        queue_messages(recipients=[each.deputy.user], **letter)


def suggested(item: LedgerItem, asked: Iterable[AskedDeputy], happening: Happening) -> None:
    _tell_all("suggested", item, happening)
    _tell_deputies("for_deputy", item, asked, happening)


def more_asked(item: LedgerItem, asked: Iterable[AskedDeputy], happening: Happening) -> None:
    _tell_deputies("for_deputy", item, asked, happening)


def suggestion_made(item: LedgerItem, asked: AskedDeputy, happening: Happening) -> None:
    _tell_all("suggestion_made", item, happening, asked=asked)
    _tell_committee("suggestion_made", item, happening, asked=asked)


def suggestion_declined(item: LedgerItem, asked: AskedDeputy, happening: Happening) -> None:
    _tell_committee("suggestion_declined", item, happening, asked=asked)


def reply_for_deputies(item: LedgerItem, asked: Iterable[AskedDeputy], reply: Reply, happening: Happening) -> None:
    """Whoever put the suggestion forward reads what came of it."""
    made = [each for each in asked if each.state == AskedDeputy.State.PROPOSED]
    _tell_deputies("reply_for_deputy", item, made, happening, reply=reply)


def handed_to_hotline(item: LedgerItem, happening: Happening) -> None:
    _tell_all("handed_to_hotline", item, happening)


def taken_back(item: LedgerItem, happening: Happening) -> None:
    _tell_all("taken_back", item, happening)


def rerouted(item: LedgerItem, happening: Happening) -> None:
    _tell_all("rerouted", item, happening)


def request_ended(item: LedgerItem, asked: Iterable[AskedDeputy], happening: Happening) -> None:
    _tell_deputies("request_ended", item, asked, happening)


# --- Reminders ----------------------------------------------------------------------------------------------------
def reminded(item: LedgerItem, happening: Happening, *, is_supervision: bool) -> None:
    facts = {"is_supervision": is_supervision}
    if item.state == State.SUGGESTED:
        rows = AskedDeputy.objects.filter(suggestion__item=item, suggestion__ended_on=None, state="asked")
        _tell_deputies("for_deputy", item, rows.select_related("deputy__user", "suggestion"), happening, **facts)
    elif item.unit is None:
        _tell_committee("reminded", item, happening, "director", **facts)
    else:
        _tell_unit("reminded", item, item.unit, happening, **facts)


def due(item: LedgerItem, reminder: Reminder, clock: Clock) -> int:
    """How many were told by this call; a repeat tells nobody."""
    rungs, unit = LADDER[reminder.stage], item.unit
    event = f"due:{item.leg}:{reminder.stage}:{reminder.due_on.isoformat()}"
    told = 0
    if unit is not None:
        heads = list(heads_of_unit(unit))
        # a unit of heads only has nobody below to ask first
        handlers = [user for user in users_of_unit(unit) if user not in heads] or heads
        people = handlers + (heads if Rung.UNIT_HEAD in rungs else [])
        told += _remind("due", item, event, UNIT, people, reminder=reminder, clock=clock)
    if Rung.DIRECTOR in rungs:
        directors = users_with_role("director", item.division)
        told += _remind("due", item, event, WATCH, directors, reminder=reminder, clock=clock)
    return told


def assignment_due(item: LedgerItem, reminder: Reminder) -> int:
    event = f"assign_by:{reminder.stage}:{reminder.due_on.isoformat()}"
    people = list(users_with_role("committee", item.division)) + list(users_with_role("director", item.division))
    return _remind("assignment_due", item, event, WATCH, people, reminder=reminder)


def commitment_due(item: LedgerItem, commitment: Commitment, reminder: Reminder) -> int:
    event = f"commitment:{commitment.pk}:{reminder.stage}:{reminder.due_on.isoformat()}"
    # what was promised elsewhere is followed up by the committee
    people = users_of_unit(item.unit) if item.unit else users_with_role("committee", item.division)
    return _remind("commitment_due", item, event, UNIT, people, reminder=reminder, commitment=commitment)


def co_unit_due(item: LedgerItem, assignment: Assignment, reminder: Reminder) -> int:
    event = f"co_unit:{assignment.pk}:{reminder.stage}:{reminder.due_on.isoformat()}"
    return _remind("co_unit_due", item, event, UNIT, users_of_unit(assignment.unit), reminder=reminder)


def _remind(template: str, item: LedgerItem, event: str, kind: str, people: Iterable[Any], **facts: Any) -> int:
    """`event` is made of what the reminder is about, so that a second run is the same event (decisions.md 10)."""
    letter = _letter(template, item, Happening(key=0, verb="due"), kind, facts)
    return queue_messages(recipients=people, **{**letter, "event": f"ledger:{item.reference}:{event}"})


def letter_issued(letter: Letter) -> None:
    """The unit, by the number; the paper itself goes the usual way."""
    context = {"letter": letter}
    title, _newline, body = render_to_string("emails/ledger/letter_issued.txt", context).strip().partition("\n")
    queue_messages(
        recipients=users_of_unit(letter.unit),
        event=f"ledger:letter:{letter.pk}:issued",
        kind=UNIT,
        title=title.strip(),
        body=body.strip(),
        subject_kind="letter",
        subject_key=str(letter.pk),
    )

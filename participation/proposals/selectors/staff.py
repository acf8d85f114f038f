"""Reads for staff: what is in scope, who must be answered, what may be done, where one may enter."""

from typing import Any

from participation.moderation.selectors import scope_of
from portal.jurisdictions.models import Division
from portal.outbox.registry import Absent

from ..models import Author, Proposal
from ..states import Action, State, actions_from


def proposals_in_scope(user: Any, permission: str) -> Any:
    """For staff: every proposal of the divisions in which the user holds the permission, whatever its state."""
    rows = Proposal.objects.select_related("division", "community", "review", "entered_by", "merged_into")
    scope = scope_of(user, permission)
    return rows if scope is None else rows.in_divisions([division.path for division in scope])


def authors_of(proposal: Proposal) -> list[Author]:
    """Everyone to whom an answer is due, with their accounts and the number each wrote under."""
    return list(Author.objects.filter(proposal=proposal).select_related("user", "origin").order_by("pk"))


def absent_authors(number: str) -> list[Absent]:
    """For the outbox: those without an account who are due an answer of this proposal, and who wrote them down."""
    rows = Author.objects.filter(proposal__number=number, user=None).select_related("origin").order_by("pk")
    # a merge moves the authors: the task of what ended finds them by where they came from
    rows = rows or Author.objects.filter(origin__number=number, user=None).select_related("origin").order_by("pk")
    return [Absent(str(row.name), str(row.phone), row.origin.entered_by_id) for row in rows]


def allowed_actions(proposal: Proposal) -> set[Action]:
    """What its state allows; whether this person may is asked by the service."""
    actions = set(actions_from(State(proposal.state)))
    if not proposal.is_public:
        actions -= {Action.HIDE, Action.START_SCREENING}
    if proposal.hidden_at is None or proposal.hiding_confirmed_by_id is not None:
        actions -= {Action.CONFIRM_HIDING, Action.RESTORE}
    if proposal.published_at is not None:
        actions.discard(Action.PUBLISH_IMPORT)
    return actions


def places_for(user: Any, permission: str) -> list[Any]:
    """Choices of `division:community` where the user may enter, grouped by subdistrict; 不清楚 first in each.

    A community worker gets the own communities only. Above the county only subdistricts are offered: the list would
    not be readable.
    """
    levels = [Division.Level.SUBDISTRICT, Division.Level.TOWNSHIP]
    scope = scope_of(user, permission)
    if scope is None:
        return [(f"{row.pk}:", row.name) for row in Division.objects.filter(level__in=levels).order_by("path")]
    places: list[Any] = []
    for division in scope:
        if division.level == Division.Level.COMMUNITY and division.parent is not None:
            places.append((f"{division.parent_id}:{division.pk}", f"{division.parent.name} {division.name}"))
            continue
        subdistricts = Division.objects.filter(path__startswith=division.path, level__in=levels).order_by("path")
        shows_communities = division.level in {*levels, Division.Level.COUNTY}
        for subdistrict in subdistricts:
            places.append((f"{subdistrict.pk}:", subdistrict.name))
            if shows_communities:
                children = subdistrict.children.order_by("path")
                places += [(f"{subdistrict.pk}:{child.pk}", f"{subdistrict.name} {child.name}") for child in children]
    return list(dict.fromkeys(places))

"""Reads about what deputies were asked: for the item's pages, for the deputy, for the close-off."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from liaison_stations.deputies.selectors import upper_deputies
from portal.jurisdictions.clauses import binds, clause
from portal.jurisdictions.selectors import terms_in_force

from ..models import AskedDeputy, DeputySuggestion, LedgerItem
from ..states import Routing
from .clocks import terms_day


def open_suggestion(item: LedgerItem) -> DeputySuggestion:
    """The request that is out now; an item with deputies has one."""
    return DeputySuggestion.objects.get(item=item, ended_on=None)


def suggestions_of(item: LedgerItem) -> list[DeputySuggestion]:
    """All requests with who was asked, oldest first; two queries."""
    rows = item.suggestions.prefetch_related("asked__deputy__congress")
    return list(rows)


def waiting_answers(item: LedgerItem) -> Any:
    """Deputies who have not answered the present request."""
    return asked_now(item).filter(state=AskedDeputy.State.ASKED)


def asked_now(item: LedgerItem) -> Any:
    rows = AskedDeputy.objects.filter(suggestion__item=item, suggestion__ended_on=None)
    return rows.select_related("deputy__congress", "deputy__user", "suggestion")


def deputies_to_ask(item: LedgerItem) -> Any:
    """Deputies in office of upper levels who serve the place and were not asked by the present request."""
    rows = upper_deputies(item.division)
    suggestion = DeputySuggestion.objects.filter(item=item, ended_on=None).first()
    if suggestion is None:
        return rows
    return rows.filter(level=suggestion.level).exclude(pk__in=suggestion.asked.values("deputy"))


def asked_of(user: Any) -> Any:
    """What this person was asked as a deputy, newest first; a request taken back only where it was answered."""
    rows = AskedDeputy.objects.filter(deputy__user=user).exclude(
        Q(suggestion__ended_on__isnull=False) & Q(state=AskedDeputy.State.ASKED)
    )
    related = ("suggestion__item__division", "suggestion__item__community", "deputy__congress")
    return rows.select_related(*related).order_by("-pk")


def waits_for(user: Any) -> Any:
    """What still waits for this deputy's answer."""
    return asked_of(user).filter(state=AskedDeputy.State.ASKED, suggestion__ended_on=None)


def deputy_panel(request: Any) -> dict[str, Any] | None:
    """For `/me/`: nothing for whoever was never asked."""
    rows = list(waits_for(request.user)[:5])
    if not rows and not asked_of(request.user).exists():
        return None
    return {"rows": rows}


def report_obstacles(item: LedgerItem) -> list[str]:
    """X22: the two written reports that a suggestion's handling owes; [] where the clause binds nobody here."""
    if item.routing != Routing.DEPUTIES:
        return []
    suggestion = DeputySuggestion.objects.filter(item=item, ended_on=None).first()
    if suggestion is None or not suggestion.asked.filter(state=AskedDeputy.State.PROPOSED).exists():
        return []
    if not binds(clause("X22"), item.division, terms_day(item)):
        return []
    found = []
    if suggestion.reported_to_committee_on is None:
        found.append(_("“将处理情况和结果书面报告人大街道工委”：还没有登记书面报告工委的日期。"))
    if suggestion.reported_to_congress_on is None:
        found.append(_("“同时报告市人大常委会”：还没有登记书面报告人大常委会的日期。"))
    return found


def needs_meeting(item: LedgerItem) -> bool:
    """X24 for a suggestion: the handling unit of the upper level has met the deputy."""
    if item.routing != Routing.DEPUTIES:
        return False
    return bool(terms_in_force(item.division, terms_day(item)).face_to_face_required)


def suggestions_put_forward(deputies: Iterable[int], first: date, last: date) -> dict[int, int]:
    """For the directory of deputies: how many each put forward on request about public matters, by key."""
    rows = AskedDeputy.objects.filter(
        deputy__in=deputies,
        state=AskedDeputy.State.PROPOSED,
        proposed_on__range=(first, last),
        suggestion__item__in=LedgerItem.objects.public().order_by().values("pk"),
    )
    return dict(rows.order_by().values_list("deputy").annotate(Count("pk")))

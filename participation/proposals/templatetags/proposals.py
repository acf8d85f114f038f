"""{% load proposals %}: how a proposal is shown on any page."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from participation.ledger.templatetags.ledger import stage_kind
from portal.search.text import highlight

from ..models import Proposal
from ..registry import related_sections
from ..rules.naming import words_after_title
from ..states import State

register = template.Library()

CHIP_KINDS = {
    State.PUBLISHED: "active",
    State.SCREENING: "active",
    State.ADOPTED: "official",
    State.REPLIED_IMPORTED: "done",
    State.RETURNED: "due",
    State.MERGED: "closed",
    State.WITHDRAWN: "closed",
    State.VOIDED: "closed",
    State.NOT_ADOPTED: "closed",
    State.REJECTED: "closed",
    State.DIVERTED: "closed",
}


@register.filter
def chip_kind(proposal: Proposal) -> str:
    if proposal.is_assigned and proposal.ledger_item is not None:
        return stage_kind(proposal.ledger_item)
    return CHIP_KINDS.get(State(proposal.state), "plain")


@register.filter
def words_beside_title(proposal: Proposal) -> str:
    return words_after_title(proposal.title, proposal.body)


@register.simple_tag
def highlighted(text: str, query: str, width: int | None = None) -> SafeString:
    return highlight(text, query, width)


@register.simple_tag
def what_relates_to(proposal: Proposal) -> SafeString:
    """What higher features say about a proposal that anyone may read (`registry.register_related`)."""
    shown = []
    for section in related_sections() if proposal.is_readable else []:
        if (values := section.context(proposal)) is not None:
            shown.append(render_to_string(section.template, values))
    return format_html_join("", "{}", ((each,) for each in shown))


@register.inclusion_tag("proposals/proposal_card.html")
def proposal_card(
    proposal: Proposal, query: str = "", names: dict[int, str] | None = None, level: int = 2
) -> dict[str, Any]:
    """One row of a list. `names`: full names of places by primary key, read once for the page."""
    place = proposal.community or proposal.division
    return {
        "proposal": proposal,
        "query": query,
        "place": (names or {}).get(place.pk, place.name),
        "level": level,
        "is_confidential": proposal.is_confidential,
    }

"""{% load ledger %}: how an item is shown on any page."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.frame.templatetags.frame import chip

from ..models import LedgerItem
from ..rules.clock import Clock, Colour, remaining_in_words
from ..states import Stage, State

register = template.Library()

STAGE_KINDS = {
    Stage.ASSIGNED: "active",
    Stage.HANDLING: "active",
    Stage.REPLIED: "done",
    Stage.COMPLETED: "done",
    Stage.CLOSED_OFF: "ok",
    Stage.SUGGESTED: "active",
    Stage.HOTLINE: "closed",
    Stage.VOIDED: "closed",
}
CLOCK_KINDS = {Colour.RED: "late", Colour.YELLOW: "due", Colour.GREEN: "plain"}


@register.filter
def stage_kind(item: LedgerItem) -> str:
    return STAGE_KINDS.get(item.stage, "plain")


@register.inclusion_tag("ledger/clock_words.html")
def clock_words(item: LedgerItem, clock: Clock) -> dict[str, Any]:
    """剩 12 天, 今天到期, 已超期 3 天, 暂停办理; nothing where nothing is due."""
    words = remaining_in_words(clock, clock.is_stopped)
    if item.state == State.PAUSED and not clock.is_overdue:
        return chip("暂停计时", "paused") if words else {}
    return chip(words, CLOCK_KINDS.get(clock.colour, "plain")) if words else {}


@register.inclusion_tag("ledger/item_card.html")
def ledger_card(
    item: LedgerItem, clock: Clock | None = None, names: dict[int, str] | None = None, level: int = 2
) -> dict[str, Any]:
    """One row of a list. `names`: full names of places by primary key, read once for the page."""
    place = item.division if item.is_confidential else item.community or item.division
    return {"item": item, "clock": clock, "place": (names or {}).get(place.pk, place.name), "level": level}


@register.filter
def with_small_parts(cell: str) -> SafeString:
    """57%（28/49） as the rate with its parts small beneath."""
    value, bracket, parts = str(cell).rstrip("）").partition("（")
    return (
        format_html('<span>{}<small class="soft">{}</small></span>', value, parts)
        if bracket
        else format_html("{}", value)
    )

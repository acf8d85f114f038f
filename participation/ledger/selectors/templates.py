"""答复模板: which are offered where, and what their fields say."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from participation.moderation.selectors import scope_of
from portal.accounts.rules import surname_of
from portal.jurisdictions.rules import paths_up

from ..models import LedgerItem, ReplyTemplate


def templates_for(item: LedgerItem) -> Any:
    """Of the item's division or above it; those of one unit for that unit only."""
    rows = ReplyTemplate.objects.filter(is_active=True, division__path__in=paths_up(item.division.path))
    return rows.filter(Q(unit=None) | Q(unit=item.unit_id)) if item.unit_id else rows.filter(unit=None)


def templates_kept_by(user: Any, permission: str, units: Sequence[int]) -> Any:
    """What somebody may change: the templates of the own divisions, of the own units."""
    rows = ReplyTemplate.objects.select_related("division", "unit", "changed_by")
    scope = scope_of(user, permission)
    if scope is None:
        return rows
    mine = Q(unit__in=units)
    for division in scope:
        mine |= Q(division__path__startswith=division.path)
    return rows.filter(mine)


def merge_values(item: LedgerItem) -> dict[str, str]:
    """A reply is public: a proposer is addressed by the surname at most."""
    parties = list(item.parties.select_related("user")[:2])
    names = [surname_of(party.user.real_name if party.user else str(party.name)) for party in parties]
    address = _("%s同志") % names[0] if len(names) == 1 and names[0] else _("居民朋友")
    if len(parties) > 1:
        address = _("各位提出人")
    return {
        "编号": item.reference,
        "事项": item.public_title,
        "单位": item.unit.name if item.unit else "",
        "提出人称呼": address,
    }

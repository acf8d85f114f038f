"""What the features below put on the home page; only this floor may know them all."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from participation.proposals.models import Proposal
from portal.jurisdictions.selectors import chosen_division, full_names

from .registry import register_door, register_section

LATEST = 5


def latest_proposals(request: HttpRequest) -> dict[str, Any] | None:
    """The newest readable proposals of the remembered subdistrict, or of all where it has none yet."""
    rows = Proposal.objects.readable().for_list().order_by("-published_at", "-id")
    division = chosen_division(request.COOKIES)
    shown = list(rows.in_division(division)[:LATEST]) if division else []
    if not shown:
        division, shown = None, list(rows[:LATEST])
    if not shown:
        return None
    return {
        "rows": shown,
        "division": division,
        "names": full_names([row.community or row.division for row in shown]),
    }


def register_home() -> None:
    register_door("propose", _("我要提建议"), "proposals:new", 10, icon="pencil", is_main=True)
    register_door("lookup", _("查进度"), "lookup:lookup", 20, icon="search")
    register_door("proposals", _("看居民建议"), "proposals:list", 30, icon="text")
    register_section("latest_proposals", "home/latest_proposals.html", latest_proposals, 40)

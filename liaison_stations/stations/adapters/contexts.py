"""What the pages of stations show; Wagtail asks the page itself, the reads stand above it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

if TYPE_CHECKING:
    from ..models import LiaisonStation


def directory_context(request: HttpRequest) -> dict[str, Any]:
    """The filters of the address and one page of what they leave; a constant number of queries."""
    from portal.frame.counting import bounded_count
    from portal.frame.paging import keyset_page
    from portal.jurisdictions.selectors import chosen_division, full_names, site_places

    from ..forms import StationFilterForm
    from ..selectors import stations_for_list

    places = site_places()
    known = [chosen_division(request.COOKIES), getattr(request.user, "division", None)]
    preferred = [row for row in (places.subdistrict_of(each) for each in known if each) if row is not None]
    form = StationFilterForm(request.GET, places=places, preferred=list({row.pk: row for row in preferred}.values()))
    rows = form.narrowed(stations_for_list())
    page = keyset_page(rows, "place", request.GET.get("cursor"))
    names = full_names({row.division for row in page})
    return {
        "form": form,
        "stations": page,
        "rows": [(row, names[row.division_id]) for row in page],
        "total": "0" if form.errors else bounded_count(rows),
        "is_filtered": form.is_narrowing,
    }


def station_context(station: LiaisonStation) -> dict[str, Any]:
    from portal.jurisdictions.selectors import full_name

    from ..selectors import co_located_of, map_links, sites_of, staff_of, venues_of

    return {
        "place": full_name(station.division) if station.division else "",
        "staff": staff_of(station),
        "sites": sites_of(station),
        "venues": venues_of(station),
        "co_located": co_located_of(station),
        "maps": map_links(station),
    }


def findings(station: LiaisonStation) -> list[Any]:
    """What the editor of the page is told: who serves here by the entries and by the committee's posts."""
    from django.utils.translation import gettext

    from portal.accounts.rules import STATION_ROLE_CLAUSE
    from portal.jurisdictions.clauses import clause
    from portal.pages.rules.content import Finding

    from ..models import StationStaff
    from ..selectors import staff_differences

    labels = dict(StationStaff.Role.choices)
    field = gettext("站点人员")
    source = clause(STATION_ROLE_CLAUSE).section
    entered = gettext("这里填了%(role)s“%(name)s”，人大街道工委的任职里没有（%(clause)s）。请核对。")
    missing = gettext("按人大街道工委的任职，%(role)s应是“%(name)s”，这里没有填（%(clause)s）。请核对。")
    return [
        Finding(
            "staff",
            field,
            "staff_differs",
            False,
            message=(entered if is_entered else missing) % {"role": labels[role], "name": name, "clause": source},
        )
        for role, name, is_entered in staff_differences(station)
    ]

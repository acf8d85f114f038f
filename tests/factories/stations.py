"""Stations as a clerk would leave them."""

from typing import Any

from liaison_stations.stations.models import LiaisonStation, StationIndexPage
from portal.jurisdictions.models import Division


def station(division: Division, title: str = "望春门街道人大代表联络站", **values: Any) -> LiaisonStation:
    """A public main station below the directory."""
    parent = StationIndexPage.objects.get()
    page = LiaisonStation(title=title, slug=values.pop("slug", f"s{division.key}"), division=division, **values)
    parent.add_child(instance=page)
    return LiaisonStation.objects.get(pk=page.pk)


def site(parent: LiaisonStation, title: str = "东片区联络点", **values: Any) -> LiaisonStation:
    """A public site of a station."""
    page = LiaisonStation(
        title=title,
        slug=values.pop("slug", "east"),
        kind=values.pop("kind", "area"),
        division=parent.division,
        **values,
    )
    parent.add_child(instance=page)
    return LiaisonStation.objects.get(pk=page.pk)

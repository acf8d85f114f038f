"""A clerk keeps the own station and sees nothing unpublished of another's, by whatever door."""

import contextlib
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from liaison_stations.stations.models import DeliberationVenue, LiaisonStation, StationIndexPage
from liaison_stations.stations.selectors import own_station
from tests.architecture.routes import all_routes
from tests.conftest import Cast
from tests.factories.stations import site, station
from tests.home.test_rights import rights
from tests.home.test_workflow import ELSEWHERE, division

CANARY = "金丝雀"


@pytest.fixture
def theirs(cast: Cast) -> LiaisonStation:
    """Another street's station with unpublished changes, and a site there that was never public."""
    page = station(division(ELSEWHERE), "别处站")
    page.title, page.summary = f"{CANARY}改名", f"{CANARY}摘要"
    page.save_revision(user=cast.admin)
    draft = site(page, f"{CANARY}草稿点", live=False)
    draft.save_revision(user=cast.admin)
    DeliberationVenue.objects.create(name=f"{CANARY}厅", kind="hall", division=division(ELSEWHERE), is_active=False)
    return LiaisonStation.objects.get(pk=page.pk)


def test_who_may_do_what_with_a_station(cast: Cast) -> None:
    own, other = station(division()), station(division(ELSEWHERE), slug="other")
    people = ("clerk", "editor", "moderator", "committee", "director", "unit", "auditor")
    assert {name: rights(cast[name], own) for name in people} == {
        "clerk": "add_subpage edit lock",
        "editor": "add_subpage edit lock",
        "moderator": "unpublish lock",
        "committee": "lock",
        "director": "unpublish lock",
        "unit": "",
        "auditor": "",
    }
    assert (rights(cast.clerk, other), rights(cast.clerk, StationIndexPage.objects.get())) == ("", "")
    assert own_station(cast.clerk) == own


@pytest.mark.once
def test_no_door_shows_a_clerk_what_another_station_has_not_published(
    client: Client, cast: Cast, theirs: LiaisonStation
) -> None:
    client.force_login(cast.clerk)
    own = station(division())
    draft = theirs.get_children().get()
    seen, escaped = [], json.dumps(CANARY)[1:-1].encode()
    for address in addresses([theirs, draft], own):
        response = client.get(address)
        body = b"".join(response) if response.streaming else response.content
        if CANARY in body.decode(errors="replace") or escaped in body:
            seen.append(address)

    assert seen == []


def addresses(pages: list[Any], own: LiaisonStation) -> Iterator[str]:
    """Every route of the admin that pages, venues or their choosers have, for each of the pages."""
    parent = own.get_parent().pk
    for route in all_routes():
        if not route.key.startswith(("wagtailadmin", "stations", "wagtailsearch", "wagtailforms")):
            continue
        for page in pages:
            number, revision = page.pk, page.latest_revision_id
            typed = ["stations", "liaisonstation"]
            tried: tuple[list[Any], ...] = ([], [number], [parent], [number, revision], typed, [*typed, number])
            for args in tried:
                with contextlib.suppress(NoReverseMatch):
                    address = reverse(route.key, args=args)
                    yield address
                    # refused by its number before anything is searched: the two are asked apart
                    asked = f"ids={number}&id={number}&next=/admin/" if page.live else f"q=草稿点&child_of={parent}"
                    yield f"{address}?{asked}&page_type=stations.LiaisonStation"


def test_nothing_of_another_station_is_changed_by_a_post(client: Client, cast: Cast, theirs: LiaisonStation) -> None:
    client.force_login(cast.clerk)
    before = (theirs.revisions.count(), LiaisonStation.objects.count())
    for name in ("edit", "delete", "unpublish", "copy", "move", "lock", "unlock", "add_subpage"):
        client.post(reverse(f"wagtailadmin_pages:{name}", args=[theirs.pk]), {"title": "改", "action-publish": "1"})
    for action in ("delete", "unpublish", "publish", "move"):
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        client.post(f"{url}?id={theirs.pk}&next=/admin/", {})
    venue = DeliberationVenue.objects.get()
    client.post(
        reverse("stations_venues:edit", args=[venue.pk]), {"name": "改", "kind": "hall", "division": division().pk}
    )
    theirs.refresh_from_db()
    assert (theirs.revisions.count(), LiaisonStation.objects.count()) == before
    assert (theirs.live, DeliberationVenue.objects.get().name) == (True, f"{CANARY}厅")


def test_a_clerk_edits_the_own_station_and_another_person_publishes_it(client: Client, cast: Cast) -> None:
    own = station(division(), phone="0731-00000000")
    client.force_login(cast.clerk)
    page = client.get(reverse("wagtailadmin_pages:edit", args=[own.pk]))
    assert page.status_code == 200 and "action-publish" not in page.content.decode()
    task = own.get_workflow()
    assert task is not None and own.review_levels == 1

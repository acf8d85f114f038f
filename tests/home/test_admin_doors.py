"""Wagtail's open doors are narrowed; the rows of the permission table say for whom."""

from django.test import Client
from django.urls import reverse

from home.adapters.admin_doors import DOORS
from tests.architecture.routes import all_routes
from tests.conftest import Cast


def test_every_door_is_found_in_wagtails_routes() -> None:
    assert set(DOORS) - {route.key for route in all_routes()} == set()


def test_a_unit_that_asks_for_a_chooser_is_sent_back_with_a_word(client: Client, cast: Cast) -> None:
    client.force_login(cast.unit)
    response = client.get(reverse("wagtailimages_chooser:choose"), follow=True)
    assert response.redirect_chain == [(reverse("wagtailadmin_home"), 302)]
    assert "您没有权限访问" in response.content.decode()
    refused = client.get(reverse("wagtailimages_chooser:choose"), headers={"x-requested-with": "XMLHttpRequest"})
    assert refused.status_code == 403


def test_the_menu_offers_the_sites_history_to_those_who_may_read_it(client: Client, cast: Cast) -> None:
    url = reverse("wagtailadmin_reports:site_history")
    offered = {}
    for name in ("editor", "moderator", "auditor", "admin"):
        client.force_login(cast[name])
        offered[name] = url in client.get(reverse("wagtailadmin_home")).content.decode()
    assert offered == {"editor": False, "moderator": False, "auditor": True, "admin": True}

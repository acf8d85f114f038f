"""Wagtail's frame with scripts off, and the titles of our own admin pages."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import Cast

PLAIN = re.compile(r'<noscript><nav class="plain-menu".*?</nav></noscript>', re.DOTALL)


def as_staff(client: Client, cast: Cast, name: str) -> Client:
    client.force_login(cast[name], backend="portal.accounts.backends.ScopedRoleBackend")
    return client


@pytest.mark.parametrize(
    ("name", "offered", "refused"),
    [
        ("community", "proposals_entry:index", "accounts_people"),
        ("moderator", "reviews:index", "accounts_people"),
        ("admin", "accounts_people", "trail:home"),
        ("unit", "wagtailadmin_account", "reviews:index"),
    ],
)
def test_without_scripts_the_menu_is_there_as_links_and_offers_what_the_role_may_do(
    cast: Cast, client: Client, name: str, offered: str, refused: str
) -> None:
    page = as_staff(client, cast, name).get("/admin/").content.decode()
    [menu] = PLAIN.findall(page)
    found = re.findall(r'href="([^"]*)"', menu)
    paths = {address.split("?")[0] for address in found}
    assert (reverse(offered) in paths, reverse(refused) in paths, "#" in paths) == (True, False, False)
    assert "css/admin/noscript.css" in page
    assert "enable-javascript.com" not in page


@pytest.mark.parametrize(
    "name",
    ["accounts_people", "accounts_import_staff", "accounts_add_person", "jurisdictions_terms", "home_freshness"],
)
def test_every_page_of_ours_has_a_title_of_its_own(cast: Cast, client: Client, name: str) -> None:
    page = as_staff(client, cast, "admin").get(reverse(name)).content.decode()
    [title] = re.findall(r"<title>(.*?)</title>", page, re.DOTALL)
    assert re.match(r"\s*\w+", title), title


def test_a_form_with_dates_brings_the_script_that_starts_them(cast: Cast, client: Client) -> None:
    page = as_staff(client, cast, "admin").get(reverse("accounts_add_person")).content.decode()
    assert page.count("date-time-chooser.js") == 1

"""The demo's site: once, without anything our own checks would refuse, every page readable."""

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Page

from home.demo import ARTICLES, load_pages
from home.models import NewsPage, PortalDocument, PortalImage
from portal.pages.adapters.content import findings_of
from portal.trail.services import record
from tests.conftest import Cast


def test_the_demo_is_made_once_and_passes_our_own_checks(client: Client, cast: Cast) -> None:
    people = {name: cast[name] for name in ("editor", "moderator")}
    assert (load_pages(people), load_pages(people)) == (len(ARTICLES), 0)
    assert (NewsPage.objects.live().count(), PortalDocument.objects.count(), PortalImage.objects.count()) == (24, 5, 4)
    assert Page.find_problems() == ([], [], [], [], [])
    pages = [page.specific for page in Page.objects.filter(depth__gte=2)]
    assert [(page.slug, found.message) for page in pages for found in findings_of(page) if found.blocks] == []
    plain = [page for page in pages if page.live and not getattr(page, "lead_image_id", None)]
    assert {client.get(page.url).status_code for page in plain} == {200}
    waiting = [page.slug for page in pages if page.workflow_in_progress]
    assert waiting == ["example-waiting"]


@pytest.mark.django_db
def test_a_site_that_the_wizard_set_up_is_not_mixed_with_the_demo(settings: Any) -> None:
    settings.DEBUG = True
    record(subject_kind="setup", subject_key="site", verb="set_up")
    with pytest.raises(CommandError, match="真站点，演示数据会混进去，什么也没有写入"):
        call_command("prepare_demo", stdout=StringIO())
    assert not get_user_model().objects.exists()

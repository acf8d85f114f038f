from django.conf import settings
from django.test import Client
from django.urls import reverse

from home.handbook import CHAPTERS
from tests.conftest import Cast


def test_every_picture_exists_and_all_are_small() -> None:
    files = [picture.file for chapter in CHAPTERS for picture in chapter.pictures]
    assert [file for file in files if not file.exists()] == []
    folder = settings.BASE_DIR / "portal" / "static" / "img" / "handbook"
    assert sorted(folder.iterdir()) == sorted(files)
    assert sum(file.stat().st_size for file in files) <= 600_000


def test_the_handbook_has_every_chapter_once_and_an_alt_text_for_every_picture(client: Client, cast: Cast) -> None:
    client.force_login(cast.editor)
    page = client.get(reverse("home_handbook")).content.decode()
    assert [page.count(f'<section id="{chapter.key}">') for chapter in CHAPTERS] == [1] * len(CHAPTERS)
    assert page.count('<figure><img src="/static/img/handbook/') == sum(len(chapter.pictures) for chapter in CHAPTERS)
    assert 'alt=""' not in page.split("handbook__lead")[1]


def test_the_help_menu_leads_to_the_handbook_and_to_no_foreign_page(client: Client, cast: Cast) -> None:
    client.force_login(cast.editor)
    page = client.get("/admin/").content.decode()
    assert "/admin/handbook/" in page
    assert "guide.wagtail.org" not in page
    assert "docs.wagtail.org" not in page

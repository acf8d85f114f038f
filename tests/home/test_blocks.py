"""Blocks: nothing an editor types becomes markup, every block can be looked at before it is used."""

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.images.tests.utils import get_test_image_file

from home.blocks import BodyBlock
from home.models import NewsPage, PortalImage
from participation.proposals.models import Proposal
from portal.pages.blocks import RICH_TEXT, TableBlock
from tests.conftest import Cast
from tests.factories.pages import column, news
from tests.factories.proposals import published

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def shown(client: Client, body: list[dict[str, Any]], **values: Any) -> str:
    page = news(column(), None, body=body, **values)
    response = client.get(page.url)
    assert response.status_code == 200
    text = response.content.decode()
    return text[text.index('<main id="main"') : text.index("</main>")]


@pytest.mark.django_db
def test_what_is_typed_into_any_block_stays_text(client: Client) -> None:
    body = [
        {"type": "heading", "value": {"text": EVIL, "level": "h2"}},
        {"type": "note", "value": {"title": EVIL, "text": EVIL}},
        {"type": "steps", "value": {"title": EVIL, "steps": [{"title": EVIL, "text": EVIL}]}},
        {"type": "table", "value": {"caption": EVIL, "rows": f"{EVIL} | 二\n{EVIL} | 三"}},
        {"type": "contact", "value": {"name": EVIL, "phone": "12345", "address": EVIL, "hours": EVIL}},
        {"type": "clause", "value": {"clause": "C33", "note": EVIL}},
    ]
    short = EVIL[:25]
    words = {"title": EVIL, "summary": EVIL, "source": short, "author": short, "editor": short}
    page = shown(client, body, **words)
    assert [piece for piece in ("<script>", "<img", "onerror=alert(1)>") if piece in page] == []


@pytest.mark.django_db
def test_rich_text_kept_by_force_loses_what_is_not_allowed(client: Client) -> None:
    """The editor's own widget would never send it; whoever posts it by hand gains nothing."""
    text = f"文字{EVIL}链接"
    state = {
        "blocks": [
            {
                "key": "a", "type": "header-one", "text": text, "depth": 0,
                "inlineStyleRanges": [{"offset": 0, "length": 2, "style": "STRIKETHROUGH"}],
                "entityRanges": [{"offset": len(text) - 2, "length": 2, "key": 0}],
            }
        ],
        "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(1)"}}},
    }  # fmt: skip
    kept = ContentstateConverter(features=RICH_TEXT).to_database_format(json.dumps(state))
    page = shown(client, [{"type": "paragraph", "value": kept}])
    assert [piece for piece in ("<script>", "<img", "javascript:", "<h1>文字", "<s>") if piece in page] == []


def test_a_level_that_is_not_offered_is_refused() -> None:
    block = BodyBlock().child_blocks["heading"]
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"text": "题", "level": "script"}))


def test_every_block_has_a_description_and_a_preview_in_our_own_look(client: Client, cast: Cast) -> None:
    client.force_login(cast.editor)
    for name, block in BodyBlock().child_blocks.items():
        registered = NewsPage._meta.get_field("body").stream_block.child_blocks[name]
        answer = client.get(reverse("wagtailadmin_block_preview"), {"id": registered.definition_prefix})
        page = answer.content.decode()
        seen = (answer.status_code, block.is_previewable, bool(block.get_description()), "/assets/portal" in page)
        assert (name, *seen) == (name, 200, True, True, True)
        assert len(page[page.index("<main>") :]) > 150, name


def test_a_table_needs_a_head_and_a_row() -> None:
    block = TableBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"caption": "表", "rows": "只有一格"}))
    assert block.clean(block.to_python({"caption": "表", "rows": "甲|乙\n1|2"}))["rows"] == "甲|乙\n1|2"


@pytest.mark.django_db
def test_a_picture_is_served_in_three_formats_with_its_own_alternative_text(client: Client) -> None:
    image = PortalImage.objects.create(title="图", file=get_test_image_file(size=(1200, 800)), credit="本站绘制")
    value = {"image": image.pk, "decorative": False, "alt_text": "居民围着展板看方案"}
    page = shown(client, [{"type": "picture", "value": {"image": value, "caption": "方案公示"}}])
    wanted = ("image/avif", "image/webp", "srcset=", 'alt="居民围着展板看方案"', "480w", "960w", 'width="')
    assert [piece for piece in wanted if piece not in page] == []
    assert "图：本站绘制" in page


@pytest.mark.django_db
def test_a_proposal_that_is_no_longer_public_leaves_the_article(client: Client, cast: Cast) -> None:
    proposal = published(cast.resident, cast.moderator)
    body = [{"type": "proposals", "value": {"title": "相关建议", "proposals": [proposal.pk]}}]
    page = news(column(), None, body=body)
    assert proposal.number in client.get(page.url).content.decode()
    Proposal.objects.filter(pk=proposal.pk).update(hidden_at=proposal.published_at)
    assert proposal.number not in client.get(page.url).content.decode()

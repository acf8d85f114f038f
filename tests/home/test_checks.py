"""Content is checked when it leaves the desk: errors at the field, drafts saved as they are."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import rich_text, streamfield

from home.adapters.publishing import publish_reviewed
from home.models import NewsIndexPage, NewsPage
from portal.outbox.models import Message
from portal.pages.adapters.content import findings_of
from portal.trail.selectors import history_of
from portal.wording.models import WordEntry
from tests.conftest import Cast
from tests.factories.pages import column, news
from tests.home.test_workflow import decided, division, form, written


@pytest.fixture
def activity(cast: Cast) -> NewsIndexPage:
    return column()


def paragraph(html: str) -> Any:
    return streamfield([("paragraph", rich_text("<p>第一段。</p>")), ("paragraph", rich_text(html))])


def test_personal_data_is_refused_next_to_its_block(client: Client, cast: Cast, activity: NewsIndexPage) -> None:
    client.force_login(cast.editor)
    url = reverse("wagtailadmin_pages:add", args=("home", "newspage", activity.pk))
    response = client.post(url, {**form(body=paragraph("<p>请打13812345678</p>")), "action-submit": "1"})
    assert (response.status_code, NewsPage.objects.count()) == (200, 0)
    errors = response.context["form"].errors["body"].as_data()
    assert list(errors[0].block_errors) == [1]
    assert json.dumps("手机号")[1:-1] in response.content.decode()


def test_a_field_gets_its_own_error_and_a_draft_is_saved_anyway(
    client: Client, cast: Cast, activity: NewsIndexPage
) -> None:
    WordEntry.objects.create(word="秘密代号", level="block")
    assert written(client, activity, cast.editor, "action-submit", summary="秘密代号甲") is None
    page = written(client, activity, cast.editor, "", summary="秘密代号甲")
    assert page is not None
    assert [(found.field, found.blocks) for found in findings_of(page)] == [("summary", True)]
    edit = client.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).content.decode()
    assert ("改好才能送审" in edit, "秘密代号" in edit, "涉密不上网，上网不涉密" in edit) == (True, True, True)


def test_a_word_to_be_looked_at_warns_and_lets_pass(client: Client, cast: Cast, activity: NewsIndexPage) -> None:
    WordEntry.objects.create(word="震惊", level="review")
    page = written(client, activity, cast.editor, "action-submit", summary="震惊的消息")
    assert page is not None
    assert page.workflow_in_progress is True
    client.force_login(cast.moderator)
    edit = client.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).content.decode()
    assert ("请核对，不影响送审" in edit, "震惊" in edit) == (True, True)


def test_a_word_listed_while_it_waited_stops_the_last_reviewer(
    client: Client, cast: Cast, activity: NewsIndexPage
) -> None:
    page = written(client, activity, cast.editor, "action-submit", summary="暗语九号")
    assert page is not None
    WordEntry.objects.create(word="暗语九号", level="block")
    assert not decided(client, page, cast.moderator, "approve")
    page.refresh_from_db()
    assert (page.live, page.workflow_in_progress) == (False, True)
    assert publish_reviewed.__module__ == "home.adapters.publishing"


def test_a_lead_image_without_words_is_refused(cast: Cast, activity: NewsIndexPage) -> None:
    from wagtail.images.tests.utils import get_test_image_file

    from home.models import PortalImage

    image = PortalImage.objects.create(title="图", file=get_test_image_file(size=(8, 8)))
    page = news(activity, lead_image=image)
    assert [(found.field, found.code, found.message) for found in findings_of(page)] == [
        ("lead_image_alt", "no_alt", "题图没有替代文字。请在“题图的替代文字”里写一句图里有什么。")
    ]


def test_the_review_is_recorded_and_its_people_are_told(client: Client, cast: Cast, activity: NewsIndexPage) -> None:
    page = written(client, activity, cast.editor, "action-submit")
    assert page is not None
    told = Message.objects.filter(kind="page_review").values_list("recipient__username", "title")
    assert list(told) == [("moderator", "有一篇稿件待您审核：议事会听取电梯加装进展")]
    decided(client, page, cast.moderator, "reject", "补时间")
    client.force_login(cast.editor)
    client.post(reverse("wagtailadmin_pages:edit", args=(page.pk,)), {**form(), "action-submit": "1"})
    decided(client, page, cast.moderator, "approve")
    client.post(reverse("wagtailadmin_pages:unpublish", args=(page.pk,)))
    found = [(entry.verb, entry.actor, entry.capacity) for entry in history_of("page", str(page.pk))]
    who = cast.moderator.trail_id
    assert sorted(found) == sorted(
        [
            ("page_returned", who, "moderator"),
            ("page_reviewed", who, "moderator"),
            ("page_published", "system", ""),
            ("page_taken_down", who, ""),
        ]
    )
    titles = Message.objects.filter(kind="page_review", recipient=cast.editor).order_by("pk")
    assert [row.title[:7] for row in titles] == ["稿件被退回修改", "稿件已审核通过"]
    page.refresh_from_db()
    assert (page.live, page.division) == (False, division())


def test_a_second_article_of_one_title_gets_an_address_of_its_own(
    client: Client, cast: Cast, activity: NewsIndexPage
) -> None:
    for _number in range(3):
        written(client, activity, cast.editor, "", slug="meeting")
    assert list(NewsPage.objects.order_by("pk").values_list("slug", flat=True)) == ["meeting", "meeting-2", "meeting-3"]

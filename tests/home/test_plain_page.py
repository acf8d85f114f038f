"""Writing and deciding with scripts off: plain forms, the same review."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from home.models import NewsPage
from home.services import Overtaken, keep_page
from tests.conftest import Cast
from tests.factories.pages import column, news
from tests.factories.proposals import subdistrict

pytestmark = pytest.mark.django_db


def pressed(client: Client, who: object, address: str, button: str, **values: str) -> str:
    """Fills in the form that holds the button, as a browser without scripts does, and presses it."""
    client.force_login(who)
    html = client.get(address).content.decode()
    form = next(each for each in re.findall(r"<form.*?</form>", html, re.DOTALL) if f">{button}</button>" in each)
    fields = dict(re.findall(r'<input type="(?:hidden|text)" name="([^"]+)" value="([^"]*)"', form))
    fields |= dict(re.findall(r'<textarea name="([^"]+)"[^>]*>\n?([^<]*)</textarea>', form))
    fields |= dict(re.findall(r'<select name="([^"]+)".*?<option value="(\d+)" selected>', form, re.DOTALL))
    fields |= dict(re.findall(rf'<button class="[^"]*" name="(\w+)" value="(1)">{button}<', form))
    action = re.search(r'<form method="post" action="([^"]+)"', form)
    answer = client.post(action[1] if action else address, fields | values, follow=True)
    return answer.content.decode()


def test_an_article_is_written_returned_mended_and_published_without_scripts(client: Client, cast: Cast) -> None:
    activity = column()
    words = {"title": "㮾梨街道议事会", "summary": "三条意见。", "source": "街道（示例）", "more": "会上听取了<进展>。"}
    add = reverse("home_plain_add", args=[activity.pk])
    refused = pressed(client, cast.editor, add, "提交审核", **words | {"more": "请拨 13900001234。"})
    assert ("像是手机号" in refused, NewsPage.objects.count()) == (True, 0)
    pressed(client, cast.editor, add, "提交审核", **words)
    page = NewsPage.objects.get()
    desk = reverse("home_plain_edit", args=[page.pk])
    assert "请写明退回的原因" in pressed(client, cast.moderator, desk, "退回修改")
    assert "您已退回修改" in pressed(client, cast.moderator, desk, "退回修改", comment="请写明日期")
    client.force_login(cast.editor)
    assert "请写明日期" in client.get(desk).content.decode()
    assert "已提交审核。" in pressed(
        client, cast.editor, desk, "提交审核", block_0="3月10日听取了<进展>。", more="再议。"
    )
    assert "您已审核通过并发布" in pressed(client, cast.moderator, desk, "审核通过")
    page.refresh_from_db()
    assert [str(block.value) for block in page.body] == ["<p>3月10日听取了&lt;进展&gt;。</p>", "<p>再议。</p>"]
    assert (page.live, page.reviewer, page.division) == (True, "审核员示例", subdistrict())


def test_what_is_left_alone_keeps_its_form_and_an_overtaken_version_is_refused(client: Client, cast: Cast) -> None:
    page = news(column(), subdistrict(), live=False, owner=cast.editor)
    bold = '<p data-block-key="a">会上<b>听取</b>了进展。</p>'
    note = {"type": "note", "value": {"title": "截止", "text": "三月"}}
    page.body = [("paragraph", bold), ("note", note["value"])]
    loaded = page.save_revision(user=cast.editor)
    desk = reverse("home_plain_edit", args=[page.pk])
    pressed(client, cast.editor, desk, "保存草稿", title="新题目")
    kept = NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (kept.title, [block.block_type for block in kept.body]) == ("新题目", ["paragraph", "note"])
    assert "<b>听取</b>" in kept.body[0].value.source
    with pytest.raises(Overtaken):
        keep_page(page=kept, user=cast.moderator, loaded=str(loaded.pk))

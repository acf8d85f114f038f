"""Pages as an editor would leave them."""

from typing import Any

from wagtail.models import Site

from home.models import HomePage, NewsIndexPage, NewsPage
from portal.jurisdictions.models import Division

PARAGRAPH = {"type": "paragraph", "value": "<p>会上听取了电梯加装进展。</p>"}


def home_page() -> HomePage:
    return HomePage.objects.get(pk=Site.objects.get(is_default_site=True).root_page_id)


def column(title: str = "议事动态", slug: str = "activity", **values: Any) -> NewsIndexPage:
    return home_page().add_child(instance=NewsIndexPage(title=title, slug=slug, **values))


def news(parent: NewsIndexPage, division: Division | None = None, live: bool = True, **values: Any) -> NewsPage:
    fields = {"title": "议事会召开", "summary": "听取进展。", "source": "街道人大工委（示例）", "body": [PARAGRAPH]}
    page = NewsPage(live=live, division=division, **{**fields, **values})
    parent.add_child(instance=page)
    return NewsPage.objects.get(pk=page.pk)

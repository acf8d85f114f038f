"""普通页面: words that stay, such as what the council is or how it is paid for."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from portal.pages.models import PortalPage

from ..blocks import BodyBlock


class StandardPage(PortalPage):
    """普通页面."""

    summary = models.CharField(_("摘要"), max_length=120, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("正文"))

    content_panels = [
        PortalPage.check_panel,
        *Page.content_panels,
        FieldPanel("summary"),
        PortalPage.division_panel,
        FieldPanel("body"),
    ]
    promote_panels = [MultiFieldPanel(Page.promote_panels, _("设置"))]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
        index.FilterField("division_id"),
    ]
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    template = "home/standard_page.html"
    page_description = _("不按时间排列的一页，例如议事会简介、经费保障。")

    class Meta:
        verbose_name = _("普通页面")
        verbose_name_plural = _("普通页面")

    def __str__(self) -> str:
        return str(self.title)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["subpages"] = self.get_children().live().public().order_by("path")
        return context

"""首页: words that an editor owns; what is going on comes from the features through `sections`."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from portal.pages.models import PortalPage

from ..registry import doors, filled_sections


class HomePage(PortalPage):
    """首页."""

    hero = models.CharField(_("大字"), max_length=30, default="今天可以做什么", help_text=_("首页最上面的一句话"))
    introduction = models.CharField(_("说明"), max_length=120, blank=True, help_text=_("大字下面的一两句话，可以不填"))

    content_panels = [
        PortalPage.check_panel,
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("hero"), FieldPanel("introduction")], _("首页文字")),
    ]
    promote_panels = [MultiFieldPanel(Page.promote_panels, _("设置"))]
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("首页")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["doors"] = doors()
        context["sections"] = filled_sections(request)
        context["aside_sections"] = filled_sections(request, is_aside=True)
        return context

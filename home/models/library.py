"""文件库: plans, rules and reports for everybody to take home."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from portal.frame.paging import keyset_page
from portal.jurisdictions.selectors import division_by_code
from portal.pages.models import PortalPage

from .media import PortalDocument


class DocumentIndexPage(PortalPage):
    """文件库: every listed document in a public collection, newest first, by kind and division."""

    introduction = models.CharField(_("说明"), max_length=120, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    promote_panels = [MultiFieldPanel(Page.promote_panels, _("设置"))]
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    template = "home/document_index.html"

    class Meta:
        verbose_name = _("文件库")

    def __str__(self) -> str:
        return str(self.title)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        rows = PortalDocument.objects.filter(is_listed=True, collection__view_restrictions=None)
        kind = request.GET.get("kind", "")
        if kind in PortalDocument.Kind.values:
            rows = rows.filter(kind=kind)
        division = division_by_code(request.GET.get("division", ""))
        if division is not None:
            rows = rows.filter(division__path__startswith=division.path)
        context |= {
            "documents": keyset_page(
                rows.select_related("division"), order="-created_at", cursor=request.GET.get("cursor")
            ),
            "kinds": PortalDocument.Kind.choices,
            "kind": kind,
            "division": division,
        }
        return context

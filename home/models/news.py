"""栏目和动态: what editors publish about deliberations."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from portal.frame.paging import keyset_page
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import division_by_code, full_names
from portal.pages.models import PortalPage

from ..blocks import BodyBlock
from ..querysets import NewsManager
from ..rules.freshness import LIMIT_DAYS


class NewsIndexPage(PortalPage):
    """栏目: a list of articles, newest first, those of the columns below it included.

    Its kind says how often inspections expect something new.
    """

    class Kind(models.TextChoices):
        NEWS = "news", _("动态要闻类（两周内要更新）")
        NOTICE = "notice", _("公示公告类（半年内要更新）")
        POLICY = "policy", _("政策文件类（半年内要更新）")

    kind = models.CharField(_("栏目类别"), max_length=8, choices=Kind, default=Kind.NEWS.value)
    introduction = models.CharField(_("栏目简介"), max_length=120, blank=True)
    keeper = models.CharField(
        _("维护单位"), max_length=40, blank=True, help_text=_("哪个科室负责更新这个栏目，只在后台显示。")
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("keeper")]),
        PortalPage.division_panel,
    ]
    promote_panels = [MultiFieldPanel(Page.promote_panels, _("设置"))]
    parent_page_types = ["home.HomePage", "home.NewsIndexPage"]
    subpage_types = ["home.NewsPage", "home.NewsIndexPage"]
    template = "home/news_index.html"
    page_description = _("一个栏目，例如议事动态、公示公告。")

    class Meta:
        verbose_name = _("栏目")
        verbose_name_plural = _("栏目")

    def __str__(self) -> str:
        return str(self.title)

    @property
    def limit_days(self) -> int:
        return LIMIT_DAYS[self.kind]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`?division=CODE` with everything below it; a constant number of queries whatever there is."""
        context = super().get_context(request, *args, **kwargs)
        rows = NewsPage.objects.public().in_column(self).for_list()
        division = division_by_code(request.GET.get("division", ""))
        if division is not None:
            rows = rows.in_division(division)
        page = keyset_page(rows, order="-published_at", cursor=request.GET.get("cursor"))
        told = NewsPage.objects.public().in_column(self).order_by().values("division")
        context |= {
            "news": page,
            "division": division,
            "places": Division.objects.filter(pk__in=told).order_by("path"),
            "columns": NewsIndexPage.objects.live().public().child_of(self).order_by("path"),
        }
        return context


class NewsPage(PortalPage):
    """动态: one article, with who wrote, edited and reviewed it and where it comes from."""

    published_at = models.DateTimeField(_("发布时间"), default=timezone.now, editable=False, db_index=True)
    summary = models.CharField(_("摘要"), max_length=120, help_text=_("一两句话说清楚什么事，列表和转发时显示。"))
    source = models.CharField(_("来源"), max_length=40, help_text=_("稿件从哪里来，例如“望春门街道人大工委”。"))
    author = models.CharField(_("作者"), max_length=40, blank=True)
    editor = models.CharField(_("责任编辑"), max_length=40, blank=True)
    reviewer = models.CharField(_("审核"), max_length=120, blank=True, editable=False)
    lead_image = models.ForeignKey(
        "home.PortalImage", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("题图")
    )
    lead_image_alt = models.CharField(
        _("题图的替代文字"),
        max_length=120,
        blank=True,
        help_text=_("看不见图的人听到的一句话：图里有什么、说明了什么。"),
    )
    body = StreamField(BodyBlock(), verbose_name=_("正文"))

    objects = NewsManager()

    content_panels = [
        PortalPage.check_panel,
        *Page.content_panels,
        FieldPanel("summary"),
        PortalPage.division_panel,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("source"), FieldPanel("author"), FieldPanel("editor")]),
                FieldPanel("reviewer", read_only=True),
            ],
            _("来源和责任人"),
        ),
        MultiFieldPanel([FieldPanel("lead_image"), FieldPanel("lead_image_alt")], _("题图"), classname="collapsed"),
        FieldPanel("body"),
        InlinePanel(
            "related_proposals",
            label=_("相关建议"),
            heading=_("相关建议"),
            max_num=8,
            help_text=_("这些建议的公开页面会列出这篇动态。"),
        ),
    ]
    promote_panels = [MultiFieldPanel(Page.promote_panels, _("设置"))]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
        index.FilterField("division_id"),
        index.FilterField("published_at"),
    ]
    parent_page_types = ["home.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "home/news_page.html"
    page_description = _("一篇动态、公告或政策文件。")

    class Meta:
        verbose_name = _("动态")
        verbose_name_plural = _("动态")
        indexes = [models.Index(fields=["-published_at", "-page_ptr"], name="news_newest_first")]

    def __str__(self) -> str:
        return str(self.title)

    def with_content_json(self, content: Any) -> "NewsPage":
        """What the portal itself notes on publication is no part of a draft and stays as it is."""
        page = super().with_content_json(content)
        page.published_at, page.reviewer = self.published_at, self.reviewer
        return page

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        rows = [
            row.proposal
            for row in self.related_proposals.select_related(
                "proposal__division", "proposal__community", "proposal__ledger_item", "proposal__thread"
            )
        ]
        context["proposals"] = shown = [row for row in rows if row.is_readable]
        context["names"] = full_names([row.community or row.division for row in shown])
        return context


class NewsProposal(Orderable):
    """相关建议: an article tells of a proposal, whose page lists the article in turn."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="related_proposals")
    proposal = models.ForeignKey("proposals.Proposal", models.CASCADE, related_name="+", verbose_name=_("居民建议"))

    panels = [FieldPanel("proposal")]

    class Meta(Orderable.Meta):
        verbose_name = _("相关建议")
        constraints = [models.UniqueConstraint(fields=["page", "proposal"], name="news_names_a_proposal_once")]

    def __str__(self) -> str:
        return f"{self.page_id} → {self.proposal_id}"

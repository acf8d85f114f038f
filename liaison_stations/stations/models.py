"""联络站（点）、议事阵地: where deputies receive residents, as pages that the station's own clerk keeps."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from liaison_stations.deputies.models import Deputy, ElectoralDistrict
from portal.jurisdictions.models import Division
from portal.pages.blocks import WordsBlock
from portal.pages.models import PortalPage
from portal.pages.rules.content import Finding

from .blocks import FunctionsBlock, PhotosBlock, RegulationsBlock
from .querysets import StationManager, VenueQuerySet
from .registry import context_of

phone_validator = RegexValidator(r"^[0-9\-－ ]{3,20}$", _("电话只写数字和“-”，例如 0731-12345678。"))


RESERVED = frozenset({"venues"})  # addresses of our own below the directory


class ContactPointKind(models.Model):
    """其他联系点: 党建联系点、基层立法联系点、预算审查监督基层联系点 and what else may share a station."""

    name = models.CharField(_("名称"), max_length=40, unique=True)

    class Meta:
        verbose_name = _("共建联系点")
        verbose_name_plural = _("共建联系点")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class StationIndexPage(PortalPage):
    """联络站目录: every station and site, by place, by typed community, or nearest first."""

    introduction = models.CharField(_("简介"), max_length=120, blank=True)

    own_address = "stations"
    content_panels = [*Page.content_panels, FieldPanel("introduction"), PortalPage.division_panel]
    promote_panels = [MultiFieldPanel(Page.promote_panels, _("设置"))]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["stations.LiaisonStation"]
    max_count = 1
    template = "stations/station_index.html"
    page_description = _("全部联络站（点）的目录，网站只有一个。")

    class Meta:
        verbose_name = _("联络站目录")
        verbose_name_plural = _("联络站目录")

    def __str__(self) -> str:
        return str(self.title)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | context_of("directory", request)


class LiaisonStation(PortalPage):
    """联络站（点）: the main station of a street or township; its sites are pages below it (S2 第十四条一)."""

    class Kind(models.TextChoices):
        MAIN = "main", _("联络站（主站）")
        ELECTORAL = "electoral", _("选区联络点")
        AREA = "area", _("片区联络点")
        PARK = "park", _("园区联络点")
        INDUSTRY = "industry", _("行业联络点")
        CHAIN = "chain", _("产业链联络点")

    kind = models.CharField(_("类别"), max_length=10, choices=Kind, default=Kind.MAIN.value)
    address = models.CharField(_("地址"), max_length=100, blank=True)
    opening_hours = models.CharField(
        _("开放时间"), max_length=100, blank=True, help_text=_("例如：工作日 9:00–12:00，14:00–17:00")
    )
    phone = models.CharField(
        _("联系电话"),
        max_length=20,
        blank=True,
        validators=[phone_validator],
        help_text=_("站点的工作电话，不填个人手机号。"),
    )
    latitude = models.DecimalField(
        _("纬度"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(3), MaxValueValidator(54)],
        help_text=_("在常用地图软件里点选本站得到的坐标，例如 27.73301。不填也可以，按地址找。"),
    )
    longitude = models.DecimalField(
        _("经度"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(73), MaxValueValidator(136)],
    )
    district = models.ForeignKey(
        ElectoralDistrict, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("选区（选举单位）")
    )
    co_located = ParentalManyToManyField(ContactPointKind, blank=True, verbose_name=_("共建联系点"))
    summary = models.CharField(_("摘要"), max_length=120, blank=True, help_text=_("一句话：谁可以来、来做什么。"))
    functions = StreamField(FunctionsBlock(), blank=True, verbose_name=_("五大功能"))
    body = StreamField(WordsBlock(), blank=True, verbose_name=_("简介"))
    photos = StreamField(PhotosBlock(), blank=True, verbose_name=_("照片"))
    regulations = StreamField(RegulationsBlock(), blank=True, verbose_name=_("规章制度"))

    objects = StationManager()

    is_own_business = True
    content_panels = [
        PortalPage.check_panel,
        *Page.content_panels,
        FieldRowPanel([FieldPanel("kind"), PortalPage.division_panel, FieldPanel("district")]),
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("phone"), FieldPanel("opening_hours")]),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            ],
            _("怎样找到"),
        ),
        InlinePanel(
            "staff",
            label=_("站点人员"),
            heading=_("站点人员"),
            max_num=20,
            help_text=_("主站不填时，按人大街道工委的任职列出站长、副站长、轮值副站长、联络员。"),
        ),
        FieldPanel("functions"),
        FieldPanel("co_located"),
        FieldPanel("body"),
        FieldPanel("photos"),
        FieldPanel("regulations"),
    ]
    promote_panels = [MultiFieldPanel(Page.promote_panels, _("设置"))]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("address"),
        index.SearchField("body"),
        index.FilterField("division_id"),
        index.FilterField("kind"),
    ]
    parent_page_types = ["stations.StationIndexPage", "stations.LiaisonStation"]
    subpage_types = ["stations.LiaisonStation"]
    template = "stations/station_page.html"
    page_description = _("一个联络站；站下面可以建联络点。")

    class Meta:
        verbose_name = _("联络站（点）")
        verbose_name_plural = _("联络站（点）")
        indexes = [models.Index(fields=["division", "kind"], name="station_by_place")]

    def __str__(self) -> str:
        return str(self.title)

    @classmethod
    def right_to(cls, action: str) -> str:
        """Kept by the clerk of the station as well as by editors."""
        return f"stations.{action}_liaisonstation"

    @property
    def is_main(self) -> bool:
        return self.kind == self.Kind.MAIN

    @property
    def review_levels(self) -> int:
        """One other person reads it: opening hours do not wait for three reviews."""
        return 1

    def own_findings(self) -> list[Finding]:
        """X26: a warning where those entered differ from the committee's posts."""
        found: list[Finding] = context_of("findings", self)
        return found

    def clean(self) -> None:
        super().clean()
        if self.division_id is None:
            raise ValidationError({"division": _("请选择这个站（点）所在的区划。")})
        if self.slug in RESERVED:
            raise ValidationError({"slug": _("这个网址名已被网站功能占用，请换一个。")})
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError({"longitude": _("经度和纬度要么都填，要么都不填。")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | context_of("station", self)


class StationStaff(Orderable):
    """站点人员: who serves at a station, in which role; deputies who rotate are named from their list."""

    class Role(models.TextChoices):
        HEAD = "head", _("站长")
        DEPUTY_HEAD = "deputy_head", _("副站长")
        ROTATING_DEPUTY_HEAD = "rotating_deputy_head", _("轮值副站长")
        LIAISON_OFFICER = "liaison_officer", _("联络员")

    station = ParentalKey(LiaisonStation, on_delete=models.CASCADE, related_name="staff")
    role = models.CharField(_("职务"), max_length=20, choices=Role)
    name = models.CharField(_("姓名"), max_length=40)
    deputy = models.ForeignKey(
        Deputy, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("人大代表"),
        help_text=_("轮值副站长由人大代表担任时选。"),
    )  # fmt: skip

    panels = [FieldRowPanel([FieldPanel("role"), FieldPanel("name"), FieldPanel("deputy")])]

    class Meta(Orderable.Meta):
        verbose_name = _("站点人员")

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.name}"


class DeliberationVenue(models.Model):
    """议事阵地: 议事长廊、议事厅、楼宇; one place, many functions, used by receptions and meetings."""

    class Kind(models.TextChoices):
        CORRIDOR = "corridor", _("议事长廊")
        HALL = "hall", _("标准化议事厅")
        OFFICE_BUILDING = "office_building", _("商务楼宇议事阵地")

    name = models.CharField(_("名称"), max_length=60)
    kind = models.CharField(_("类别"), max_length=16, choices=Kind)
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("所在区划"))
    station = models.ForeignKey(
        LiaisonStation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="venues",
        verbose_name=_("所属联络站（点）"),
    )
    address = models.CharField(_("地址"), max_length=100, blank=True)
    seats = models.PositiveSmallIntegerField(_("座位数"), null=True, blank=True)
    uses = models.CharField(
        _("用途"), max_length=100, blank=True, help_text=_("一地多用，例如：接待、议事、调解、普法")
    )
    is_active = models.BooleanField(_("在用"), default=True)

    objects = VenueQuerySet.as_manager()

    class Meta:
        verbose_name = _("议事阵地")
        verbose_name_plural = _("议事阵地")
        ordering = ["division__path", "name"]
        constraints = [models.UniqueConstraint(fields=["division", "name"], name="venue_once_per_division")]

    def __str__(self) -> str:
        return self.name

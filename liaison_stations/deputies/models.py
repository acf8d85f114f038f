"""人大代表: who they are, where they were elected, since when. No phone, no address: those stand in an account."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from portal.jurisdictions.models import Division

from . import rules
from .querysets import DeputyQuerySet, DistrictQuerySet


class Level(models.TextChoices):
    """代表层级: of which congress; a county-level city's deputies are county level."""

    NATIONAL = "national", _("全国")
    PROVINCE = "province", _("省")
    CITY = "city", _("设区的市")
    COUNTY = "county", _("县（市、区）")
    TOWNSHIP = "township", _("乡镇")


class ElectoralDistrict(models.Model):
    """选区、选举单位: where a deputy was elected. `division` keeps it, `covers` are the places it takes in."""

    name = models.CharField(_("名称"), max_length=80)
    level = models.CharField(_("层级"), max_length=10, choices=Level)
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("所在区划"))
    covers = models.ManyToManyField(Division, blank=True, related_name="+", verbose_name=_("包括的区划"))

    objects = DistrictQuerySet.as_manager()

    class Meta:
        verbose_name = _("选区（选举单位）")
        verbose_name_plural = _("选区（选举单位）")
        ordering = ["division", "level", "name"]
        constraints = [
            models.UniqueConstraint(fields=["division", "level", "name"], name="electoral_district_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_label(self) -> str:
        """选区 where voters elect, 选举单位 where a congress does."""
        return str(_("选区") if self.level in rules.DIRECT else _("选举单位"))


class Deputy(index.Indexed, models.Model):
    """人大代表: one mandate of one person. `division` is the street or township whose station they belong to,
    `congress` the division whose congress it is, empty for the national one.

    All of it is public (代表法 第五十八条 “公示代表基本信息和履职信息”) but the account; contacts are not kept here.
    """

    name = models.CharField(_("姓名"), max_length=40)
    level = models.CharField(_("层级"), max_length=10, choices=Level)
    congress = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="+", editable=False, verbose_name=_("所属人大")
    )
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("所在街道（乡镇）"))
    district = models.ForeignKey(
        ElectoralDistrict,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deputies",
        verbose_name=_("选区（选举单位）"),
    )
    duties = models.CharField(
        _("履职分工"), max_length=100, blank=True, help_text=_("例如：代表小组组长、联系城建环保")
    )
    term = models.CharField(_("届次"), max_length=20, help_text=_("例如：第十八届"))
    starts_on = models.DateField(_("任期起"))
    ends_on = models.DateField(_("任期止"), null=True, blank=True)
    is_leading_cadre = models.BooleanField(_("领导干部代表"), default=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="mandates", verbose_name=_("账号")
    )
    is_void = models.BooleanField(
        _("作废"), default=False, help_text=_("录入错误的才作废：不再公开，也不算在任。任期届满、离任的填任期止。")
    )

    search_fields = [
        index.SearchField("name", boost=2),
        index.SearchField("words"),
        index.FilterField("name"),
    ]

    objects = DeputyQuerySet.as_manager()

    class Meta:
        verbose_name = _("人大代表")
        verbose_name_plural = _("人大代表")
        ordering = ["division", "level", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="deputy_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(level="national", congress__isnull=True)
                | (~Q(level="national") & Q(congress__isnull=False)),
                name="deputy_has_the_congress_of_the_level",
            ),
            # two of one name are told apart by their districts
            models.UniqueConstraint(
                fields=["division", "level", "term", "name"],
                condition=Q(district__isnull=True),
                name="deputy_once_per_term",
            ),
            models.UniqueConstraint(
                fields=["division", "level", "term", "name", "district"],
                condition=Q(district__isnull=False),
                name="deputy_once_per_term_and_district",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.title}）"

    def get_absolute_url(self) -> str:
        return reverse("deputies:detail", args=[self.pk])

    @property
    def title(self) -> str:
        """湘乡市人大代表."""
        return rules.title_of(self.level, self.congress.name if self.congress else "")

    def words(self) -> str:
        """What a search finds a deputy by besides the name."""
        return f"{self.title} {self.district or ''}"

    @property
    def is_in_office(self) -> bool:
        return not self.is_void and rules.is_in_office(self.starts_on, self.ends_on, timezone.localdate())

    def as_facts(self) -> dict[str, Any]:
        """What the record keeps of a change."""
        return {
            "level": self.level,
            "term": self.term,
            "division": self.division.key,
            "starts_on": self.starts_on.isoformat(),
            "ends_on": self.ends_on.isoformat() if self.ends_on else "",
            "void": self.is_void,
        }

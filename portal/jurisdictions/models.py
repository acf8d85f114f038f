"""区划与口径: the division tree, which terms are in force there since when, and who runs the site."""

from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from . import rules
from .querysets import DivisionQuerySet, TermsPeriodQuerySet

code_validator = RegexValidator(r"^[0-9]{12}\Z", _("区划代码是12位数字，例如 430381000000。"))
site_code_validator = RegexValidator(r"^[0-9a-zA-Z]{10}\Z", _("网站标识码是10位字符。"))


class Division(models.Model):
    """区划: one node of province, city, county, subdistrict/township, community.

    `key` (the code, or a local id until one is issued) names it everywhere; names repeat, codes do not.
    """

    class Level(models.TextChoices):
        PROVINCE = "province", _("省")
        CITY = "city", _("市")
        COUNTY = "county", _("县（市、区）")
        SUBDISTRICT = "subdistrict", _("街道")
        TOWNSHIP = "township", _("乡镇")
        COMMUNITY = "community", _("社区（村）")

    code = models.CharField(
        _("区划代码"), max_length=12, unique=True, null=True, blank=True, validators=[code_validator]
    )
    local_id = models.CharField(_("本地编号"), max_length=12, unique=True, null=True, blank=True, editable=False)
    name = models.CharField(_("名称"), max_length=60)
    level = models.CharField(_("层级"), max_length=12, choices=Level)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级")
    )
    path = models.CharField(_("路径"), max_length=120, unique=True, editable=False)

    objects = DivisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("区划")
        verbose_name_plural = _("区划")
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                name="division_code_has_12_digits",
                condition=models.Q(code__isnull=True) | models.Q(Exact(Length("code"), 12)),
            ),
            models.CheckConstraint(
                name="division_has_a_key",
                condition=models.Q(code__isnull=False) | models.Q(local_id__isnull=False),
            ),
            models.CheckConstraint(
                name="division_is_not_its_own_parent",
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Fills an empty path from the parent; moving a subtree is the service's business."""
        if not self.path:
            self.path = rules.path_of(self.parent.path if self.parent else "", self.key)
        super().save(*args, **kwargs)

    @property
    def key(self) -> str:
        """What addresses, trail and cookies name it by."""
        return self.code or self.local_id or ""

    @property
    def nine_digits(self) -> str:
        """The code part of a number such as JY-430381001-2026-000123; a code-less division lends its parent's."""
        return rules.nine_digits_of(self.path)


class TermsPeriod(models.Model):
    """口径时段: values that a division sets from a day on. Without a day they hold from the beginning.

    `values` maps a term key to `{"value": …, "clause": "C18", "is_confirmed": true, "note": ""}`. Keys that are absent
    are inherited. A period whose first day has come is never changed again (services.terms).
    """

    division = models.ForeignKey(Division, models.PROTECT, related_name="terms_periods", verbose_name=_("区划"))
    starts_on = models.DateField(_("起始日期"), null=True, blank=True, help_text=_("留空表示从一开始就是这样。"))
    values = models.JSONField(_("口径"), default=dict)
    preset = models.CharField(_("预设"), max_length=30, blank=True)
    document_name = models.CharField(_("依据文件"), max_length=200, blank=True)
    document_date = models.DateField(_("文件日期"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("录入人"),
    )
    created_at = models.DateTimeField(_("录入时间"), auto_now_add=True)

    objects = TermsPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("口径时段")
        verbose_name_plural = _("口径时段")
        ordering = ["division", models.F("starts_on").desc(nulls_last=True)]
        constraints = [
            models.UniqueConstraint(fields=["division", "starts_on"], name="terms_period_one_per_day"),
            models.UniqueConstraint(
                fields=["division"],
                condition=models.Q(starts_on__isnull=True),
                name="terms_period_one_from_the_beginning",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.division}: {self.starts_on or _('从一开始')}"


class SiteProfile(models.Model):
    """站点信息: who runs this site and how to reach them. One row; an empty identifier is not shown, never invented."""

    ONLY_ROW = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY_ROW, editable=False)
    site_name = models.CharField(_("网站名称"), max_length=40)
    division = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("本站区划")
    )
    host_organisation = models.CharField(_("主办单位"), max_length=80)
    operating_organisation = models.CharField(_("承办单位"), max_length=80, blank=True)
    phones = models.TextField(
        _("联系电话"),
        max_length=400,
        help_text=_("每行一个，可在号码前写用途，例如：值班室 0731-12345678"),
    )
    address = models.CharField(_("地址"), max_length=120, blank=True)
    opening_hours = models.CharField(_("办公时间"), max_length=80, blank=True)
    email = models.EmailField(_("电子邮箱"), blank=True)
    icp_number = models.CharField(_("ICP备案号"), max_length=40, blank=True)
    police_number = models.CharField(_("公安备案号"), max_length=40, blank=True)
    site_code = models.CharField(_("网站标识码"), max_length=10, blank=True, validators=[site_code_validator])
    is_government_site = models.BooleanField(
        _("是政府网站"), default=False, help_text=_("勾选后页脚的“纠错”显示为“我为政府网站找错”。")
    )
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    class Meta:
        verbose_name = _("站点信息")
        verbose_name_plural = _("站点信息")
        constraints = [models.CheckConstraint(name="site_profile_is_one_row", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return self.site_name

    @property
    def phone_lines(self) -> list[rules.PhoneLine]:
        return rules.phone_lines(self.phones)

    @property
    def main_phone(self) -> rules.PhoneLine | None:
        """The first number, for “联系工作人员”."""
        return next(iter(self.phone_lines), None)

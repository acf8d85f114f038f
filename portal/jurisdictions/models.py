"""区划与口径: the division tree, and which terms are in force there."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Division(models.Model):
    """区划: one node of province, city, county, subdistrict/township, community."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("省")
        CITY = "city", _("市")
        COUNTY = "county", _("县(市、区)")
        SUBDISTRICT = "subdistrict", _("街道")
        TOWNSHIP = "township", _("乡镇")
        COMMUNITY = "community", _("社区(村)")

    code = models.CharField(_("区划代码"), max_length=12, unique=True, null=True, blank=True)  # noqa: DJ001 - new streets get codes later
    name = models.CharField(_("名称"), max_length=60)
    level = models.CharField(_("层级"), max_length=12, choices=Level)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级")
    )
    path = models.CharField(_("路径"), max_length=120, db_index=True, editable=False)

    class Meta:
        verbose_name = _("区划")
        verbose_name_plural = _("区划")
        ordering = ["path"]

    def __str__(self) -> str:
        return self.name

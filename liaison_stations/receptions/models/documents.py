"""进站操作细则、年度活动计划 (X27): documents of a station's division, by kind and year."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.filings.models import private_storage
from portal.jurisdictions.models import Division


class DocumentKind(models.TextChoices):
    PLAN = "plan", _("年度活动计划")
    RULES = "rules", _("进站操作细则")


class StationDocument(models.Model):
    """联络站制度文件: a plan is of a year, rules of duty hold until newer ones."""

    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("区划"))
    kind = models.CharField(_("种类"), max_length=10, choices=DocumentKind)
    year = models.PositiveSmallIntegerField(_("年度"))
    title = models.CharField(_("标题"), max_length=80)
    file = models.FileField(_("文件（PDF）"), storage=private_storage, upload_to="receptions/documents/%Y")
    is_public = models.BooleanField(_("公开"), default=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("联络站制度文件")
        verbose_name_plural = _("联络站制度文件")
        ordering = ["-year", "kind", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2100), name="station_document_year"),
        ]

    def __str__(self) -> str:
        return self.title

"""统计: figures of the public ledger as they stood when they were last counted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.jurisdictions.models import Division


class LedgerFigure(models.Model):
    """统计数: one group of one place, counted by `services.statistics` and proved by `reconcile_ledger_statistics`.

    `division` empty is the whole site. `key` is the unit's primary key or the category; empty for the total.
    """

    class Dimension(models.TextChoices):
        TOTAL = "total", _("合计")
        UNIT = "unit", _("承办单位")
        CATEGORY = "category", _("类别")

    cell = models.CharField(_("统计格"), max_length=60, unique=True)
    division = models.ForeignKey(
        Division, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("区划")
    )
    dimension = models.CharField(_("分组"), max_length=8, choices=Dimension)
    key = models.CharField(_("组"), max_length=24, blank=True)
    as_of = models.DateField(_("截至"))
    received = models.PositiveIntegerField(_("收到"))
    assigned = models.PositiveIntegerField(_("已交办"))
    replied = models.PositiveIntegerField(_("已答复"))
    timed = models.PositiveIntegerField(_("有起算日的答复"), default=0)
    within_1 = models.PositiveIntegerField(_("1个月内答复"))
    within_3 = models.PositiveIntegerField(_("3个月内答复"))
    within_6 = models.PositiveIntegerField(_("6个月内答复"))
    median_days = models.FloatField(_("答复用时中位数（天）"), null=True, blank=True)
    overdue_open = models.PositiveIntegerField(_("超期未办结"))
    decided = models.PositiveIntegerField(_("已见分晓的有时限事项"))
    on_time = models.PositiveIntegerField(_("按期"))
    rated = models.PositiveIntegerField(_("评价数"))
    satisfied = models.PositiveIntegerField(_("满意和基本满意数"))

    class Meta:
        verbose_name = _("统计数")
        verbose_name_plural = _("统计数")
        indexes = [models.Index(fields=["division", "dimension"], name="ledger_figure_of_place")]

    def __str__(self) -> str:
        return f"{self.cell} {self.as_of}"

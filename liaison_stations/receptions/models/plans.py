"""月度排班: where a month's plan of one place is between whoever plans it and the station head."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.jurisdictions.models import Division


class MonthPlan(models.Model):
    """月度排班. `turn` grows with each step, so that every step is told once; approval itself is a fact of sessions."""

    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("区划"))
    year = models.PositiveSmallIntegerField(_("年度"))
    month = models.PositiveSmallIntegerField(_("月份"))
    turn = models.PositiveIntegerField(default=0, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("提请人")
    )
    submitted_at = models.DateTimeField(_("提请时间"), null=True, blank=True)
    returned_at = models.DateTimeField(_("退回时间"), null=True, blank=True)
    return_reason = models.CharField(_("退回的原因"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("月度排班")
        verbose_name_plural = _("月度排班")
        ordering = ["-year", "-month", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["division", "year", "month"], name="reception_plan_once"),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="reception_plan_month"),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | ~Q(return_reason=""), name="reception_plan_return_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}"

    @property
    def is_waiting(self) -> bool:
        return self.submitted_at is not None

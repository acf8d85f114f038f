"""编号: the counters from which public numbers are drawn."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Counter(models.Model):
    """编号序列: the last number issued in one series."""

    series = models.CharField(_("序列"), max_length=80, unique=True)
    last = models.PositiveBigIntegerField(_("最后编号"), default=0)

    class Meta:
        verbose_name = _("编号序列")
        verbose_name_plural = _("编号序列")

    def __str__(self) -> str:
        return f"{self.series} {self.last}"

"""查询码: only how often a number's code was issued again; the code itself is never stored."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QueryCodeIssue(models.Model):
    """补发查询码: no row means the first code still counts."""

    number = models.CharField(_("编号"), max_length=40, unique=True)
    counter = models.PositiveIntegerField(_("补发次数"), default=0)
    reissued_at = models.DateTimeField(_("最近补发时间"))

    class Meta:
        verbose_name = _("补发查询码")
        verbose_name_plural = _("补发查询码")

    def __str__(self) -> str:
        return self.number

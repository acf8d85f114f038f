from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarDay(models.Model):
    """放假安排: one day of the State Council's notice; it goes before the built-in list."""

    date = models.DateField(_("日期"), unique=True)
    is_workday = models.BooleanField(_("上班"), default=False, help_text=_("调休上班的周末打勾；放假的日子不打勾。"))
    name = models.CharField(
        _("名称"), max_length=40, blank=True, help_text=_("节日名称，例如：春节、国庆节、国庆节中秋节。")
    )
    source_paper = models.CharField(
        _("依据文件"), max_length=120, blank=True, help_text=_("例如：国办发明电〔2026〕7号。")
    )

    class Meta:
        verbose_name = _("放假安排")
        verbose_name_plural = _("放假安排")
        ordering = ["-date"]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.name}".strip()

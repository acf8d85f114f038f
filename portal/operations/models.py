"""运行维护: what the periodic runner knows of each job."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .querysets import JobRunQuerySet


class JobRun(models.Model):
    """定时任务: one row per registered job; a claim is a token with an end, so that a crash cannot keep it."""

    name = models.CharField(_("任务"), max_length=60, primary_key=True)
    claim = models.CharField(_("占用标记"), max_length=32, blank=True)
    claimed_until = models.DateTimeField(_("占用至"), null=True, blank=True)
    started_at = models.DateTimeField(_("最近开始"), null=True, blank=True)
    finished_at = models.DateTimeField(_("最近结束"), null=True, blank=True)
    outcome = models.CharField(_("结果"), max_length=200, blank=True)
    failures = models.PositiveIntegerField(_("连续失败次数"), default=0)

    objects = JobRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("定时任务")
        verbose_name_plural = _("定时任务")

    def __str__(self) -> str:
        return self.name

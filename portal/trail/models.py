"""公开记录: the append-only record of every transition."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """记录条目: one thing that happened. Subject and actor are text: the record outlives what it speaks of."""

    at = models.DateTimeField(_("时间"))
    subject_kind = models.CharField(_("对象类型"), max_length=40)
    subject_key = models.CharField(_("对象编号"), max_length=80)
    verb = models.CharField(_("动作"), max_length=40)
    from_state = models.CharField(_("原状态"), max_length=40, blank=True)
    to_state = models.CharField(_("新状态"), max_length=40, blank=True)
    actor = models.CharField(_("操作人"), max_length=64)
    capacity = models.CharField(_("身份"), max_length=40, blank=True)
    reason = models.TextField(_("理由"), blank=True)
    detail = models.JSONField(_("详情"), default=dict, blank=True)

    class Meta:
        verbose_name = _("记录条目")
        verbose_name_plural = _("记录条目")
        indexes = [models.Index(fields=["subject_kind", "subject_key", "id"])]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_key} {self.verb}"

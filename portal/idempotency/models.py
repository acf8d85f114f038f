"""一次提交: what has been done under a form's key, and what was answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Done(models.Model):
    """已办的提交: one key within one scope, with the answer every repeat gets. Holds no content of the form."""

    scope = models.CharField(_("范围"), max_length=80)
    key = models.CharField(_("提交标识"), max_length=64)
    fingerprint = models.CharField(_("内容指纹"), max_length=64)
    result = models.CharField(_("答复"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("时间"), db_index=True)

    class Meta:
        verbose_name = _("已办的提交")
        verbose_name_plural = _("已办的提交")
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="done_once_per_key")]

    def __str__(self) -> str:
        return f"{self.scope} {self.key}"

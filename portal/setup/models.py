"""首次设置: the one-time token that opens the wizard on an empty install."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SetupToken(models.Model):
    """设置口令: hashed; a new one replaces the old, and finishing the set-up uses it up."""

    ONLY_ROW = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY_ROW, editable=False)
    token_hash = models.CharField(_("口令摘要"), max_length=64)
    issued_at = models.DateTimeField(_("发出时间"))
    used_at = models.DateTimeField(_("用掉时间"), null=True)

    class Meta:
        verbose_name = _("设置口令")
        verbose_name_plural = _("设置口令")
        constraints = [models.CheckConstraint(name="setup_token_is_one_row", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return f"{self.issued_at:%Y-%m-%d %H:%M}"

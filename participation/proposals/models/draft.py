"""草稿: what is being written, before any account is needed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.encryption.fields import EncryptedTextField


class Draft(models.Model):
    """草稿: the fields typed so far (JSON, encrypted at rest), kept under the form key through log-in and time-out."""

    key = models.CharField(_("表单键"), max_length=64, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("用户")
    )
    content = EncryptedTextField(_("内容"), blank=True, default="")
    created_at = models.DateTimeField(_("开始时间"), auto_now_add=True)
    updated_at = models.DateTimeField(_("最后修改"), auto_now=True, db_index=True)

    class Meta:
        verbose_name = _("建议草稿")
        verbose_name_plural = _("建议草稿")

    def __str__(self) -> str:
        return self.key

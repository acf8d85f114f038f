"""单位的书面材料: the paper from which the committee enters what a unit did (由工委代录), outside the public media."""

from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage
from django.db import models
from django.utils.translation import gettext_lazy as _

from .item import LedgerItem


def private_storage() -> Storage:
    """Backed up with the media, never served as such: a view asks who asks."""
    return FileSystemStorage(location=Path(settings.MEDIA_ROOT) / "private", base_url=None, file_permissions_mode=0o600)


class LedgerScan(models.Model):
    """书面材料: one file; later entries may rest on the same paper."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        JPEG = "jpeg", _("图片")

    item = models.ForeignKey(LedgerItem, models.PROTECT, related_name="scans", verbose_name=_("事项"))
    file = models.FileField(_("文件"), storage=private_storage, upload_to="ledger/%Y/%m")
    kind = models.CharField(_("格式"), max_length=4, choices=Kind)
    name = models.CharField(_("文件名"), max_length=120)
    action = models.CharField(_("用于"), max_length=40)
    on = models.DateField(_("材料日期"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("上传人"))
    created_at = models.DateTimeField(_("上传时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("单位书面材料")
        verbose_name_plural = _("单位书面材料")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.item_id} {self.name}"

"""照片: re-encoded pictures of a draft or a proposal, outside the public media folder."""

from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


def private_storage() -> Storage:
    """Backed up with the media, never served as such: a view asks who asks; the mode keeps web servers out."""
    return FileSystemStorage(location=Path(settings.MEDIA_ROOT) / "private", base_url=None, file_permissions_mode=0o600)


class Photo(models.Model):
    """照片: without EXIF, under our own name. Belongs to a draft until submission, then to the proposal."""

    draft = models.ForeignKey(
        "Draft", models.CASCADE, null=True, blank=True, related_name="photos", verbose_name=_("草稿")
    )
    proposal = models.ForeignKey(
        "Proposal", models.PROTECT, null=True, blank=True, related_name="photos", verbose_name=_("建议")
    )
    file = models.FileField(_("文件"), storage=private_storage, upload_to="proposals/%Y/%m")
    thumbnail = models.FileField(_("缩略图"), storage=private_storage, upload_to="proposals/%Y/%m")
    width = models.PositiveIntegerField(_("宽"))
    height = models.PositiveIntegerField(_("高"))
    alt = models.CharField(_("说明"), max_length=120, blank=True)
    is_withheld = models.BooleanField(_("不公开"), default=False)
    created_at = models.DateTimeField(_("上传时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("照片")
        verbose_name_plural = _("照片")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(draft__isnull=True) ^ Q(proposal__isnull=True), name="photo_has_one_owner"
            )
        ]

    def __str__(self) -> str:
        return str(self.file)

    def get_absolute_url(self) -> str:
        return reverse("proposals:photo", args=[self.pk])

"""现场照片: re-encoded pictures of a progress note, outside the public media."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .handling import Progress
from .scans import private_storage


class ProgressPhoto(models.Model):
    """现场照片: without EXIF, under our own name, with words for those who do not see it."""

    progress = models.ForeignKey(Progress, models.PROTECT, related_name="photos", verbose_name=_("办理进展"))
    file = models.FileField(_("文件"), storage=private_storage, upload_to="ledger/photos/%Y/%m")
    thumbnail = models.FileField(_("缩略图"), storage=private_storage, upload_to="ledger/photos/%Y/%m")
    width = models.PositiveIntegerField(_("宽"))
    height = models.PositiveIntegerField(_("高"))
    alt = models.CharField(_("说明"), max_length=120)
    is_withheld = models.BooleanField(_("不公开"), default=False)

    class Meta:
        verbose_name = _("现场照片")
        verbose_name_plural = _("现场照片")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(alt=""), name="progress_photo_has_words")]

    def __str__(self) -> str:
        return self.alt

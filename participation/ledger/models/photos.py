"""现场照片: re-encoded pictures of a progress note or of a reply, outside the public media."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .answers import Reply
from .handling import Progress
from .item import LedgerItem
from .scans import private_storage


class HandlingPhoto(models.Model):
    """现场照片: without EXIF, under our own name, with words for those who do not see it.

    It belongs to a progress note or to a reply, as whose evidence it says whether it shows 办理前 or 办理后.
    """

    class Moment(models.TextChoices):
        BEFORE = "before", _("办理前")
        AFTER = "after", _("办理后")

    progress = models.ForeignKey(
        Progress, models.PROTECT, null=True, blank=True, related_name="photos", verbose_name=_("办理进展")
    )
    reply = models.ForeignKey(
        Reply, models.PROTECT, null=True, blank=True, related_name="photos", verbose_name=_("答复")
    )
    moment = models.CharField(_("办理前后"), max_length=6, choices=Moment, blank=True)
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
        constraints = [
            models.CheckConstraint(condition=~Q(alt=""), name="handling_photo_has_words"),
            models.CheckConstraint(
                condition=Q(progress__isnull=False, reply__isnull=True, moment="")
                | Q(progress__isnull=True, reply__isnull=False) & ~Q(moment=""),
                name="handling_photo_of_one_text",
            ),
        ]

    def __str__(self) -> str:
        return self.alt

    @property
    def item(self) -> LedgerItem:
        owner = self.reply or self.progress
        assert owner is not None  # noqa: S101 - a constraint of the table
        return owner.item

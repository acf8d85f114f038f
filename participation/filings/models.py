"""备案、报送: that a document went to a higher body, and that it arrived. For the record, never an approval."""

from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage
from django.db import models
from django.utils.translation import gettext_lazy as _


def private_storage() -> Storage:
    """Backed up with the media, never served as such: a view asks who asks."""
    return FileSystemStorage(location=Path(settings.MEDIA_ROOT) / "private", base_url=None, file_permissions_mode=0o600)


class Recipient(models.TextChoices):
    """In what capacity a body is sent the document."""

    PARTY_COMMITTEE = "party_committee", _("街道党工委")
    SUPERIOR_DEPARTMENT = "superior_department", _("被评议单位上级主管部门")
    FILING_AUTHORITY = "filing_authority", _("市人大常委会备案")


class Filing(models.Model):
    """备案: one document sent to one body; the owner (an appraisal, a member list) holds a key to it."""

    kind = models.CharField(_("备案事项"), max_length=40)
    recipient = models.CharField(_("报送对象"), max_length=24, choices=Recipient)
    body = models.CharField(_("收文单位"), max_length=60)
    title = models.CharField(_("文件标题"), max_length=200)
    division = models.ForeignKey("jurisdictions.Division", models.PROTECT, related_name="+", verbose_name=_("区划"))
    sent_on = models.DateField(_("报送日期"))
    number = models.CharField(_("报送文号"), max_length=60, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("报送人"))
    scan = models.FileField(_("报送件扫描件"), storage=private_storage, upload_to="filings/%Y/%m", blank=True)
    received_on = models.DateField(_("收到日期"), null=True, blank=True)
    receipt = models.CharField(_("回执"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("备案")
        verbose_name_plural = _("备案")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(received_on=None) | models.Q(received_on__gte=models.F("sent_on")),
                name="filing_arrives_after_it_is_sent",
            )
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.title} {self.sent_on}"

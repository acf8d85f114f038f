"""纠错: somebody found a mistake on a page."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.encryption.fields import EncryptedTextField
from portal.jurisdictions.models import Division

from .querysets import CorrectionQuerySet
from .states import State

ANSWER = "corrections.change_correction"  # the permission, held in a division
STATE_LABELS = {State.WAITING: _("待处理"), State.CORRECTED: _("已更正"), State.UNFOUNDED: _("不属实")}


class Correction(models.Model):
    """纠错: what is wrong on which page, and what came of it. Contact is sealed and may be empty."""

    address = models.CharField(_("页面地址"), max_length=300)
    page_title = models.CharField(_("页面"), max_length=200, blank=True)
    division = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("区划")
    )
    words = models.TextField(_("哪里有错"))
    contact = EncryptedTextField(_("联系方式"), blank=True)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("反映人")
    )
    state = models.CharField(_("状态"), max_length=10, choices=list(STATE_LABELS.items()), default=State.WAITING.value)
    answer = models.TextField(_("处理说明"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("处理人")
    )
    created_at = models.DateTimeField(_("收到时间"))
    answered_at = models.DateTimeField(_("处理时间"), null=True, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("纠错")
        verbose_name_plural = _("纠错")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "created_at"], name="correction_waiting")]
        constraints = [
            models.CheckConstraint(
                name="correction_answered_has_an_answer",
                condition=Q(state=State.WAITING.value, answer="", answered_at__isnull=True)
                | (~Q(state=State.WAITING.value) & ~Q(answer="") & Q(answered_at__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.page_title or self.address}：{self.words[:20]}"

"""关注: who wants to hear of what."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

DIVISION, CATEGORY, SEARCH = "division", "category", "search"
TOPICS = (DIVISION, CATEGORY, SEARCH)  # what brings news again and again; the others are single matters, people, places


class Follow(models.Model):
    """关注: one person's wish to hear of one subject, named as in the trail."""

    class Frequency(models.TextChoices):
        IMMEDIATE = "immediate", _("立即")
        DAILY = "daily", _("每日汇总")
        NONE = "none", _("只放进“我的消息”")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("关注人"), related_name="follows")
    subject_kind = models.CharField(_("对象类型"), max_length=40)
    subject_key = models.CharField(_("对象编号"), max_length=80)
    frequency = models.CharField(_("频率"), max_length=10, choices=Frequency, default=Frequency.IMMEDIATE.value)
    created_at = models.DateTimeField(_("关注时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("关注")
        verbose_name_plural = _("关注")
        constraints = [models.UniqueConstraint(fields=["user", "subject_kind", "subject_key"], name="follow_once")]
        indexes = [
            models.Index(fields=["subject_kind", "subject_key"]),
            models.Index(fields=["user", "-created_at", "-id"], name="follow_list"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_key}"

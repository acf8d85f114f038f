"""发件箱: who must be told what."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Message(models.Model):
    """消息: one event told to one person; it is also the row of the in-site inbox."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("收件人"), related_name="messages"
    )
    event = models.CharField(_("事件"), max_length=160)
    kind = models.CharField(_("类型"), max_length=40)
    subject_kind = models.CharField(_("对象类型"), max_length=40, blank=True)
    subject_key = models.CharField(_("对象编号"), max_length=80, blank=True)
    title = models.CharField(_("标题"), max_length=200)
    body = models.TextField(_("正文"), blank=True)
    url = models.CharField(_("链接"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("产生时间"), auto_now_add=True)
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("消息")
        verbose_name_plural = _("消息")
        constraints = [models.UniqueConstraint(fields=["recipient", "event"], name="message_once_per_event")]

    def __str__(self) -> str:
        return self.title

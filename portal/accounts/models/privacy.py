"""同意记录: which text a person agreed to, for what, when, and when the consent was taken back."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Consent(models.Model):
    """同意: one act of agreeing to one version of one text (个人信息保护法 第十四、十五条)."""

    class Purpose(models.TextChoices):
        PRIVACY = "privacy", _("注册与使用（个人信息处理规则）")
        TERMS = "terms", _("使用条款")
        CONTACT = "contact", _("电话回访")
        NICKNAME = "nickname", _("公开昵称")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="consents", verbose_name=_("用户"))
    purpose = models.CharField(_("目的"), max_length=20, choices=Purpose)
    version = models.CharField(_("文本版本"), max_length=20)
    text_hash = models.CharField(_("文本哈希"), max_length=64)
    given_at = models.DateTimeField(_("同意时间"))
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("同意记录")
        verbose_name_plural = _("同意记录")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "purpose", "version"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="consent_in_force_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.version}"

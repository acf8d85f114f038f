"""规则文本: what residents agree to, in versions that never change once published."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField


class NoticeText(models.Model):
    """规则文本: one published version of the privacy rules with the list of what is collected, or the terms of use."""

    class Kind(models.TextChoices):
        PRIVACY = "privacy", _("个人信息处理规则（含收集清单）")
        TERMS = "terms", _("使用条款")

    kind = models.CharField(_("哪一份"), max_length=10, choices=Kind)
    version = models.CharField(_("版本"), max_length=20, editable=False)
    text = RichTextField(_("正文"), features=["h2", "h3", "bold", "ol", "ul", "link"])
    asks_again = models.BooleanField(
        _("须重新取得同意"),
        default=False,
        help_text=_(
            "处理目的、处理方式或个人信息种类有变化时必须勾选（个人信息保护法第十四条）：每个人下次来时先看新版再继续。"
        ),
    )
    published_at = models.DateTimeField(_("发布时间"), editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("发布人")
    )

    class Meta:
        verbose_name = _("规则文本")
        verbose_name_plural = _("规则文本")
        ordering = ["-published_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["kind", "version"], name="notice_text_one_per_version")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.version}"

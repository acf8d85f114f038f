from django.db import models
from django.utils.translation import gettext_lazy as _


class WordEntry(models.Model):
    """词表条目: a word that stops a text (block), sends it to review (review) or is only shown to staff (note)."""

    class Level(models.TextChoices):
        BLOCK = "block", _("拦截")
        REVIEW = "review", _("送审")
        NOTE = "note", _("提示")

    class Kind(models.TextChoices):
        ABUSE = "abuse", _("辱骂")
        ADVERTISING = "advertising", _("广告")
        CONTACT = "contact", _("联系方式")
        IDENTITY = "identity", _("身份信息")
        UNLAWFUL = "unlawful", _("违法信息")
        OTHER = "other", _("其他")

    word = models.CharField(
        _("词"), max_length=50, unique=True, help_text=_("只写一种写法；全角、空格、符号隔开和繁体写法会自动识别。")
    )
    level = models.CharField(_("级别"), max_length=10, choices=Level, default=Level.REVIEW)
    kind = models.CharField(_("类别"), max_length=20, choices=Kind, default=Kind.OTHER)
    note = models.CharField(_("说明"), max_length=200, blank=True, help_text=_("为什么收入本词，供审核人员参考。"))
    is_active = models.BooleanField(_("启用"), default=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    class Meta:
        verbose_name = _("词表条目")
        verbose_name_plural = _("词表")
        ordering = ["word"]
        constraints = [
            models.CheckConstraint(
                name="wording_level_known", condition=models.Q(level__in=["block", "review", "note"])
            )
        ]

    def __str__(self) -> str:
        return self.word

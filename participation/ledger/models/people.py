"""提出人和联系: who must hear of the outcome, and that they did."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.rules import masked_name
from portal.encryption.fields import EncryptedTextField

from .item import LedgerItem


class Party(models.Model):
    """提出人: everyone an answer is due to (C34); owners add rows, also on a later merge.

    A person without an account has an encrypted name and phone here; either may be empty.
    """

    class Capacity(models.TextChoices):
        RESIDENT = "resident", _("居民")
        MEMBER = "member", _("议事代表")
        DEPUTY = "deputy", _("人大代表")
        VISITOR = "visitor", _("来访人")

    item = models.ForeignKey(LedgerItem, models.PROTECT, related_name="parties", verbose_name=_("事项"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("用户")
    )
    name = EncryptedTextField(_("姓名"), blank=True, default="")
    phone = EncryptedTextField(_("电话"), blank=True, default="")
    capacity = models.CharField(_("身份"), max_length=12, choices=Capacity, default=Capacity.RESIDENT.value)
    is_reachable = models.BooleanField(_("可以联系"), default=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("登记人")
    )
    added_at = models.DateTimeField(_("加入时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("提出人")
        verbose_name_plural = _("提出人")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "user"], condition=models.Q(user__isnull=False), name="ledger_party_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {masked_name(str(self.name))}"


class Contact(models.Model):
    """沟通: one attempt of the unit to speak with a proposer (X24)."""

    class Way(models.TextChoices):
        FACE = "face", _("见面沟通")
        VISIT = "visit", _("上门")
        PHONE = "phone", _("电话")
        FAILED = "failed", _("联系未果")
        DECLINED = "declined", _("本人不要求")

    item = models.ForeignKey(LedgerItem, models.PROTECT, related_name="contacts", verbose_name=_("事项"))
    leg = models.PositiveSmallIntegerField(_("第几次办理"))
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("提出人"))
    way = models.CharField(_("方式"), max_length=10, choices=Way)
    on = models.DateField(_("日期"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("记录人"))
    by_name = models.CharField(_("沟通人"), max_length=60, blank=True)
    note = models.TextField(_("情况"), blank=True)
    is_proxy = models.BooleanField(_("由工委代录"), default=False)
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("沟通")
        verbose_name_plural = _("沟通")
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.item_id} {self.get_way_display()} {self.on}"


class Feedback(models.Model):
    """反馈: one party was told of one reply (C34)."""

    class Way(models.TextChoices):
        SITE = "site", _("站内消息")
        PHONE = "phone", _("电话")
        VISIT = "visit", _("上门")
        LETTER = "letter", _("书面")
        UNREACHABLE = "unreachable", _("无法联系")

    reply = models.ForeignKey("Reply", models.PROTECT, related_name="feedbacks", verbose_name=_("答复"))
    party = models.ForeignKey(Party, models.PROTECT, related_name="feedbacks", verbose_name=_("提出人"))
    way = models.CharField(_("方式"), max_length=12, choices=Way)
    on = models.DateField(_("日期"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("经办人")
    )
    note = models.CharField(_("情况"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("反馈")
        verbose_name_plural = _("反馈")
        constraints = [models.UniqueConstraint(fields=["reply", "party"], name="feedback_once_per_party")]

    def __str__(self) -> str:
        return f"{self.reply_id} {self.get_way_display()}"

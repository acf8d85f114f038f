"""答复、承诺、评价、销号异议."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.evaluations.models import SOURCES, Round
from participation.evaluations.states import Source as Rated
from portal.accounts.models import HandlingUnit

from ..states import ReplyKind
from .item import LedgerItem

REPLY_KINDS = [
    (ReplyKind.DONE.value, _("已解决")),
    (ReplyKind.PLANNED.value, _("已列计划")),
    (ReplyKind.CANNOT.value, _("暂不能解决")),
    (ReplyKind.REFERENCE.value, _("留作参考")),
]


class Reply(models.Model):
    """答复: one per leg, public once the unit's head has signed it; later changes are dated corrections."""

    item = models.ForeignKey(LedgerItem, models.PROTECT, related_name="replies", verbose_name=_("事项"))
    leg = models.PositiveSmallIntegerField(_("第几次办理"))
    unit = models.ForeignKey(
        HandlingUnit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("答复单位")
    )
    unit_name = models.CharField(_("来源答复单位"), max_length=120, blank=True)
    kind = models.CharField(_("类别"), max_length=12, choices=REPLY_KINDS, blank=True)
    text = models.TextField(_("答复"))
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("拟稿人")
    )
    drafted_at = models.DateTimeField(_("拟稿时间"))
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("签发人")
    )
    signer_name = models.CharField(_("签发人姓名"), max_length=60, blank=True)
    signed_on = models.DateField(_("答复日期"), null=True, blank=True)
    is_proxy = models.BooleanField(_("由工委代录"), default=False)
    is_imported = models.BooleanField(_("历史导入"), default=False)

    class Meta:
        verbose_name = _("答复")
        verbose_name_plural = _("答复")
        ordering = ["leg", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "leg"], name="reply_once_per_leg")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.leg} {self.get_kind_display()}"

    @property
    def is_public(self) -> bool:
        return self.signed_on is not None


class ReplyCorrection(models.Model):
    """更正: a published reply is never rewritten; what was wrong is said below it, with its day."""

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="corrections", verbose_name=_("答复"))
    text = models.TextField(_("更正"))
    on = models.DateField(_("日期"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("更正人"))

    class Meta:
        verbose_name = _("更正")
        verbose_name_plural = _("更正")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.reply_id} {self.on}"


class Commitment(models.Model):
    """承诺事项: made by a reply 已列计划, with a day of its own, tracked until delivered or withdrawn (X25)."""

    class State(models.TextChoices):
        OPEN = "open", _("落实中")
        DELIVERED = "delivered", _("已落实")
        WITHDRAWN = "withdrawn", _("已撤回")

    item = models.ForeignKey(LedgerItem, models.PROTECT, related_name="commitments", verbose_name=_("事项"))
    reply = models.ForeignKey(Reply, models.PROTECT, related_name="commitments", verbose_name=_("答复"))
    text = models.CharField(_("承诺"), max_length=300)
    due_on = models.DateField(_("落实时限"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN.value)
    ended_on = models.DateField(_("落实或撤回日期"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("登记人")
    )
    note = models.TextField(_("落实情况或撤回理由"), blank=True)

    class Meta:
        verbose_name = _("承诺事项")
        verbose_name_plural = _("承诺事项")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open") | (Q(ended_on__isnull=False) & ~Q(note="")), name="commitment_ended_says_how"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.text[:20]}"


class ReplyRound(models.Model):
    """评价轮次: each of the 三种评价 rates a reply in a round of its own (decisions.md 4); rework brings new ones."""

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="rounds", verbose_name=_("答复"))
    source = models.CharField(_("评价主体"), max_length=8, choices=SOURCES, default=Rated.RESIDENT.value)
    round = models.OneToOneField(Round, models.PROTECT, related_name="+", verbose_name=_("评价"))
    # 解决了吗？ is asked once per reply (decisions.md 22)
    asked_on = models.DateField(_("回访日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("评价轮次")
        verbose_name_plural = _("评价轮次")
        constraints = [models.UniqueConstraint(fields=["reply", "source"], name="reply_round_once_per_source")]

    def __str__(self) -> str:
        return f"{self.reply_id} {self.get_source_display()}"


class CloseOffCheck(models.Model):
    """销号核查: what the committee looked at before it closed the item off."""

    item = models.ForeignKey(LedgerItem, models.PROTECT, related_name="close_offs", verbose_name=_("事项"))
    evidence = models.TextField(_("核查情况"))
    on = models.DateField(_("销号日期"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("核查人"))

    class Meta:
        verbose_name = _("销号核查")
        verbose_name_plural = _("销号核查")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.item_id} {self.on}"


class Objection(models.Model):
    """异议: any verified resident against a close-off within the window; the committee decides with a reason."""

    class State(models.TextChoices):
        OPEN = "open", _("待处理")
        ACCEPTED = "accepted", _("成立")
        REFUSED = "refused", _("不成立")

    item = models.ForeignKey(LedgerItem, models.PROTECT, related_name="objections", verbose_name=_("事项"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("提出人"))
    reason = models.TextField(_("理由"))
    raised_on = models.DateField(_("提出日期"))
    due_on = models.DateField(_("处理时限"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN.value)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("处理人")
    )
    decided_on = models.DateField(_("处理日期"), null=True, blank=True)
    decision_reason = models.TextField(_("处理意见"), blank=True)

    class Meta:
        verbose_name = _("销号异议")
        verbose_name_plural = _("销号异议")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "by"], condition=Q(state="open"), name="objection_one_open_per_resident"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.get_state_display()}"

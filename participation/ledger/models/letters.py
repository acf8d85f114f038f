"""意见函、交办单、转办单、督办单、催办单、销号单: what leaves the committee on paper."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import HandlingUnit
from portal.jurisdictions.models import Division

from ..rules.letters import LetterAction, LetterKind, LetterState
from .handling import Assignment
from .item import LedgerItem
from .scans import private_storage

LETTER_KINDS = [
    (LetterKind.OPINION.value, _("意见函")),
    (LetterKind.ASSIGNMENT.value, _("交办单")),
    (LetterKind.REFERRAL.value, _("转办单")),
    (LetterKind.SUPERVISION.value, _("督办单")),
    (LetterKind.URGING.value, _("催办单")),
    (LetterKind.CLOSE_OFF.value, _("销号单")),
]
LETTER_STATES = [
    (LetterState.DRAFTING.value, _("拟稿")),
    (LetterState.REVIEWING.value, _("待审核")),
    (LetterState.SIGNING.value, _("待签发")),
    (LetterState.SIGNED.value, _("已签发，待印发")),
    (LetterState.ISSUED.value, _("已印发，待签收")),
    (LetterState.RECEIVED.value, _("已签收")),
    (LetterState.RETURNED.value, _("已退回")),
    (LetterState.SUPERSEDED.value, _("已由新公文取代")),
    (LetterState.CANCELLED.value, _("已取消")),
    (LetterState.VOIDED.value, _("已作废")),
]
LETTER_ACTIONS = {
    LetterAction.SUBMIT: _("送审"),
    LetterAction.APPROVE: _("审核通过"),
    LetterAction.RETURN: _("退回修改"),
    LetterAction.SIGN: _("签发"),
    LetterAction.ISSUE: _("印发"),
    LetterAction.RECEIVE: _("签收"),
    LetterAction.SEND_BACK: _("单位退回"),
    LetterAction.SUPERSEDE: _("由新公文取代"),
    LetterAction.CANCEL: _("取消"),
    LetterAction.VOID: _("作废"),
}
_WITH_NUMBER = ["issued", "received", "returned", "superseded", "voided"]


class Letter(models.Model):
    """公文: one letter with an annex table of items. The official copy is the scan of the sealed paper.

    `name` is what it is called (the terms decide for council opinions); `prefix` is the 发文机关代字 before 〔year〕.
    """

    kind = models.CharField(_("种类"), max_length=12, choices=LETTER_KINDS)
    name = models.CharField(_("公文名称"), max_length=60)
    state = models.CharField(_("状态"), max_length=10, choices=LETTER_STATES, default=LetterState.DRAFTING.value)
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("街道（乡镇）"))
    issuer = models.CharField(_("发文机关"), max_length=60)
    prefix = models.CharField(_("发文机关代字"), max_length=40)
    unit = models.ForeignKey(HandlingUnit, models.PROTECT, related_name="+", verbose_name=_("主送单位"))
    title = models.CharField(_("标题"), max_length=120)
    body = models.TextField(_("正文"))
    copy_to = models.CharField(_("抄送"), max_length=200, blank=True)

    number = models.CharField(_("文号"), max_length=60, blank=True)
    issued_on = models.DateField(_("印发日期"), null=True, blank=True)
    late_reason = models.CharField(_("补录理由"), max_length=200, blank=True)
    scan = models.FileField(_("盖章扫描件"), storage=private_storage, upload_to="letters/%Y/%m", blank=True)
    sealed_on = models.DateField(_("用印日期"), null=True, blank=True)
    is_scan_public = models.BooleanField(_("公开扫描件"), default=False)

    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("拟稿人"))
    drafted_at = models.DateTimeField(_("拟稿时间"), auto_now_add=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("审核人")
    )
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("签发人")
    )
    signed_on = models.DateField(_("签发日期"), null=True, blank=True)
    received_on = models.DateField(_("签收日期"), null=True, blank=True)
    receiver_name = models.CharField(_("签收人"), max_length=60, blank=True)
    is_proxy = models.BooleanField(_("由工委代录"), default=False)
    receipt = models.FileField(_("签收回执扫描件"), storage=private_storage, upload_to="letters/%Y/%m", blank=True)
    end_reason = models.CharField(_("退回、取代、取消或作废的理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("公文")
        verbose_name_plural = _("公文")
        ordering = ["-drafted_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=sorted(LetterState)), name="letter_state_is_known"),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="letter_number_once"),
            models.CheckConstraint(
                condition=Q(state__in=_WITH_NUMBER, issued_on__isnull=False) & ~Q(number="")
                | ~Q(state__in=_WITH_NUMBER) & Q(number=""),
                name="letter_has_number_from_issue_on",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["cancelled", "voided"]) | ~Q(end_reason=""), name="letter_ended_says_why"
            ),
        ]
        indexes = [models.Index(fields=["division", "state"], name="letter_of_place")]

    def __str__(self) -> str:
        return self.number or self.title


class LetterItem(models.Model):
    """附表: one item in one letter. `assignment` is the one that this letter carries to the unit: it says on which
    paper the matter left (X23); empty where the letter carries none (督办、催办、销号)."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="lines", verbose_name=_("公文"))
    item = models.ForeignKey(LedgerItem, models.PROTECT, related_name="letter_lines", verbose_name=_("事项"))
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, null=True, blank=True, related_name="letter_lines", verbose_name=_("交办")
    )
    position = models.PositiveSmallIntegerField(_("序号"))
    note = models.CharField(_("办理要求"), max_length=300, blank=True)
    due_on = models.DateField(_("办结时限"), null=True, blank=True)

    class Meta:
        verbose_name = _("附表事项")
        verbose_name_plural = _("附表事项")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["letter", "item"], name="letter_item_once")]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.position}"

"""码上找代表、联络站码: the codes on the wall, and the messages that come in by them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liaison_stations.deputies.models import Deputy
from liaison_stations.stations.models import LiaisonStation
from participation.ledger.models import LedgerItem
from participation.proposals.models import Proposal
from portal.accounts.rules import masked_name, masked_phone, normalised_phone
from portal.encryption.fields import BlindIndexField, EncryptedTextField
from portal.jurisdictions.models import Division

from .querysets import CodeQuerySet, MessageQuerySet
from .states import WAITING, State

STATE_LABELS = {
    State.RECEIVED: _("待答复"),
    State.PASSED_ON: _("已转代表，待答复"),
    State.ANSWERED: _("已答复"),
    State.OPENED: _("已转办（台账）"),
    State.PROPOSED: _("已转办（居民建议）"),
    State.DIVERTED: _("已告知其他渠道"),
    State.REJECTED: pgettext_lazy("message", "不予受理"),
}


class DeputyQrCode(models.Model):
    """联络站码 or 代表码: the address behind a printed square. One valid code each; a lost one is revoked."""

    token = models.CharField(_("编码"), max_length=10, unique=True, editable=False)
    station = models.ForeignKey(
        LiaisonStation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("联络站（点）")
    )
    deputy = models.ForeignKey(
        Deputy, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("人大代表")
    )
    # of the station or the deputy: scopes the staff
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("所在区划"))
    issued_at = models.DateTimeField(_("启用时间"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("启用人"))
    revoked_at = models.DateTimeField(_("停用时间"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("停用人")
    )
    revoke_reason = models.CharField(_("停用理由"), max_length=200, blank=True)

    objects = CodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("联络站码、代表码")
        verbose_name_plural = _("联络站码、代表码")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(station__isnull=False, deputy__isnull=True) | Q(station__isnull=True, deputy__isnull=False),
                name="qr_code_of_a_station_or_a_deputy",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | ~Q(revoke_reason=""), name="qr_code_revoked_says_why"
            ),
            models.UniqueConstraint(
                fields=["station"], condition=Q(revoked_at__isnull=True), name="qr_code_one_valid_per_station"
            ),
            models.UniqueConstraint(
                fields=["deputy"], condition=Q(revoked_at__isnull=True), name="qr_code_one_valid_per_deputy"
            ),
        ]

    def __str__(self) -> str:
        return str(self.station.title if self.station else self.deputy)

    def get_absolute_url(self) -> str:
        return reverse("messages:new", args=[self.token])

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None


class DeputyMessage(models.Model):
    """留言. Nothing of a row is public. `sender` is set where somebody logged in wrote; whoever proved a phone by a
    code is told by phone and looks it up with number and 查询码.

    `due_on` is message_answer_days after the day it came in, in calendar days as the term is published.
    """

    class AnswerKind(models.TextChoices):
        REFLECTED = "reflected", _("已反映")
        TRANSFERRED = "transferred", _("已转办")

    class TextState(models.TextChoices):
        """The text message to who has no account: never twice (decisions.md 10); what is unsure, staff phone."""

        DUE = "due", _("待发短信")
        SENDING = "sending", _("正在发短信")
        SENT = "sent", _("已发短信告知")
        UNSURE = "unsure", _("短信没有发出，由工作人员告知")

    number = models.CharField(_("留言编号"), max_length=30, unique=True, editable=False)
    last_six = models.CharField(_("编号后六位"), max_length=12, db_index=True, editable=False)
    code = models.ForeignKey(DeputyQrCode, models.PROTECT, related_name="+", verbose_name=_("所扫的码"))
    station = models.ForeignKey(
        LiaisonStation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("联络站（点）")
    )
    deputy = models.ForeignKey(
        Deputy, models.PROTECT, null=True, blank=True, related_name="messages", verbose_name=_("人大代表")
    )
    passed_to = models.ForeignKey(
        Deputy,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="messages_passed_on",
        verbose_name=_("转给的代表"),
    )
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("所在区划"))
    state = models.CharField(
        _("处理"),
        max_length=10,
        default=State.RECEIVED.value,
        choices=[(state.value, label) for state, label in STATE_LABELS.items()],
    )
    body = EncryptedTextField(_("留言内容"))
    name = EncryptedTextField(_("称呼"), blank=True, default="")
    phone = EncryptedTextField(_("手机号"), blank=True, default="")
    phone_index = BlindIndexField(source="phone", purpose="contact_phone", normalise=normalised_phone, db_index=True)
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("留言人账号")
    )
    created_at = models.DateTimeField(_("留言时间"))
    due_on = models.DateField(_("答复期限"))
    reminded_at = models.DateTimeField(_("催办时间"), null=True, blank=True)
    overdue_told_at = models.DateTimeField(_("超期催办时间"), null=True, blank=True)
    answer_kind = models.CharField(_("答复结论"), max_length=12, choices=AnswerKind, blank=True)
    answer = models.TextField(_("答复"), blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("答复人")
    )
    is_answered_by_deputy = models.BooleanField(_("代表本人答复"), default=False)
    text_state = models.CharField(_("短信告知"), max_length=8, choices=TextState, blank=True)
    text_claimed_at = models.DateTimeField(_("开始发短信的时间"), null=True, blank=True)
    diverted_to = models.CharField(_("告知的渠道"), max_length=16, blank=True)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    item = models.OneToOneField(
        LedgerItem, models.PROTECT, null=True, blank=True, related_name="deputy_message", verbose_name=_("台账事项")
    )
    proposal = models.OneToOneField(
        Proposal, models.PROTECT, null=True, blank=True, related_name="deputy_message", verbose_name=_("居民建议")
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("留言")
        verbose_name_plural = _("留言")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(station__isnull=False, deputy__isnull=True) | Q(station__isnull=True, deputy__isnull=False),
                name="message_to_a_station_or_a_deputy",
            ),
            models.CheckConstraint(condition=~Q(body=""), name="message_says_something"),
            models.CheckConstraint(
                condition=~Q(state__in=[State.ANSWERED.value, State.OPENED.value, State.PROPOSED.value])
                | (~Q(answer="") & ~Q(answer_kind="")),
                name="message_answered_in_words",
            ),
            models.CheckConstraint(
                condition=Q(state=State.OPENED.value, item__isnull=False)
                | (~Q(state=State.OPENED.value) & Q(item__isnull=True)),
                name="message_opened_has_item",
            ),
            models.CheckConstraint(
                condition=Q(state=State.PROPOSED.value, proposal__isnull=False)
                | (~Q(state=State.PROPOSED.value) & Q(proposal__isnull=True)),
                name="message_proposed_has_proposal",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.PASSED_ON.value) | Q(passed_to__isnull=False),
                name="message_passed_on_to_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DIVERTED.value) | ~Q(diverted_to=""), name="message_diverted_somewhere"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.REJECTED.value) | ~Q(reason=""), name="message_rejected_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["division", "-created_at", "-id"], name="message_by_division"),
            models.Index(fields=["state", "due_on"], name="message_by_due_day"),
            models.Index(
                fields=["text_state"], condition=Q(text_state__in=["due", "sending"]), name="message_text_to_send"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("messages:detail", args=[self.number])

    @property
    def to_whom(self) -> str:
        """Reads `station` or `deputy`."""
        return str(self.station.title if self.station else self.deputy)

    @property
    def masked_name(self) -> str:
        return masked_name(str(self.name)) if self.name else ""

    @property
    def masked_phone(self) -> str:
        return masked_phone(str(self.phone)) if self.phone else ""

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING

    @property
    def is_overdue(self) -> bool:
        return self.is_waiting and self.due_on < timezone.localdate()

    @property
    def answering_deputy(self) -> Deputy | None:
        """Whose word is waited for: the one it was passed on to, else the one it was left for."""
        return self.passed_to or self.deputy

    @property
    def matter(self) -> LedgerItem | Proposal | None:
        """What it goes on as. Reads `item` and `proposal`."""
        return self.item or self.proposal

    @property
    def matter_number(self) -> str:
        """Never a title: a proposal's may not be released yet."""
        return self.item.reference if self.item is not None else self.proposal.number if self.proposal else ""

    @property
    def progress(self) -> str:
        """What the sender is told: from the ledger item or the proposal on, how far that is."""
        return str(self.matter.get_state_display() if self.matter is not None else self.get_state_display())


class MessageDraft(models.Model):
    """A message that waits for the code sent to its phone: sealed, gone after a day."""

    key = models.CharField(_("表单键"), max_length=64, unique=True)
    code = models.ForeignKey(DeputyQrCode, models.CASCADE, related_name="+", verbose_name=_("所扫的码"))
    content = EncryptedTextField(_("内容"))  # JSON of body, name, phone
    proof = models.CharField(_("验证码摘要"), max_length=64, blank=True)
    sent_at = models.DateTimeField(_("发送时间"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    created_at = models.DateTimeField(_("开始时间"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("留言草稿")
        verbose_name_plural = _("留言草稿")

    def __str__(self) -> str:
        return self.key

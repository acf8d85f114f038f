"""接待记录: one visitor (or a group that came together) at one session, and what became of what was said."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liaison_stations.deputies.models import Deputy
from liaison_stations.receptions.models import ReceptionSession
from participation.ledger.models import CategoryGroup, LedgerItem
from participation.proposals.models import Proposal
from portal.accounts.rules import masked_name, masked_phone, normalised_phone
from portal.encryption.fields import BlindIndexField, EncryptedTextField
from portal.jurisdictions.models import Division

from .querysets import RecordQuerySet
from .states import HANDED_OVER, State

STATE_LABELS = {
    State.RECORDED: _("已登记，待处理"),
    State.ANSWERED: _("当场答复"),
    State.OPENED: _("已转办（台账）"),
    State.PROPOSED: _("已作为居民建议提出"),
    State.DIVERTED: _("已告知其他渠道"),
    State.VOIDED: _("已作废"),
}


class ReceptionRecord(models.Model):
    """接待记录. Nothing of a row is public; only counts are.

    `user` is set where the visitor had booked with an account: then they are told there, otherwise by phone. Name and
    phone are both optional. `deputies` are those who received this visitor.
    """

    number = models.CharField(_("记录编号"), max_length=30, unique=True, editable=False)
    session = models.ForeignKey(ReceptionSession, models.PROTECT, related_name="records", verbose_name=_("接待场次"))
    state = models.CharField(
        _("处理"),
        max_length=10,
        default=State.RECORDED.value,
        choices=[(state.value, label) for state, label in STATE_LABELS.items()],
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("来访人账号")
    )
    name = EncryptedTextField(_("来访人"), blank=True, default="")
    phone = EncryptedTextField(_("电话"), blank=True, default="")
    phone_index = BlindIndexField(source="phone", purpose="contact_phone", normalise=normalised_phone, db_index=True)
    people = models.PositiveSmallIntegerField(_("人数"), default=1)
    said = models.TextField(_("反映内容"))
    category_group = models.CharField(
        _("大类"), max_length=20, choices=CategoryGroup, default=CategoryGroup.UNSURE.value
    )
    community = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("社区（村）")
    )
    place = models.CharField(_("地点"), max_length=60, blank=True)
    deputies = models.ManyToManyField(Deputy, related_name="records", verbose_name=_("接待代表"))
    answer = models.TextField(_("当场答复"), blank=True)
    diverted_to = models.CharField(_("告知的渠道"), max_length=16, blank=True)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    item = models.OneToOneField(
        LedgerItem, models.PROTECT, null=True, blank=True, related_name="reception_record", verbose_name=_("台账事项")
    )
    proposal = models.OneToOneField(
        Proposal, models.PROTECT, null=True, blank=True, related_name="reception_record", verbose_name=_("居民建议")
    )
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)
    decided_at = models.DateTimeField(_("处理时间"), null=True, blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("接待记录")
        verbose_name_plural = _("接待记录")
        ordering = ["-session__date", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(people__gte=1), name="reception_record_of_somebody"),
            models.CheckConstraint(condition=~Q(said=""), name="reception_record_says_something"),
            models.CheckConstraint(
                condition=~Q(state=State.ANSWERED.value) | ~Q(answer=""), name="reception_record_answer_in_words"
            ),
            models.CheckConstraint(
                condition=Q(state=State.OPENED.value, item__isnull=False)
                | (~Q(state=State.OPENED.value) & Q(item__isnull=True)),
                name="reception_record_opened_has_item",
            ),
            models.CheckConstraint(
                condition=Q(state=State.PROPOSED.value, proposal__isnull=False)
                | (~Q(state=State.PROPOSED.value) & Q(proposal__isnull=True)),
                name="reception_record_proposed_has_proposal",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DIVERTED.value) | ~Q(diverted_to=""),
                name="reception_record_diverted_somewhere",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.VOIDED.value) | ~Q(reason=""), name="reception_record_void_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def division(self) -> Division:
        return self.session.division

    @property
    def masked_name(self) -> str:
        return masked_name(str(self.name)) if self.name else ""

    @property
    def masked_phone(self) -> str:
        return masked_phone(str(self.phone)) if self.phone else ""

    @property
    def is_handed_over(self) -> bool:
        return self.state in HANDED_OVER

    @property
    def handed_to(self) -> str:
        """The number it goes on under; never a title, which may not be released yet."""
        if self.item is not None:
            return self.item.reference
        return self.proposal.number if self.proposal is not None else ""

    @property
    def progress(self) -> str:
        """What is told of it: once it was handed over, how far the ledger or the proposal is."""
        if self.item is not None:
            return str(self.item.get_state_display())
        if self.proposal is not None:
            return str(self.proposal.get_state_display())
        return str(self.get_state_display())

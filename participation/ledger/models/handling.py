"""交办和办理: who handles, what was done, extensions and pauses."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import HandlingUnit

from .item import LedgerItem


class Assignment(models.Model):
    """交办: one unit handles one item, leading or helping. A returned one stays as history."""

    class State(models.TextChoices):
        SENT = "sent", _("待签收")
        SIGNED_FOR = "signed_for", _("已签收")
        RETURNED = "returned", _("已退回")
        REPLIED = "replied", _("已提出意见")
        ENDED = "ended", _("已改交办")

    item = models.ForeignKey(LedgerItem, models.PROTECT, related_name="assignments", verbose_name=_("事项"))
    unit = models.ForeignKey(HandlingUnit, models.PROTECT, related_name="+", verbose_name=_("承办单位"))
    is_lead = models.BooleanField(_("主办"), default=True)
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.SENT.value)
    assigned_on = models.DateField(_("交办日期"))
    due_on = models.DateField(_("协办时限"), null=True, blank=True)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("交办人")
    )
    note = models.TextField(_("交办意见"), blank=True)
    signed_for_on = models.DateField(_("签收日期"), null=True, blank=True)
    signed_for_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("签收人")
    )
    returned_on = models.DateField(_("退回日期"), null=True, blank=True)
    return_reason = models.TextField(_("退回理由"), blank=True)
    opinion = models.TextField(_("协办意见"), blank=True)
    is_proxy = models.BooleanField(_("由工委代录"), default=False)

    class Meta:
        verbose_name = _("交办")
        verbose_name_plural = _("交办")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(is_lead=True, state__in=["sent", "signed_for"]),
                name="ledger_one_lead_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["item", "unit"],
                condition=Q(state__in=["sent", "signed_for", "replied"]),
                name="ledger_unit_once_per_item",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.unit}"


class Progress(models.Model):
    """办理进展: public, dated, in the unit's own words."""

    item = models.ForeignKey(LedgerItem, models.PROTECT, related_name="progress", verbose_name=_("事项"))
    unit = models.ForeignKey(HandlingUnit, models.PROTECT, related_name="+", verbose_name=_("单位"))
    leg = models.PositiveSmallIntegerField(_("第几次办理"))
    on = models.DateField(_("日期"))
    text = models.TextField(_("进展"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("记录人"))
    is_proxy = models.BooleanField(_("由工委代录"), default=False)
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("办理进展")
        verbose_name_plural = _("办理进展")
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.item_id} {self.on}"


class InternalNote(models.Model):
    """内部备注: never public, for staff in scope."""

    item = models.ForeignKey(LedgerItem, models.PROTECT, related_name="internal_notes", verbose_name=_("事项"))
    text = models.TextField(_("备注"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("记录人"))
    created_at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("内部备注")
        verbose_name_plural = _("内部备注")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.item_id} {self.created_at:%Y-%m-%d}"


class Extension(models.Model):
    """延期: asked by the unit with a written reason, decided by the committee's director (C33)."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("待批准")
        APPROVED = "approved", _("已批准")
        REFUSED = "refused", _("未批准")

    item = models.ForeignKey(LedgerItem, models.PROTECT, related_name="extensions", verbose_name=_("事项"))
    leg = models.PositiveSmallIntegerField(_("第几次办理"))
    until = models.DateField(_("延至"))
    reason = models.TextField(_("理由"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.REQUESTED.value)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("申请人")
    )
    requested_on = models.DateField(_("申请日期"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("批准人")
    )
    decided_on = models.DateField(_("批准日期"), null=True, blank=True)
    decision_reason = models.TextField(_("批准意见"), blank=True)

    class Meta:
        verbose_name = _("延期")
        verbose_name_plural = _("延期")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(state="requested"), name="ledger_one_extension_pending"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.until} {self.get_state_display()}"


class Pause(models.Model):
    """暂停: only where the terms allow; moves the limit by its calendar days (decisions.md 21)."""

    item = models.ForeignKey(LedgerItem, models.PROTECT, related_name="pauses", verbose_name=_("事项"))
    leg = models.PositiveSmallIntegerField(_("第几次办理"))
    starts_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"), null=True, blank=True)
    reason = models.TextField(_("理由"))

    class Meta:
        verbose_name = _("暂停")
        verbose_name_plural = _("暂停")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=Q(ends_on__isnull=True), name="ledger_one_pause_open")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.starts_on}"

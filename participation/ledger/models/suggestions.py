"""商请代表提出代表建议: whom the committee asked about a matter of an upper level, and the answers (C31, X22)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liaison_stations.deputies.models import Deputy, Level

from .item import LedgerItem


class DeputySuggestion(models.Model):
    """商请: one request at a time. `text` is what deputies are asked, `precheck` the talk before a suggestion is put
    forward (提出前沟通协调: title and day only). The two written reports of X22 are dated here."""

    item = models.ForeignKey(LedgerItem, models.PROTECT, related_name="suggestions", verbose_name=_("事项"))
    leg = models.PositiveSmallIntegerField(_("第几次办理"))
    level = models.CharField(_("代表层级"), max_length=10, choices=Level)
    text = models.TextField(_("商请内容"))
    letter_number = models.CharField(_("商请函文号"), max_length=80, blank=True)
    asked_on = models.DateField(_("商请日期"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    precheck_on = models.DateField(_("提出前沟通协调日期"), null=True, blank=True)
    precheck = models.CharField(_("提出前沟通协调事项"), max_length=100, blank=True)
    met_on = models.DateField(_("办理单位与代表见面沟通日期"), null=True, blank=True)
    reported_to_committee_on = models.DateField(_("书面报告人大街道工委日期"), null=True, blank=True)
    reported_to_congress_on = models.DateField(_("书面报告人大常委会日期"), null=True, blank=True)
    ended_on = models.DateField(_("收回日期"), null=True, blank=True)
    end_reason = models.TextField(_("收回理由"), blank=True)

    class Meta:
        verbose_name = _("商请代表提出代表建议")
        verbose_name_plural = _("商请代表提出代表建议")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(ended_on__isnull=True), name="deputy_suggestion_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(end_reason=""), name="deputy_suggestion_ended_says_why"
            ),
            models.CheckConstraint(
                condition=Q(precheck_on__isnull=True, precheck="") | Q(precheck_on__isnull=False) & ~Q(precheck=""),
                name="deputy_suggestion_precheck_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.get_level_display()} {self.asked_on}"

    @property
    def title(self) -> Any:
        """湘乡市人大代表: those asked are of one congress or several of a level; the first says it."""
        first = next(iter(self.asked.all()), None)
        return first.deputy.title if first else self.get_level_display()


class AskedDeputy(models.Model):
    """被商请的代表: one deputy's answer. A deputy puts forward a suggestion or not; never handles, never closes."""

    class State(models.TextChoices):
        ASKED = "asked", _("待答复")
        PROPOSED = "proposed", _("已提出代表建议")
        DECLINED = "declined", _("不提出")

    suggestion = models.ForeignKey(
        DeputySuggestion, models.PROTECT, related_name="asked", verbose_name=_("商请代表提出代表建议")
    )
    deputy = models.ForeignKey(Deputy, models.PROTECT, related_name="+", verbose_name=_("人大代表"))
    asked_on = models.DateField(_("商请日期"))
    state = models.CharField(_("答复"), max_length=10, choices=State, default=State.ASKED.value)
    outside_number = models.CharField(_("代表建议编号"), max_length=60, blank=True)
    proposed_on = models.DateField(_("提出日期"), null=True, blank=True)
    reason = models.TextField(_("不提出的理由"), blank=True)
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("登记人")
    )
    is_proxy = models.BooleanField(_("由工委代录"), default=False)

    class Meta:
        verbose_name = _("被商请的代表")
        verbose_name_plural = _("被商请的代表")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["suggestion", "deputy"], name="asked_deputy_once"),
            models.CheckConstraint(
                condition=~Q(state="proposed") | Q(proposed_on__isnull=False) & ~Q(outside_number=""),
                name="asked_deputy_proposed_by_number",
            ),
            models.CheckConstraint(condition=~Q(state="declined") | ~Q(reason=""), name="asked_deputy_declined_why"),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} {self.get_state_display()}"

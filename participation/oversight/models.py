"""工作评议: the council appraises an office or a dispatched unit. Matters and units, never a named official."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from participation.evaluations.models import Publication, Round
from participation.filings.models import Filing, Recipient, private_storage

from .querysets import OfficeAppraisalQuerySet
from .states import Action, State

STATE_LABELS = {
    State.PLANNED: _("已列入计划"),
    State.REPORT_PUBLISHED: _("书面报告已公开"),
    State.MEETING: _("已召开评议会议"),
    State.RATING_OPEN: _("测评进行中"),
    State.COUNTED: _("测评已计票"),
    State.RESULT_CONFIRMED: _("评议结果已确认"),
    State.DISPATCHED: _("评议结果已报送"),
    State.PUBLISHED: _("评议结果已公开"),
    State.ARCHIVED: _("已归档"),
    State.CANCELLED: _("已取消"),
}
ACTION_LABELS = {
    Action.PLAN: _("列入计划"),
    Action.REVISE: _("修改计划"),
    Action.SUBMIT_REPORT: _("提交书面报告"),
    Action.PUBLISH_REPORT: _("公开书面报告"),
    Action.HOLD_MEETING: _("登记评议会议"),
    Action.OPEN_RATING: _("开始测评"),
    Action.HAND_OUT_PAPER: _("发放现场纸质票"),
    Action.COUNT_PAPER: _("录入纸质票计票"),
    Action.CLOSE_RATING: _("结束测评并计票"),
    Action.CONFIRM_RESULT: _("确认评议结果"),
    Action.DISPATCH: _("登记报送"),
    Action.CONFIRM_RECEIPT: _("登记收到"),
    Action.RECORD_CONSENT: _("登记街道党工委同意公开"),
    Action.PUBLISH_RESULT: _("公开评议结果"),
    Action.ARCHIVE: _("归档"),
    Action.CANCEL: _("取消评议"),
}


class OfficeAppraisal(models.Model):
    """工作评议: one office, department or dispatched unit, one matter, one year.

    `round` is the secret rating, `publication` what was made public of it; of the party committee's consent only the
    day and the number are kept. People appear as counts and capacities, never by name.
    """

    division = models.ForeignKey("jurisdictions.Division", models.PROTECT, related_name="+", verbose_name=_("区划"))
    unit = models.ForeignKey("accounts.HandlingUnit", models.PROTECT, related_name="+", verbose_name=_("被评议单位"))
    year = models.PositiveSmallIntegerField(_("年度"))
    matter = models.CharField(_("评议内容"), max_length=100)
    plan = models.TextField(_("评议方案"), blank=True)
    report_due_on = models.DateField(_("书面报告提交期限"), null=True, blank=True)
    state = models.CharField(
        _("状态"),
        max_length=20,
        choices=[(state.value, label) for state, label in STATE_LABELS.items()],
        default=State.PLANNED.value,
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    report_text = models.TextField(_("书面报告"), blank=True)
    report_file = models.FileField(_("书面报告文件"), storage=private_storage, upload_to="oversight/%Y/%m", blank=True)
    report_on = models.DateField(_("书面报告日期"), null=True, blank=True)
    is_report_proxy = models.BooleanField(_("由工委代录"), default=False)
    published_at = models.DateTimeField(_("书面报告公开时间"), null=True, blank=True)

    held_on = models.DateField(_("会议日期"), null=True, blank=True)
    place = models.CharField(_("会议地点"), max_length=80, blank=True)
    chair = models.CharField(_("主持人职务"), max_length=60, blank=True)
    expected = models.PositiveIntegerField(_("应到人数"), null=True, blank=True)
    attended = models.PositiveIntegerField(_("实到人数"), null=True, blank=True)

    round = models.OneToOneField(
        Round, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("测评轮次")
    )
    issued = models.PositiveIntegerField(_("发出测评票"), null=True, blank=True)
    returned = models.PositiveIntegerField(_("收回测评票"), null=True, blank=True)
    counted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("计票人")
    )
    counted_on = models.DateField(_("计票日期"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("确认人")
    )
    confirmed_on = models.DateField(_("确认日期"), null=True, blank=True)

    consent_on = models.DateField(_("街道党工委同意日期"), null=True, blank=True)
    consent_number = models.CharField(_("文号"), max_length=60, blank=True)
    publication = models.OneToOneField(
        Publication, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("公布")
    )
    archived_on = models.DateField(_("归档日期"), null=True, blank=True)
    archive_note = models.CharField(_("归档说明"), max_length=200, blank=True)
    cancelled_on = models.DateField(_("取消日期"), null=True, blank=True)
    cancel_reason = models.CharField(_("取消理由"), max_length=200, blank=True)

    objects = OfficeAppraisalQuerySet.as_manager()

    class Meta:
        verbose_name = _("工作评议")
        verbose_name_plural = _("工作评议")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="appraisal_newest"),
            models.Index(fields=["division", "state"], name="appraisal_of_place"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=State.PUBLISHED.value)
                | models.Q(consent_on__isnull=False, publication__isnull=False) & ~models.Q(consent_number=""),
                name="appraisal_public_by_consent",
            ),
            models.CheckConstraint(
                condition=models.Q(publication=None) | models.Q(consent_on__isnull=False),
                name="appraisal_figures_by_consent",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.CANCELLED.value) | ~models.Q(cancel_reason=""),
                name="appraisal_cancelled_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.unit} {self.matter}"

    def get_absolute_url(self) -> str:
        return reverse("oversight:detail", args=[self.pk])

    @property
    def title(self) -> str:
        return str(_("%(year)d年%(unit)s“%(matter)s”工作评议")) % {
            "year": self.year,
            "unit": self.unit.name,
            "matter": self.matter,
        }

    @property
    def rating_round(self) -> Round:
        """The secret rating, once it was opened."""
        assert self.round is not None  # noqa: S101 - asked for in the states from `rating_open` on only
        return self.round

    @property
    def is_public(self) -> bool:
        """From the written report on, and for good: a cancelled one says so."""
        return self.published_at is not None

    @property
    def has_report(self) -> bool:
        return bool(self.report_text or self.report_file)


class Dispatch(models.Model):
    """报送: one of the three ways the result goes (X12); what was sent, and whether it came, says the filing."""

    appraisal = models.ForeignKey(
        OfficeAppraisal, models.PROTECT, related_name="dispatches", verbose_name=_("工作评议")
    )
    recipient = models.CharField(_("报送对象"), max_length=24, choices=Recipient)
    filing = models.OneToOneField(Filing, models.PROTECT, related_name="+", verbose_name=_("备案"))

    class Meta:
        verbose_name = _("评议结果报送")
        verbose_name_plural = _("评议结果报送")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["appraisal", "recipient"], name="appraisal_dispatched_once_to_each")
        ]

    def __str__(self) -> str:
        return f"{self.appraisal_id} {self.get_recipient_display()}"

"""举报 and 申诉: what readers and authors say against a text or against a decision about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..states import AppealState, ReportState
from .review import Review


class ReportReason(models.TextChoices):
    """举报原因."""

    ABUSE = "abuse", _("辱骂、攻击他人")
    PRIVACY = "privacy", _("泄露个人信息")
    FALSE = "false", _("虚假信息、传言")
    ADVERT = "advert", _("广告、刷屏")
    UNLAWFUL = "unlawful", _("其他违法和不良信息")


class Report(models.Model):
    """举报 of one public text by one reader; `reporter` is empty for a visitor, whose browser cannot be told again."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="reports", verbose_name=_("被举报的内容"))
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("举报人")
    )
    reason = models.CharField(_("举报原因"), max_length=10, choices=ReportReason)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    text = models.TextField(_("举报时的公开文本"), blank=True)
    created_at = models.DateTimeField(_("举报时间"))
    due_on = models.DateField(_("办理时限"))
    state = models.CharField(
        _("状态"),
        max_length=10,
        choices=[
            (ReportState.OPEN.value, _("待处理")),
            (ReportState.UPHELD.value, _("举报成立")),
            (ReportState.DISMISSED.value, _("举报不成立")),
        ],
        default=ReportState.OPEN.value,
    )
    answer = models.CharField(_("处理说明"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("处理人")
    )
    decided_at = models.DateTimeField(_("处理时间"), null=True, blank=True)
    is_reminded = models.BooleanField(_("已催办"), default=False)

    class Meta:
        verbose_name = _("举报")
        verbose_name_plural = _("举报")
        constraints = [
            models.UniqueConstraint(
                fields=["review", "reporter"], condition=Q(reporter__isnull=False), name="report_once_per_reader"
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(decided_at__isnull=False), name="report_decided_has_a_date"
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on", "id"], name="report_queue")]

    def __str__(self) -> str:
        return f"{self.review_id} {self.reason}"


class Appeal(models.Model):
    """申诉 of the author against one decision; decided once, by somebody else than who took it."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="appeals", verbose_name=_("申诉的内容"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("申诉人"))
    against = models.CharField(_("不服的决定"), max_length=12)  # a ReviewState
    round = models.PositiveSmallIntegerField(_("第几次送审"))
    decided_first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("原决定人")
    )
    decided_first_at = models.DateTimeField(_("原决定时间"), null=True, blank=True)
    text = models.TextField(_("申诉理由"))
    created_at = models.DateTimeField(_("申诉时间"))
    due_on = models.DateField(_("办理时限"))
    state = models.CharField(
        _("状态"),
        max_length=10,
        choices=[
            (AppealState.OPEN.value, _("待处理")),
            (AppealState.GRANTED.value, _("申诉成立")),
            (AppealState.REFUSED.value, _("维持原决定")),
        ],
        default=AppealState.OPEN.value,
    )
    answer = models.TextField(_("答复"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("答复人")
    )
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    is_reminded = models.BooleanField(_("已催办"), default=False)

    class Meta:
        verbose_name = _("申诉")
        verbose_name_plural = _("申诉")
        constraints = [
            models.UniqueConstraint(fields=["review", "decided_first_at"], name="appeal_once_for_each_decision"),
            models.CheckConstraint(
                condition=Q(state="open") | ~Q(answered_by=models.F("decided_first_by")),
                name="appeal_by_another_person",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on", "id"], name="appeal_queue")]

    def __str__(self) -> str:
        return f"{self.review_id} {self.against}"

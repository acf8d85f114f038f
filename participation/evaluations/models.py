"""评价轮次: who is asked, who answered, and what. The owner (a reply) holds the round."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .states import RoundState, Value

VALUES = [
    (Value.SATISFIED.value, _("满意")),
    (Value.BASICALLY.value, _("基本满意")),
    (Value.DISSATISFIED.value, _("不满意")),
]


class Round(models.Model):
    """评价轮次: open for a number of days; whoever has not answered by then has given no rating."""

    opened_on = models.DateField(_("开始"))
    closes_on = models.DateField(_("截止"))
    state = models.CharField(
        _("状态"),
        max_length=8,
        choices=[(RoundState.OPEN.value, _("进行中")), (RoundState.CLOSED.value, _("已结束"))],
        default=RoundState.OPEN.value,
    )
    closed_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("评价轮次")
        verbose_name_plural = _("评价轮次")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opened_on")), name="round_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.opened_on}—{self.closes_on}"


class Rater(models.Model):
    """评价人: one person asked in one round; `key` names somebody without an account (the owner's own key)."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="raters", verbose_name=_("轮次"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("用户")
    )
    key = models.CharField(_("无账号者的标识"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("评价人")
        verbose_name_plural = _("评价人")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "user"], condition=models.Q(user__isnull=False), name="rater_once_by_user"
            ),
            models.UniqueConstraint(fields=["round", "key"], condition=~models.Q(key=""), name="rater_once_by_key"),
            models.CheckConstraint(
                condition=models.Q(user__isnull=False) ^ ~models.Q(key=""), name="rater_is_user_or_key"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.user_id or self.key}"


class Answer(models.Model):
    """评价: given once; shown as a value only where the rater chose 公开我的评价."""

    rater = models.OneToOneField(Rater, models.CASCADE, related_name="answer", verbose_name=_("评价人"))
    value = models.CharField(_("满意度"), max_length=20, choices=VALUES)
    reason = models.TextField(_("理由"), blank=True)
    is_public = models.BooleanField(_("公开我的评价"), default=False)
    answered_at = models.DateTimeField(_("评价时间"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("代填人")
    )

    class Meta:
        verbose_name = _("评价")
        verbose_name_plural = _("评价")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(value="dissatisfied") | ~models.Q(reason=""), name="answer_dissatisfied_says_why"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rater_id} {self.get_value_display()}"

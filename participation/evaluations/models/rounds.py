"""评价轮次、评价人: who is asked about what, and who has answered."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..rules import ClassRule
from ..states import Channel, Question, Roll, RoundState, Source
from .publications import SOURCES, Publication

ROLLS = [
    (Roll.PROPOSERS.value, _("提出人")),
    (Roll.MEMBERS.value, _("议事代表（议事员）")),
    (Roll.LISTED.value, _("导入的名单")),
    (Roll.VERIFIED.value, _("已核验的居民")),
]
CHANNELS = [
    (Channel.WEB.value, _("本平台")),
    (Channel.LINK.value, _("回访链接")),
    (Channel.PHONE.value, _("电话回访")),
    (Channel.PAPER.value, _("现场纸质票")),
]
QUESTIONS = [
    (Question.SOLVED.value, _("解决程度")),
    (Question.ATTITUDE.value, _("办理态度")),
    (Question.SPEED.value, _("办理速度")),
    (Question.COMMENT.value, _("意见")),
]


class Round(models.Model):
    """评价轮次: one question to one roll, open between two days; whoever has not answered by then has given no rating.

    Questions, raters and rule are frozen by triggers of the database once there is an answer (`is_frozen`). A secret
    round keeps who took part (`Rater.answered_on`) and what was said (`SecretAnswer`) apart.
    """

    kind = models.CharField(_("评价类别"), max_length=24, default="ledger")
    source = models.CharField(_("评价主体"), max_length=8, choices=SOURCES, default=Source.RESIDENT.value)
    title = models.CharField(_("评价内容"), max_length=200, blank=True)
    division = models.ForeignKey(
        "jurisdictions.Division", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("区划")
    )
    unit = models.ForeignKey(
        "accounts.HandlingUnit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("被评价单位")
    )
    subject_kind = models.CharField(_("对象类型"), max_length=40, blank=True)
    subject_key = models.CharField(_("对象编号"), max_length=80, blank=True)
    roll = models.CharField(_("评价人范围"), max_length=10, choices=ROLLS, default=Roll.PROPOSERS.value)
    roll_size = models.PositiveIntegerField(_("名册人数"), null=True, blank=True)
    is_secret = models.BooleanField(_("无记名"), default=False)
    questions = models.JSONField(_("附加问题"), default=list, blank=True)
    class_rule = models.JSONField(_("等次规则"), null=True, blank=True)
    is_frozen = models.BooleanField(_("已有评价"), default=False, editable=False)
    opened_on = models.DateField(_("开始"))
    closes_on = models.DateField(_("截止"))
    state = models.CharField(
        _("状态"),
        max_length=10,
        choices=[
            (RoundState.OPEN.value, _("进行中")),
            (RoundState.CLOSED.value, _("已结束")),
            (RoundState.CONFIRMED.value, _("结果已确认")),
        ],
        default=RoundState.OPEN.value,
    )
    closed_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("确认人")
    )
    confirmed_on = models.DateField(_("确认日期"), null=True, blank=True)
    publication = models.ForeignKey(
        Publication, models.PROTECT, null=True, blank=True, related_name="rounds", verbose_name=_("公布")
    )

    class Meta:
        verbose_name = _("评价轮次")
        verbose_name_plural = _("评价轮次")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opened_on")), name="round_ends_after_start"
            )
        ]
        indexes = [
            models.Index(fields=["state", "closes_on"], name="round_by_end"),
            models.Index(fields=["subject_kind", "subject_key"], name="round_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.get_source_display()} {self.opened_on}—{self.closes_on}"

    def is_open_on(self, day: date) -> bool:
        return self.state == RoundState.OPEN and self.opened_on <= day <= self.closes_on

    @property
    def is_open(self) -> bool:
        return self.is_open_on(timezone.localdate())

    @property
    def rule(self) -> ClassRule | None:
        return ClassRule(**self.class_rule) if self.class_rule else None


class Rater(models.Model):
    """评价人: one person asked in one round; `key` names somebody without an account (the owner's own key).

    `answered_on` says that this person took part, to the day; on paper it means that a ballot was handed out.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="raters", verbose_name=_("轮次"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("用户")
    )
    key = models.CharField(_("无账号者的标识"), max_length=40, blank=True)
    answered_on = models.DateField(_("评价日期"), null=True, blank=True)
    channel = models.CharField(_("方式"), max_length=6, choices=CHANNELS, blank=True)

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

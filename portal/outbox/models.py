"""发件箱: who must be told what, by which way, and what became of it."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from . import rules
from .states import DeliveryState, NoticeResult, NoticeTaskState


class Message(models.Model):
    """消息: one event told to one person; it is also the row of the in-site inbox."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("收件人"), related_name="messages"
    )
    event = models.CharField(_("事件"), max_length=160)
    kind = models.CharField(_("类型"), max_length=40)
    subject_kind = models.CharField(_("对象类型"), max_length=40, blank=True)
    subject_key = models.CharField(_("对象编号"), max_length=80, blank=True)
    title = models.CharField(_("标题"), max_length=200)
    body = models.TextField(_("正文"), blank=True)
    url = models.CharField(_("链接"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("产生时间"), auto_now_add=True)
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("消息")
        verbose_name_plural = _("消息")
        constraints = [models.UniqueConstraint(fields=["recipient", "event"], name="message_once_per_event")]
        indexes = [
            models.Index(fields=["recipient", "-created_at", "-id"], name="message_inbox"),
            models.Index(fields=["recipient"], condition=Q(read_at=None), name="message_unread"),
            models.Index(fields=["event"], name="message_event"),
        ]

    def __str__(self) -> str:
        return self.title


class Delivery(models.Model):
    """投递: one message by one channel. The claim is committed before anything leaves the house."""

    class State(models.TextChoices):
        QUEUED = DeliveryState.QUEUED.value, _("待发送")
        SENDING = DeliveryState.SENDING.value, _("发送中")
        SENT = DeliveryState.SENT.value, _("已送达")
        UNCERTAIN = DeliveryState.UNCERTAIN.value, _("不确定是否发出")
        FAILED = DeliveryState.FAILED.value, _("未能发出")
        CANCELLED = DeliveryState.CANCELLED.value, _("不再发送")

    class Channel(models.TextChoices):
        SITE = "site", _("站内")
        EMAIL = "email", _("邮件")
        DIGEST = "digest", _("每日汇总邮件")
        SMS = "sms", _("短信")
        WECHAT = "wechat", _("微信")
        VISIT = "visit", _("电话或上门")

    message = models.ForeignKey(Message, models.CASCADE, verbose_name=_("消息"), related_name="deliveries")
    digest = models.ForeignKey(
        "Digest", models.PROTECT, verbose_name=_("汇总邮件"), null=True, blank=True, related_name="deliveries"
    )  # set once, when the summary is put together
    channel = models.CharField(_("渠道"), max_length=8, choices=Channel)
    state = models.CharField(_("状态"), max_length=9, choices=State, default=State.QUEUED.value)
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    due_at = models.DateTimeField(_("最早发送时间"))
    claim = models.CharField(_("认领标识"), max_length=32, blank=True, editable=False)
    claimed_at = models.DateTimeField(_("认领时间"), null=True, blank=True)
    finished_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    problem = models.CharField(_("原因"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("投递")
        verbose_name_plural = _("投递")
        constraints = [models.UniqueConstraint(fields=["message", "channel"], name="delivery_once_per_channel")]
        indexes = [
            models.Index(fields=["channel", "due_at", "id"], condition=Q(state="queued"), name="delivery_due"),
            models.Index(fields=["claimed_at"], condition=Q(state="sending"), name="delivery_claimed"),
            models.Index(fields=["-due_at"], condition=Q(state__in=["uncertain", "failed"]), name="delivery_for_staff"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}：{self.message}"


class Preference(models.Model):
    """接收设置: how often one kind of message leaves the site by one channel; no row means as usual.

    `kind` is empty for every kind without a row of its own, and DIGESTS for the daily summary as such.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", _("邮件")
        SMS = "sms", _("短信")

    class Frequency(models.TextChoices):
        IMMEDIATE = rules.IMMEDIATE, _("立即")
        DAILY = rules.DAILY, _("每日汇总")
        NONE = rules.NONE, _("不要")
        AUTO = rules.AUTO, _("收不到邮件时才发")

    DIGESTS = "@digest"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("用户"), related_name="message_preferences"
    )
    kind = models.CharField(_("类型"), max_length=40, blank=True)
    channel = models.CharField(_("渠道"), max_length=5, choices=Channel)
    frequency = models.CharField(_("频率"), max_length=9, choices=Frequency)

    class Meta:
        verbose_name = _("接收设置")
        verbose_name_plural = _("接收设置")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "channel"], name="preference_once_per_kind_channel")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.channel} {self.frequency}"


class DigestHour(models.Model):
    """At what hour of the day somebody wants the summary; no row: OUTBOX_DIGEST_HOUR."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("用户"), related_name="digest_hour"
    )
    hour = models.PositiveSmallIntegerField(_("时刻"), validators=[MaxValueValidator(23)])

    def __str__(self) -> str:
        return f"{self.user_id} {self.hour}"


class Digest(models.Model):
    """每日汇总: one mail of one day to one person. The row is made once, together with what stands in it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("收件人"), related_name="digests")
    day = models.DateField(_("日期"))

    class Meta:
        verbose_name = _("每日汇总")
        verbose_name_plural = _("每日汇总")
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="digest_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.user_id}"


class ChannelRest(models.Model):
    """A channel that did not answer is left alone for a while, longer each time; no row: it answers."""

    channel = models.CharField(_("渠道"), max_length=8, unique=True)
    failures = models.PositiveIntegerField(_("连续失败次数"), default=0)
    since = models.DateTimeField(_("不通自"))
    until = models.DateTimeField(_("暂停到"))
    problem = models.CharField(_("原因"), max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.channel} {self.problem}"


class SmsDay(models.Model):
    """How many text messages (as billed) left on one day; decides whether the next one may."""

    day = models.DateField(_("日期"), unique=True)
    parts = models.PositiveIntegerField(_("计费条数"), default=0)

    def __str__(self) -> str:
        return f"{self.day} {self.parts}"


class NoticeTask(models.Model):
    """告知任务: somebody without mobile, e-mail or account is phoned or visited by staff, twice at most."""

    class State(models.TextChoices):
        OPEN = NoticeTaskState.OPEN.value, _("待告知")
        SECOND_TRY = NoticeTaskState.SECOND_TRY.value, _("待再次告知")
        TOLD = NoticeTaskState.TOLD.value, _("已告知")
        UNREACHED = NoticeTaskState.UNREACHED.value, _("未能告知")

    delivery = models.OneToOneField(Delivery, models.CASCADE, verbose_name=_("投递"), related_name="notice_task")
    division = models.ForeignKey(
        "jurisdictions.Division", models.PROTECT, verbose_name=_("区划"), null=True, blank=True
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("告知人"), null=True, blank=True, related_name="+"
    )  # whoever wrote down the words of somebody without an account; otherwise any staff of the division
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN.value)
    script = models.TextField(_("话术"))
    created_at = models.DateTimeField(_("产生时间"))

    class Meta:
        verbose_name = _("告知任务")
        verbose_name_plural = _("告知任务")
        indexes = [models.Index(fields=["state", "created_at"], name="notice_task_open")]

    def __str__(self) -> str:
        return self.script.partition("\n")[0][:60]


class NoticeTry(models.Model):
    """告知记录: who tried, by phone or at the door, and with what result."""

    class Way(models.TextChoices):
        PHONE = "phone", _("电话")
        DOOR = "door", _("上门")

    class Result(models.TextChoices):
        TOLD = NoticeResult.TOLD.value, _("已告知本人")
        ABSENT = NoticeResult.ABSENT.value, _("没有人接或不在家")
        WRONG_ADDRESS = NoticeResult.WRONG_ADDRESS.value, _("号码或地址不对")
        DECLINED = NoticeResult.DECLINED.value, _("本人表示不必再告知")

    task = models.ForeignKey(NoticeTask, models.CASCADE, verbose_name=_("告知任务"), related_name="tries")
    order = models.PositiveSmallIntegerField(_("第几次"))
    way = models.CharField(_("方式"), max_length=5, choices=Way)
    result = models.CharField(_("结果"), max_length=13, choices=Result)
    note = models.CharField(_("备注"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("办理人"), related_name="+")
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("告知记录")
        verbose_name_plural = _("告知记录")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["task", "order"], name="notice_try_once")]

    def __str__(self) -> str:
        return f"{self.order} {self.get_result_display()}"

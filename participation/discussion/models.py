"""讨论: a thread under whatever its owner is, and the comments in it."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from participation.moderation.models import Review
from portal.jurisdictions.models import Division

from .querysets import CommentQuerySet
from .states import Action, State, ThreadState

STATE_LABELS = {
    State.WAITING: _("待审核"),
    State.RETURNED: _("退回补正"),
    State.REJECTED: _("不予公开"),
    State.PUBLISHED: _("已公开"),
    State.WITHDRAWN: _("已撤回"),
}
ACTION_LABELS = {
    Action.WRITE: _("发表评论"),
    Action.TAKE: _("审核员领取"),
    Action.RELEASE: _("放回待审"),
    Action.PUBLISH: pgettext_lazy("history", "通过并公开"),
    Action.PUBLISH_UNREVIEWED: _("先发后审，直接公开"),
    Action.RETURN: pgettext_lazy("history", "退回补正"),
    Action.RESUBMIT: pgettext_lazy("history", "补正后重新提交"),
    Action.EDIT: _("作者修改"),
    Action.PUBLISH_EDIT: _("修改通过并公开"),
    Action.REFUSE_EDIT: _("修改未通过，保留原文"),
    Action.REJECT: pgettext_lazy("history", "不予公开"),
    Action.WITHDRAW: _("作者撤回"),
    Action.HIDE: pgettext_lazy("history", "隐去"),
    Action.CONFIRM_HIDING: _("复核隐去"),
    Action.RESTORE: pgettext_lazy("history", "恢复公开"),
    Action.RECONSIDER: pgettext_lazy("history", "申诉成立，重新审核"),
}


class Stance(models.TextChoices):
    """立场."""

    SUPPORT = "support", _("支持")
    OPPOSE = "oppose", _("反对")
    NEUTRAL = "neutral", _("中立")
    QUESTION = "question", _("提问")


class Capacity(models.TextChoices):
    """以什么身份发言."""

    RESIDENT = "resident", _("居民")
    MEMBER = "member", _("议事代表")
    DEPUTY = "deputy", _("人大代表")
    OFFICIAL = "official", _("官方答复")


class Thread(models.Model):
    """讨论. The owner holds a OneToOne to it; subject kind and key name the owner as in the trail."""

    subject_kind = models.CharField(_("对象类型"), max_length=40)
    subject_key = models.CharField(_("对象编号"), max_length=80)
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("区划"))
    state = models.CharField(
        _("状态"),
        max_length=8,
        choices=[(ThreadState.OPEN.value, _("进行中")), (ThreadState.CLOSED.value, _("已结束"))],
        default=ThreadState.OPEN.value,
    )
    is_suspended = models.BooleanField(_("对象不再接受评论"), default=False)
    closes_on = models.DateField(_("讨论截止日期"), null=True, blank=True)
    summary = models.TextField(_("小结"), blank=True)
    # the words then stand in the review of the report, as evidence
    is_summary_hidden = models.BooleanField(_("小结已隐去"), default=False)
    closed_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("小结人")
    )
    opened_at = models.DateTimeField(_("开始时间"), auto_now_add=True)
    # kept by the services with every comment that comes or goes, so that no page counts
    comment_count = models.PositiveIntegerField(_("公开评论数"), default=0)
    support_count = models.PositiveIntegerField(_("支持"), default=0)
    oppose_count = models.PositiveIntegerField(_("反对"), default=0)
    neutral_count = models.PositiveIntegerField(_("中立"), default=0)
    question_count = models.PositiveIntegerField(_("提问"), default=0)
    last_comment_at = models.DateTimeField(_("最近评论"), null=True, blank=True)

    class Meta:
        verbose_name = _("讨论")
        verbose_name_plural = _("讨论")
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_key"], name="thread_once_per_subject"),
            models.CheckConstraint(
                condition=~models.Q(state="closed") | ~models.Q(summary="") | models.Q(is_summary_hidden=True),
                name="thread_closed_has_summary",
            ),
            models.CheckConstraint(
                condition=models.Q(is_summary_hidden=False) | models.Q(summary=""), name="thread_summary_hidden_is_gone"
            ),
        ]
        indexes = [
            models.Index(fields=["division", "state", "-last_comment_at"], name="thread_division"),
            models.Index(fields=["state", "closes_on"], name="thread_closing"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_key}"

    def get_absolute_url(self) -> str:
        return reverse("discussion:thread", args=[self.pk])

    @property
    def key(self) -> str:
        return str(self.pk)

    @property
    def is_closed(self) -> bool:
        return self.state == ThreadState.CLOSED

    @property
    def stances(self) -> list[tuple[str, int]]:
        """Word and count, for comments with a stance."""
        return [(str(stance.label), getattr(self, f"{stance.value}_count")) for stance in Stance]


class Comment(models.Model):
    """评论. `body` is what is public: empty before, when hidden and when withdrawn; the original stands in `review`.

    Two visible levels: `parent` is the comment under which it stands, `reply_to` the one that it quotes.
    """

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="comments", verbose_name=_("讨论"))
    review = models.OneToOneField(Review, models.PROTECT, related_name="+", verbose_name=_("审核"))
    state = models.CharField(_("状态"), max_length=12, choices=list(STATE_LABELS.items()), default=State.WAITING.value)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies", verbose_name=_("上级评论")
    )
    reply_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("回复")
    )
    reply_rank = models.PositiveIntegerField(_("第几条回复"), default=0)  # given on publication, never again
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("作者"))
    author_label = models.CharField(_("公开署名"), max_length=60, blank=True)
    capacity = models.CharField(_("身份"), max_length=8, choices=Capacity, default=Capacity.RESIDENT.value)
    stance = models.CharField(_("立场"), max_length=8, choices=Stance, blank=True)
    body = models.TextField(_("公开文本"), blank=True)
    submitted_at = models.DateTimeField(_("提交时间"))
    published_at = models.DateTimeField(_("公开时间"), null=True, blank=True)
    edited_at = models.DateTimeField(_("修改时间"), null=True, blank=True)
    is_edit_waiting = models.BooleanField(_("修改待审核"), default=False)
    hidden_at = models.DateTimeField(_("隐去时间"), null=True, blank=True)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("隐去人")
    )
    hiding_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("复核人")
    )
    hiding_note = models.CharField(_("隐去的公开说明"), max_length=200, blank=True)
    is_listed = models.BooleanField(_("在页面上"), default=False)  # public, or a placeholder
    helpful_count = models.PositiveIntegerField(_("有帮助"), default=0)
    reply_count = models.PositiveIntegerField(_("公开回复数"), default=0)
    reply_serial = models.PositiveIntegerField(_("已排到第几条回复"), default=0)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("评论")
        verbose_name_plural = _("评论")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(body="") | models.Q(state="published", hidden_at__isnull=True),
                name="comment_text_only_while_public",
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | models.Q(stance=""), name="comment_reply_has_no_stance"
            ),
        ]
        indexes = [
            # partial, so that no page is sorted: PostgreSQL does not take `parent IS NULL` for a constant, nor SQLite a
            # bare boolean
            models.Index(
                fields=["thread", "published_at", "id"],
                condition=models.Q(is_listed=True, parent__isnull=True),
                name="comment_by_time",
            ),
            models.Index(
                fields=["thread", "helpful_count", "id"],
                condition=models.Q(is_listed=True, parent__isnull=True),
                name="comment_by_helpful",
            ),
            models.Index(
                fields=["parent", "published_at", "id"], condition=models.Q(is_listed=True), name="comment_replies"
            ),
            models.Index(fields=["parent", "reply_rank"], name="comment_first_replies"),
            models.Index(fields=["thread", "capacity", "published_at", "id"], name="comment_by_capacity"),
            models.Index(fields=["author", "-submitted_at", "-id"], name="comment_of_author"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("discussion:comment", args=[self.pk])

    @property
    def key(self) -> str:
        return str(self.pk)

    @property
    def anchor(self) -> str:
        return f"c{self.pk}"

    @property
    def is_public(self) -> bool:
        return self.state == State.PUBLISHED and self.hidden_at is None

    @property
    def has_badge(self) -> bool:
        return self.capacity != Capacity.RESIDENT


class CommentText(models.Model):
    """公开过的文本: one row for every text that was public, the latest last; shown as the history of edits."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="texts", verbose_name=_("评论"))
    body = models.TextField(_("公开文本"))
    published_at = models.DateTimeField(_("公开时间"))

    class Meta:
        verbose_name = _("公开过的文本")
        verbose_name_plural = _("公开过的文本")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.comment_id} {self.published_at:%Y-%m-%d}"


class Helpful(models.Model):
    """有帮助: one person, one comment, once."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="helpful", verbose_name=_("评论"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("用户"))
    created_at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("有帮助")
        verbose_name_plural = _("有帮助")
        constraints = [models.UniqueConstraint(fields=["comment", "user"], name="helpful_once")]

    def __str__(self) -> str:
        return str(self.comment_id)

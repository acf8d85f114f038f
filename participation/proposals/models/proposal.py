"""居民建议: one matter a resident raised."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.search import index

from participation.discussion.models import Thread
from participation.ledger.models import Category, CategoryGroup, LedgerItem, MatterLevel
from participation.moderation.models import Review
from portal.jurisdictions.models import Division

from ..querysets import ProposalQuerySet
from ..rules.naming import generated_title
from ..states import OPEN_TO_SUPPORT, STORED, Action, State

STATE_LABELS = {
    State.DRAFT: _("草稿"),
    State.SUBMITTED: _("已提交"),
    State.UNDER_REVIEW: _("审核中"),
    State.RETURNED: _("退回补正"),
    State.REJECTED: _("不予公开"),
    State.DIVERTED: _("已告知其他渠道"),
    State.PUBLISHED: _("已公开"),
    State.SCREENING: _("筛选中"),
    State.ADOPTED: _("已采纳"),
    State.NOT_ADOPTED: _("未采纳"),
    State.MERGED: _("已并案"),
    State.WITHDRAWN: _("已撤回"),
    State.VOIDED: _("已作废"),
    State.IMPORTED: _("历史导入"),
    State.REPLIED_IMPORTED: _("已答复（历史导入）"),
}

# Words for the timeline and the reviewers' history.
ACTION_LABELS = {
    Action.SUBMIT: pgettext_lazy("history", "提交"),
    Action.TAKE: _("审核员领取"),
    Action.RELEASE: _("放回待审"),
    Action.PUBLISH: pgettext_lazy("history", "通过并公开"),
    Action.RETURN: pgettext_lazy("history", "退回补正"),
    Action.RESUBMIT: pgettext_lazy("history", "补正后重新提交"),
    Action.REJECT: pgettext_lazy("history", "不予公开"),
    Action.DIVERT: pgettext_lazy("history", "告知其他渠道"),
    Action.MERGE: pgettext_lazy("history", "并案"),
    Action.WITHDRAW: _("建议人撤回"),
    Action.START_SCREENING: pgettext_lazy("history", "进入筛选"),
    Action.ADOPT: pgettext_lazy("history", "采纳"),
    Action.DECLINE: _("未采纳"),
    Action.TRANSFER: pgettext_lazy("history", "转其他街道"),
    Action.CLASSIFY: pgettext_lazy("history", "改分类"),
    Action.HIDE: pgettext_lazy("history", "隐去"),
    Action.CONFIRM_HIDING: _("复核隐去"),
    Action.RESTORE: pgettext_lazy("history", "恢复公开"),
    Action.RECONSIDER: pgettext_lazy("history", "申诉成立，重新审核"),
    Action.VOID: pgettext_lazy("history", "作废"),
    Action.IMPORT: _("历史导入"),
    Action.RECEIVE_IMPORTED_REPLY: _("补充来源答复"),
    Action.PUBLISH_IMPORT: pgettext_lazy("history", "公开历史导入"),
}


class Channel(models.TextChoices):
    """渠道: how the words reached us."""

    ONLINE = "online", _("线上征集")
    HOME_VISIT = "home_visit", _("入户走访")
    GROUP_CHAT = "group_chat", _("议事群")
    CALL = "call", _("来电")
    WALK_IN = "walk_in", _("来访")
    DEPUTY_VISIT = "deputy_visit", _("代表走访")
    MEMBER_VISIT = "member_visit", _("议事代表走访")


class Route(models.TextChoices):
    """去向: what an adopted proposal becomes."""

    TOPIC = "topic", _("列为议题")
    QUICK = "quick", _("快速办理")
    MICRO_DEED = "micro_deed", _("列为民生微实事")
    LIVELIHOOD = "livelihood", _("列为民生实事候选项目")
    DEPUTY_SUGGESTION = "deputy_suggestion", _("商请人大代表提出代表建议")
    REFERENCE = "reference", _("留作参考")


class Proposal(index.Indexed, models.Model):
    """居民建议. `title`, `body` and `author_label` are what is public: empty before, and always when confidential.

    What the resident wrote stands in `review` (and is shown to the author and to staff in scope only), so no page,
    feed, search index or export made from this table can leak it.
    """

    number = models.CharField(_("受理编号"), max_length=30, unique=True)
    last_six = models.CharField(_("编号后六位"), max_length=12, db_index=True, editable=False)
    review = models.OneToOneField(Review, models.PROTECT, related_name="+", verbose_name=_("审核"))
    state = models.CharField(_("状态"), max_length=20, choices=list(STATE_LABELS.items()))
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("街道（乡镇）"))
    community = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("社区（村）")
    )
    category_group = models.CharField(
        _("大类"), max_length=16, choices=CategoryGroup, default=CategoryGroup.UNSURE.value
    )
    category = models.CharField(_("类别"), max_length=24, choices=Category, default=Category.UNSORTED.value)
    channel = models.CharField(_("渠道"), max_length=16, choices=Channel, default=Channel.ONLINE.value)

    title = models.CharField(_("标题"), max_length=200, blank=True)
    body = models.TextField(_("内容"), blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("建议人")
    )
    author_label = models.CharField(_("公开署名"), max_length=60, blank=True)
    shows_nickname = models.BooleanField(_("公开昵称"), default=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("代填人")
    )
    is_confidential = models.BooleanField(_("保密"), default=False)

    submitted_at = models.DateTimeField(_("提交时间"))
    published_at = models.DateTimeField(_("公开时间"), null=True, blank=True)
    state_since = models.DateTimeField(_("进入当前状态的时间"))
    public_reason = models.TextField(_("公开的理由"), blank=True)
    route = models.CharField(_("去向"), max_length=20, choices=Route, blank=True)
    matter_level = models.CharField(_("事权"), max_length=8, choices=MatterLevel, blank=True)
    diverted_to = models.CharField(_("告知的渠道"), max_length=16, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("并入")
    )
    transferred_from = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("转自")
    )
    hidden_at = models.DateTimeField(_("隐去时间"), null=True, blank=True)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("隐去人")
    )
    hiding_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("复核人")
    )
    # set by adoption; once it is assigned, the proposal's progress is the item's state (architecture.md, 2)
    ledger_item = models.OneToOneField(
        LedgerItem, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("台账事项")
    )
    # made with publication; imports and confidential ones have none
    thread = models.OneToOneField(
        Thread, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("讨论")
    )
    support_count = models.PositiveIntegerField(_("附议数"), default=0)

    source = models.CharField(_("来源"), max_length=60, blank=True)
    external_number = models.CharField(_("来源编号"), max_length=80, blank=True)
    source_supports = models.PositiveIntegerField(_("来源点赞数"), null=True, blank=True)
    source_opposes = models.PositiveIntegerField(_("来源点踩数"), null=True, blank=True)
    reply_text = models.TextField(_("来源答复"), blank=True)
    replied_on = models.DateField(_("来源答复日期"), null=True, blank=True)
    reply_unit = models.CharField(_("来源答复单位"), max_length=120, blank=True)

    objects = ProposalQuerySet.as_manager()

    search_fields = [
        index.SearchField("title", boost=2),
        index.SearchField("body"),
        index.SearchField("number"),
        index.FilterField("title"),
        index.FilterField("published_at"),
        index.FilterField("submitted_at"),
        index.FilterField("hidden_at"),
        index.FilterField("is_confidential"),
        index.FilterField("state"),
        index.FilterField("category_group"),
        index.FilterField("category"),
        index.FilterField("channel"),
        index.FilterField("support_count"),
        index.FilterField("division"),
        index.FilterField("community"),
        index.RelatedFields("division", [index.FilterField("path")]),
    ]

    class Meta:
        verbose_name = _("居民建议")
        verbose_name_plural = _("居民建议")
        ordering = ["-submitted_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=sorted(STORED)), name="proposal_state_is_known"),
            models.CheckConstraint(
                condition=Q(is_confidential=False) | Q(title="", body="", author_label="", reply_text=""),
                name="proposal_confidential_has_no_text",
            ),
            models.CheckConstraint(
                condition=Q(is_confidential=False) | Q(support_count=0), name="proposal_confidential_has_no_supports"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="proposal_not_merged_into_itself"
            ),
            models.UniqueConstraint(
                fields=["source", "external_number"], condition=~Q(source=""), name="proposal_once_per_source_number"
            ),
        ]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"],
                name="proposal_newest",
                condition=Q(published_at__isnull=False, hidden_at__isnull=True),
            ),
            models.Index(
                fields=["-support_count", "-id"],
                name="proposal_most_supported",
                condition=Q(published_at__isnull=False, hidden_at__isnull=True),
            ),
            models.Index(fields=["division", "-published_at", "-id"], name="proposal_division_newest"),
            models.Index(fields=["community", "-published_at", "-id"], name="proposal_community_newest"),
            models.Index(fields=["state", "-published_at", "-id"], name="proposal_state_newest"),
            models.Index(fields=["category_group", "-published_at", "-id"], name="proposal_group_newest"),
            models.Index(fields=["category", "-published_at", "-id"], name="proposal_category_newest"),
            models.Index(fields=["author", "-submitted_at"], name="proposal_author"),
            models.Index(fields=["-submitted_at", "-id"], name="proposal_submitted"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.display_title}"

    def get_absolute_url(self) -> str:
        return reverse("proposals:detail", args=[self.number])

    @classmethod
    def get_indexed_objects(cls) -> ProposalQuerySet:
        """Only what anyone may read enters the index; `services.moves` takes out what no longer is."""
        return cls.objects.readable()

    @property
    def is_public(self) -> bool:
        return self.published_at is not None and self.hidden_at is None

    @property
    def is_readable(self) -> bool:
        return self.is_public and not self.is_confidential and bool(self.title)

    @property
    def is_imported(self) -> bool:
        return bool(self.source)

    @property
    def is_open_to_support(self) -> bool:
        return self.is_readable and self.state in OPEN_TO_SUPPORT

    @property
    def is_assigned(self) -> bool:
        """已交办: what goes on from here stands in the ledger. Reads `ledger_item`."""
        return self.state == State.ADOPTED and self.ledger_item is not None and self.ledger_item.is_taken_up

    @property
    def shown_state(self) -> str:
        """The state in words: its own until it is assigned, from then on the stage of its ledger item."""
        if self.is_assigned and self.ledger_item is not None:
            return str(self.ledger_item.stage_label)
        return str(self.get_state_display())

    @property
    def own_title(self) -> str:
        """The title for the author and staff: as written, or made from the body. Reads `review`."""
        return self.review.original_title or generated_title(self.review.original_body)

    @property
    def display_title(self) -> str:
        """The title anyone may see."""
        if self.is_confidential:
            return str(_("保密件"))
        return self.title or str(_("（未公开）"))

"""台账事项: one matter from its entry to its close-off."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import HandlingUnit
from portal.jurisdictions.models import Division

from ..querysets import LedgerItemQuerySet
from ..states import ANSWERED, ELSEWHERE, NOT_TAKEN_UP, OPEN, STAGE_OF, Action, Routing, Stage, State
from .category import Category

STATE_LABELS = {
    State.ASSIGNING: _("待交办"),
    State.ASSIGNED: _("已交办，待签收"),
    State.REASSIGN: _("退回，待重新交办"),
    State.HANDLING: _("办理中"),
    State.PAUSED: _("暂停办理"),
    State.SIGN_OFF: _("答复待签发"),
    State.REPLIED: _("已答复，待办结"),
    State.COMPLETED: _("已办结，待销号"),
    State.DECIDING: _("待工委研究"),
    State.CLOSED_OFF: _("已销号"),
    State.SUGGESTED: _("已商请人大代表提出代表建议"),
    State.PROPOSED: _("代表已提出代表建议，待答复"),
    State.HOTLINE: _("已转12345热线"),
    State.IMPORTED: _("历史导入，未答复"),
    State.REPLIED_IMPORTED: _("历史导入，已答复"),
    State.VOIDED: _("已作废"),
}

STAGE_LABELS = {
    Stage.ASSIGNING: _("待交办"),
    Stage.ASSIGNED: _("已交办"),
    Stage.HANDLING: _("办理中"),
    Stage.REPLIED: _("已答复"),
    Stage.COMPLETED: _("已办结"),
    Stage.CLOSED_OFF: _("已销号"),
    Stage.SUGGESTED: _("已商请人大代表提出代表建议"),
    Stage.HOTLINE: _("已转12345热线"),
    Stage.IMPORTED: _("历史导入"),
    Stage.VOIDED: _("已作废"),
}

# Words for the timeline.
ACTION_LABELS = {
    Action.OPEN: _("登记入台账"),
    Action.IMPORT: _("历史导入"),
    Action.CLASSIFY: _("分类"),
    Action.ASSIGN: _("交办"),
    Action.SIGN_FOR: _("签收"),
    Action.RETURN: _("退回（不属本单位职责）"),
    Action.ADD_CO_UNIT: _("增加协办单位"),
    Action.CO_REPLY: _("协办单位提出办理意见"),
    Action.NOTE_PROGRESS: _("办理进展"),
    Action.CONTACT: _("与提出人联系"),
    Action.REQUEST_EXTENSION: _("申请延期"),
    Action.APPROVE_EXTENSION: _("批准延期"),
    Action.REFUSE_EXTENSION: _("不批准延期"),
    Action.PAUSE: _("暂停办理"),
    Action.RESUME: _("恢复办理"),
    Action.DRAFT_REPLY: _("拟写答复"),
    Action.SEND_BACK_REPLY: _("答复退回修改"),
    Action.SIGN_REPLY: _("答复"),
    Action.CORRECT_REPLY: _("更正答复"),
    Action.FEED_BACK: _("向提出人反馈"),
    Action.COMPLETE: _("办结"),
    Action.RATE: _("提出人评价"),
    Action.ASK_AGAIN: _("回访提出人：解决了吗？"),
    Action.START_REWORK: _("重新办理"),
    Action.REFER: _("提请工委研究"),
    Action.DECIDE_REWORK: _("工委决定再次办理"),
    Action.DECIDE_TO_KEEP: _("工委决定维持答复"),
    Action.DELIVER_COMMITMENT: _("承诺事项已落实"),
    Action.WITHDRAW_COMMITMENT: _("承诺事项撤回"),
    Action.CLOSE_OFF: _("销号"),
    Action.OBJECT: _("对销号提出异议"),
    Action.ACCEPT_OBJECTION: _("异议成立，恢复办理"),
    Action.REFUSE_OBJECTION: _("异议不成立"),
    Action.SUGGEST: _("商请人大代表提出代表建议"),
    Action.ASK_MORE: _("增加商请的代表"),
    Action.PROPOSE: _("代表提出代表建议"),
    Action.DECLINE: _("代表不提出代表建议"),
    Action.NOTE_REPORT: _("登记书面报告"),
    Action.CONCLUDE: _("向提出人说明结果"),
    Action.HAND_TO_HOTLINE: _("转12345热线"),
    Action.RECORD_REPLY: _("登记收到的答复"),
    Action.TAKE_BACK: _("收回，重新研究去向"),
    Action.DECIDE_TO_ROUTE: _("工委决定重新研究去向"),
    Action.REOPEN: _("异议成立，重新研究去向"),
    Action.TAKE_UP: _("历史导入转为办理"),
    Action.RECEIVE_IMPORTED_REPLY: _("补充来源答复"),
    Action.PUBLISH_IMPORT: _("公开历史导入"),
    Action.REMIND: _("催办"),
    Action.HIDE: _("隐去"),
    Action.RESTORE: _("恢复公开"),
    Action.VOID: _("作废"),
}


class Source(models.TextChoices):
    """来源: what the matter was when it reached the ledger; the basis of its clock depends on it."""

    PROPOSAL = "proposal", _("居民建议")
    COUNCIL_OPINION = "council_opinion", _("居民议事会意见")
    MEMBER_OPINION = "member_opinion", _("议事代表意见建议")
    RECEPTION = "reception", _("代表接待")
    SNAP = "snap", _("随手拍")
    MESSAGE = "deputy_message", _("码上找代表")
    INSPECTION = "inspection", _("视察、执法检查")
    SPECIAL_REPORT = "special_report", _("专项工作报告")
    VISIT = "visit", _("走访")
    DEPUTY_SUGGESTION = "deputy_suggestion", _("代表建议")
    IMPORT = "import", _("历史导入")


# residents' proposals are entered as such, imports imported
NOT_BY_HAND = frozenset({Source.PROPOSAL.value, Source.IMPORT.value})


class MatterLevel(models.TextChoices):
    """事权: whose matter it is (C31)."""

    OWN = "own", _("属于本级")
    UPPER = "upper", _("属于上级事权")


ROUTING_LABELS = {
    Routing.UNIT: _("交承办单位办理"),
    Routing.DEPUTIES: _("商请人大代表提出代表建议"),
    Routing.HOTLINE: _("转12345热线"),
}


class Priority(models.TextChoices):
    NORMAL = "normal", _("一般")
    URGENT = "urgent", _("紧急")
    SUPERVISED = "supervised", _("重点督办")


_WITHOUT_UNIT = ["assigning", "reassign", "suggested", "proposed", "hotline", "imported", "replied_imported", "voided"]
_HANDLED_ELSEWHERE = ["deputies", "hotline"]


class LedgerItem(models.Model):
    """台账事项. Title and summary are the public ones; the owner's own words stay with the owner.

    `source_kind` and `source_key` name the owner as text, as the trail does: the ledger never looks upward. `leg`
    counts how often it is handled; each leg has its own clock and reply. Days are days in Shanghai.
    """

    reference = models.CharField(_("台账编号"), max_length=30, unique=True)
    source = models.CharField(_("来源"), max_length=20, choices=Source)
    source_kind = models.CharField(_("来源类型"), max_length=40, blank=True)
    source_key = models.CharField(_("来源编号"), max_length=80, blank=True)
    state = models.CharField(_("状态"), max_length=20, choices=list(STATE_LABELS.items()))
    state_since = models.DateTimeField(_("进入当前状态的时间"))
    leg = models.PositiveSmallIntegerField(_("第几次办理"), default=1)
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("街道（乡镇）"))
    community = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("社区（村）")
    )
    title = models.CharField(_("事项"), max_length=200)
    summary = models.TextField(_("内容"), blank=True)
    category = models.CharField(_("类别"), max_length=24, choices=Category, default=Category.UNSORTED.value)
    matter_level = models.CharField(_("事权"), max_length=8, choices=MatterLevel, default=MatterLevel.OWN.value)
    routing = models.CharField(
        _("去向"), max_length=8, choices=[(each.value, label) for each, label in ROUTING_LABELS.items()], blank=True
    )
    priority = models.CharField(_("等次"), max_length=12, choices=Priority, default=Priority.NORMAL.value)
    is_confidential = models.BooleanField(_("不公开"), default=False)
    confidential_reason = models.CharField(_("不公开的理由"), max_length=200, blank=True)

    unit = models.ForeignKey(
        HandlingUnit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("承办单位")
    )
    owner_name = models.CharField(_("责任人"), max_length=60, blank=True)
    hotline_number = models.CharField(_("12345工单号"), max_length=60, blank=True)

    raised_on = models.DateField(_("提出日期"))
    session_ended_on = models.DateField(_("会议结束日期"), null=True, blank=True)
    # what came with an import and is handled after all: from here on its clock runs
    taken_up_on = models.DateField(_("转为办理的日期"), null=True, blank=True)
    assigned_on = models.DateField(_("交办日期"), null=True, blank=True)
    leg_started_on = models.DateField(_("本次办理起始日期"), null=True, blank=True)
    signed_for_on = models.DateField(_("签收日期"), null=True, blank=True)
    replied_on = models.DateField(_("答复日期"), null=True, blank=True)
    completed_on = models.DateField(_("办结日期"), null=True, blank=True)
    completed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("办结人")
    )
    closed_off_on = models.DateField(_("销号日期"), null=True, blank=True)
    # a helper of the overdue filter, never shown: the clock is read from `rules.clock` (docs/ledger.md)
    due_on = models.DateField(_("到期日（筛选用）"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("公开时间"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("隐去时间"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("登记人")
    )
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    objects = LedgerItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("台账事项")
        verbose_name_plural = _("台账事项")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=sorted(State)), name="ledger_item_state_is_known"),
            models.CheckConstraint(
                condition=Q(is_confidential=False) | ~Q(confidential_reason=""), name="ledger_item_confidential_why"
            ),
            models.CheckConstraint(
                condition=Q(state__in=_WITHOUT_UNIT)
                | Q(unit__isnull=False, assigned_on__isnull=False)
                | Q(routing__in=_HANDLED_ELSEWHERE, unit__isnull=True),
                name="ledger_item_at_work_has_unit_and_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed_off") | Q(closed_off_on__isnull=False), name="ledger_item_closed_off_has_day"
            ),
            models.UniqueConstraint(
                fields=["source_kind", "source_key"], condition=~Q(source_key=""), name="ledger_item_once_per_source"
            ),
        ]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"],
                name="ledger_newest",
                condition=Q(published_at__isnull=False, hidden_at__isnull=True),
            ),
            models.Index(fields=["division", "-published_at", "-id"], name="ledger_division_newest"),
            models.Index(fields=["community", "-published_at", "-id"], name="ledger_community_newest"),
            models.Index(fields=["state", "-published_at", "-id"], name="ledger_state_newest"),
            models.Index(fields=["unit", "state", "assigned_on"], name="ledger_unit_work"),
            models.Index(fields=["category", "-published_at", "-id"], name="ledger_category_newest"),
            models.Index(fields=["unit", "-published_at", "-id"], name="ledger_unit_newest"),
            models.Index(fields=["source", "-published_at", "-id"], name="ledger_source_newest"),
            models.Index(fields=["due_on", "id"], name="ledger_due", condition=Q(due_on__isnull=False)),
            models.Index(fields=["division", "due_on", "id"], name="ledger_division_due"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.public_title}"

    def get_absolute_url(self) -> str:
        return reverse("ledger:detail", args=[self.reference])

    @property
    def is_public(self) -> bool:
        return self.published_at is not None and self.hidden_at is None

    @property
    def is_readable(self) -> bool:
        return self.is_public and not self.is_confidential

    @property
    def is_elsewhere(self) -> bool:
        """Handled by an upper level or by 12345: no unit of ours, no clock of ours."""
        return self.routing in ELSEWHERE

    @property
    def origin(self) -> str:
        """The source that the clock and X24 ask for: an import that was taken up is a resident's proposal."""
        return Source.PROPOSAL.value if self.taken_up_on else self.source

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_answered(self) -> bool:
        return self.state in ANSWERED

    @property
    def is_taken_up(self) -> bool:
        """It went somewhere: to a unit at least once, to deputies, to 12345."""
        return self.state not in NOT_TAKEN_UP

    @property
    def stage(self) -> Stage:
        return STAGE_OF[State(self.state)]

    @property
    def stage_label(self) -> Any:
        """Few public states in plain words (conventions.md 15)."""
        return STAGE_LABELS[self.stage]

    @property
    def public_title(self) -> str:
        """The title anyone may see."""
        return str(_("保密件")) if self.is_confidential else self.title

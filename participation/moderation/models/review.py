"""审核: one text under review, whoever owns it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.jurisdictions.models import Division

from ..querysets import ReviewQuerySet
from ..registry import OwnerSummary, owner_of
from ..rules import MarkedPiece, marked_pieces
from ..rules.differences import DifferentPiece, differences
from ..states import ReviewState

STATE_LABELS = {
    ReviewState.WAITING: _("待审核"),
    ReviewState.PUBLISHED: _("已通过"),
    ReviewState.RETURNED: _("已退回补正"),
    ReviewState.REJECTED: _("不予公开"),
    ReviewState.DIVERTED: _("已告知其他渠道"),
    ReviewState.MERGED: _("已并案"),
    ReviewState.HIDDEN: _("已隐去"),
    ReviewState.CLOSED: _("已结束"),
    ReviewState.IMPORTED: _("历史导入（待公开）"),
}


class Review(models.Model):
    """审核: the original text, what may be public of it, and who decided. The owner holds a OneToOne to it.

    The original and the personal data in it are readable here only; the owner copies the public text on publication.
    """

    kind = models.CharField(_("类型"), max_length=40)
    subject_key = models.CharField(_("编号"), max_length=80)
    division = models.ForeignKey(Division, models.PROTECT, verbose_name=_("区划"), related_name="+")
    is_confidential = models.BooleanField(_("保密件"), default=False)
    original_title = models.TextField(_("原标题"), blank=True)
    original_body = models.TextField(_("原文"), blank=True)
    public_title = models.TextField(_("公开标题"), blank=True)
    public_body = models.TextField(_("公开文本"), blank=True)
    hits = models.JSONField(_("命中"), default=list, blank=True)
    state = models.CharField(
        _("审核状态"), max_length=12, choices=list(STATE_LABELS.items()), default=ReviewState.WAITING.value
    )
    round = models.PositiveSmallIntegerField(_("第几次送审"), default=1)
    submitted_at = models.DateTimeField(_("送审时间"))
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("领取人")
    )
    claimed_at = models.DateTimeField(_("领取时间"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("审核人")
    )
    decided_at = models.DateTimeField(_("审核时间"), null=True, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("作者")
    )
    # who agreed that it stays hidden, never the one who hid it (decisions.md 26)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("复核人")
    )
    confirmed_at = models.DateTimeField(_("复核时间"), null=True, blank=True)
    is_reminded = models.BooleanField(_("复核已催办"), default=False)
    reason = models.TextField(_("理由"), blank=True)
    outcome = models.JSONField(_("处理详情"), default=dict, blank=True)

    summary: OwnerSummary | None = None  # what its owner says of it; set by selectors.with_summaries, never stored
    is_appealed: bool | None = None  # the decision as it stands; set by selectors.mark_appealed, never stored

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("审核件")
        verbose_name_plural = _("审核件")
        constraints = [models.UniqueConstraint(fields=["kind", "subject_key"], name="review_once_per_subject")]
        indexes = [
            models.Index(fields=["state", "submitted_at", "id"], name="review_queue"),
            models.Index(fields=["division", "state", "submitted_at"], name="review_division_queue"),
            models.Index(fields=["author", "state"], name="review_of_author"),
            models.Index(fields=["decided_at"], name="review_decided"),
        ]

    def __str__(self) -> str:
        return self.subject_key

    @property
    def name(self) -> str:
        """As people call it, without its words: 居民建议 JY-…, “…”讨论中的评论."""
        own = self.summary.name if self.summary else ""
        return own or f"{owner_of(self.kind).label} {self.subject_key}"

    @property
    def hit_levels(self) -> list[str]:
        return sorted({str(hit.get("level", "")) for hit in self.hits} - {""})

    def hits_in(self, field: str) -> list[dict[str, Any]]:
        return [hit for hit in self.hits if hit.get("field") == field]

    @property
    def waits_for_confirmation(self) -> bool:
        """Hidden by one person, not yet confirmed or restored by another."""
        return self.state == ReviewState.HIDDEN and self.confirmed_at is None

    @property
    def changes(self) -> list[DifferentPiece]:
        """What the public text leaves out of the original and adds to it; empty where they are the same."""
        return differences(self.original_body, self.public_body)

    @property
    def marked_title(self) -> list[MarkedPiece]:
        return marked_pieces(self.original_title, self.hits_in("title"))

    @property
    def marked_body(self) -> list[MarkedPiece]:
        return marked_pieces(self.original_body, self.hits_in("body"))


class Decision(models.Model):
    """审核决定: one row for each; a later edit, hiding or new round takes nothing from the published figures."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="decisions", verbose_name=_("审核件"))
    state = models.CharField(_("决定"), max_length=12, choices=list(STATE_LABELS.items()))
    submitted_at = models.DateTimeField(_("送审时间"))
    decided_at = models.DateTimeField(_("审核时间"))

    class Meta:
        verbose_name = _("审核决定")
        verbose_name_plural = _("审核决定")
        indexes = [models.Index(fields=["decided_at"], name="decision_at")]

    def __str__(self) -> str:
        return f"{self.review_id} {self.state}"

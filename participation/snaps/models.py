"""随手拍: photo reports of deputies and, where the terms say so, of residents."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.search import index

from participation.ledger.models import Category, HandlingPhoto, LedgerItem
from participation.ledger.models.scans import private_storage
from participation.ledger.states import ANSWERED
from participation.ledger.states import State as ItemState
from participation.moderation.models import Review
from portal.encryption.fields import EncryptedTextField
from portal.jurisdictions.models import Division

from .querysets import SnapQuerySet
from .rules import title_of
from .states import Action, State

STATE_LABELS = {
    State.CAPTURED: _("待审核"),
    State.RETURNED: _("退回补正"),
    State.REJECTED: _("不予公开"),
    State.DIVERTED: _("已告知其他渠道"),
    State.REVIEWED: _("已受理"),
    State.DUPLICATE: _("已并案"),
    State.FORWARDED: _("已转12345"),
    State.ASSIGNED: _("已交办"),
    State.FEEDBACK: _("已反馈"),
    State.VERIFIED: _("已现场核实"),
    State.CLOSED: _("已办结归档"),
}
ACTION_LABELS = {
    Action.CAPTURE: _("拍照上报"),
    Action.TAKE: _("审核员领取"),
    Action.RELEASE: _("放回待审"),
    Action.CLASSIFY: pgettext_lazy("history", "改分类"),
    Action.REDACT: _("遮盖照片"),
    Action.ADD_UNIT_PHOTOS: _("取用承办单位的办理后照片"),
    Action.REVIEW: _("审核通过，公开"),
    Action.RETURN: pgettext_lazy("history", "退回补正"),
    Action.RESUBMIT: pgettext_lazy("history", "补正后重新提交"),
    Action.REJECT: pgettext_lazy("history", "不予公开"),
    Action.DIVERT: pgettext_lazy("history", "告知其他渠道"),
    Action.MERGE: pgettext_lazy("history", "并案"),
    Action.FORWARD: _("转12345热线"),
    Action.ASSIGN: _("交办"),
    Action.CORRECT_NUMBER: _("更正12345工单号"),
    Action.RECEIVE_FEEDBACK: _("登记反馈"),
    Action.STILL_THERE: _("现场核实：仍未修好"),
    Action.VERIFY: _("现场核实"),
    Action.CLOSE: _("办结归档"),
    Action.HIDE: pgettext_lazy("history", "隐去"),
    Action.RESTORE: pgettext_lazy("history", "恢复公开"),
    Action.RECONSIDER: pgettext_lazy("history", "申诉成立，重新审核"),
}


class SnapReport(index.Indexed, models.Model):
    """随手拍. `place` and `text` are what is public: empty before the review, the originals stand in `review`."""

    class Capacity(models.TextChoices):
        DEPUTY = "deputy", _("人大代表")
        RESIDENT = "resident", _("居民")

    number = models.CharField(_("编号"), max_length=30, unique=True)
    last_six = models.CharField(_("编号后六位"), max_length=12, db_index=True, editable=False)
    review = models.OneToOneField(Review, models.PROTECT, related_name="+", verbose_name=_("审核"))
    state = models.CharField(_("状态"), max_length=12, choices=list(STATE_LABELS.items()))
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("街道（乡镇）"))
    category = models.CharField(_("类别"), max_length=24, choices=Category, default=Category.UNSORTED.value)
    place = models.CharField(_("地点"), max_length=120, blank=True)
    text = models.TextField(_("说明"), blank=True)
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("上报人"))
    capacity = models.CharField(_("上报人身份"), max_length=8, choices=Capacity)
    # only where the sender ticked it; for staff, never public
    position = EncryptedTextField(_("精确位置"), blank=True, default="")
    # the square of some hundred metres it lies in, for a second report from the same spot; with the position only
    cell_lat = models.IntegerField(_("纬度格"), null=True, blank=True, editable=False)
    cell_lon = models.IntegerField(_("经度格"), null=True, blank=True, editable=False)
    captured_at = models.DateTimeField(_("上报时间"))
    published_at = models.DateTimeField(_("公开时间"), null=True, blank=True)
    state_since = models.DateTimeField(_("进入当前状态的时间"))
    hidden_at = models.DateTimeField(_("隐去时间"), null=True, blank=True)
    diverted_to = models.CharField(_("告知的渠道"), max_length=16, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("并入")
    )
    hotline_number = models.CharField(_("12345工单号"), max_length=40, blank=True)
    feedback = models.TextField(_("反馈"), blank=True)
    feedback_on = models.DateField(_("反馈日期"), null=True, blank=True)
    verified_on = models.DateField(_("核实日期"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("核实人")
    )
    ledger_item = models.OneToOneField(
        LedgerItem, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("台账事项")
    )

    objects = SnapQuerySet.as_manager()

    search_fields = [
        index.SearchField("text", boost=2),
        index.SearchField("place"),
        index.SearchField("number"),
        index.FilterField("published_at"),
        index.FilterField("hidden_at"),
        index.FilterField("state"),
        index.FilterField("category"),
        index.FilterField("division"),
        index.RelatedFields("division", [index.FilterField("path")]),
    ]

    class Meta:
        verbose_name = _("随手拍")
        verbose_name_plural = _("随手拍")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="forwarded") | ~models.Q(hotline_number=""), name="snap_forwarded_has_number"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="assigned") | models.Q(ledger_item__isnull=False),
                name="snap_assigned_has_item",
            ),
        ]
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="snap_newest"),
            models.Index(fields=["division", "-published_at", "-id"], name="snap_division_newest"),
            models.Index(fields=["state", "captured_at"], name="snap_queue"),
            models.Index(fields=["cell_lat", "cell_lon"], name="snap_cell", condition=models.Q(cell_lat__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("snaps:detail", args=[self.number])

    @property
    def is_public(self) -> bool:
        return self.published_at is not None and self.hidden_at is None

    @property
    def title(self) -> str:
        """What anybody may read."""
        return title_of(self.text) if self.is_public and self.text else str(_("（未公开）"))

    @property
    def own_title(self) -> str:
        """For the sender and staff. Reads `review`."""
        return title_of(self.review.original_body)

    @property
    def is_answered(self) -> bool:
        """Something came back that can be looked at on site. Reads `ledger_item`."""
        if self.state == State.ASSIGNED and self.ledger_item is not None:
            return self.ledger_item.state in ANSWERED
        return self.state == State.FEEDBACK

    @property
    def is_item_closed_off(self) -> bool:
        """Nothing stands open in the ledger: no item, or 销号 there. Reads `ledger_item`."""
        return self.ledger_item is None or self.ledger_item.state == ItemState.CLOSED_OFF

    @property
    def is_item_voided(self) -> bool:
        """Entered there by mistake: 12345 may still have it. Reads `ledger_item`."""
        return self.ledger_item is not None and self.ledger_item.state == ItemState.VOIDED

    @property
    def shown_state(self) -> str:
        """Its own until it is assigned, from then on the stage of its ledger item. Reads `ledger_item`."""
        if self.state == State.ASSIGNED and self.ledger_item is not None and self.ledger_item.is_taken_up:
            return str(self.ledger_item.stage_label)
        return str(self.get_state_display())


class SnapPhoto(models.Model):
    """照片: `original` (re-encoded, without EXIF) is for staff; `file` is the public rendition once staff blacked out
    something. Public only after a reviewer let it through (`is_reviewed`). With `handling_photo` it is the unit's,
    copied from its reply in the ledger, and public no longer than it is there."""

    class Moment(models.TextChoices):
        BEFORE = "before", _("办理前")
        AFTER = "after", _("办理后")

    snap = models.ForeignKey(SnapReport, models.PROTECT, related_name="photos", verbose_name=_("随手拍"))
    moment = models.CharField(_("办理前后"), max_length=6, choices=Moment)
    original = models.FileField(_("原图"), storage=private_storage, upload_to="snaps/%Y/%m")
    original_thumbnail = models.FileField(_("原图缩略图"), storage=private_storage, upload_to="snaps/%Y/%m")
    file = models.FileField(_("遮盖后的图"), storage=private_storage, upload_to="snaps/%Y/%m", blank=True)
    thumbnail = models.FileField(_("缩略图"), storage=private_storage, upload_to="snaps/%Y/%m", blank=True)
    width = models.PositiveIntegerField(_("宽"))
    height = models.PositiveIntegerField(_("高"))
    boxes = models.JSONField(_("遮盖"), default=list, blank=True)  # [[left, top, width, height] in percent]
    alt = models.CharField(_("说明"), max_length=120, blank=True)
    handling_photo = models.OneToOneField(
        HandlingPhoto, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("承办单位的照片")
    )
    is_reviewed = models.BooleanField(_("已审核"), default=False)
    is_withheld = models.BooleanField(_("不公开"), default=False)
    created_at = models.DateTimeField(_("上传时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("随手拍照片")
        verbose_name_plural = _("随手拍照片")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.snap_id} {self.moment}"

    @property
    def is_public(self) -> bool:
        """Reads `snap` and `handling_photo`."""
        if self.handling_photo is not None and self.handling_photo.is_withheld:
            return False
        return self.is_reviewed and not self.is_withheld and self.snap.is_public


class Sighting(models.Model):
    """我也看到: one person, one report, once."""

    snap = models.ForeignKey(SnapReport, models.PROTECT, related_name="sightings", verbose_name=_("随手拍"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("用户"))
    created_at = models.DateTimeField(_("时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("我也看到")
        verbose_name_plural = _("我也看到")
        constraints = [models.UniqueConstraint(fields=["snap", "user"], name="sighting_once")]

    def __str__(self) -> str:
        return str(self.snap_id)

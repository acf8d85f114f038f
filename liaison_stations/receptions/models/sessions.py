"""接待场次: where and when deputies receive, who was to come and who came. Facts only; no slogan's place is stored."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from liaison_stations.deputies.models import Deputy
from liaison_stations.deputies.models import Level as DeputyLevel
from liaison_stations.stations.models import DeliberationVenue, LiaisonStation
from participation.filings.models import private_storage
from portal.jurisdictions.models import Division

from ..querysets import SessionQuerySet
from ..rules import scheme as rules
from ..rules.booking import slots
from ..states import Status
from .schemes import GuestRole

STATUS_LABELS = {
    Status.PLANNED: _("拟定中"),
    Status.PUBLISHED: _("已公布"),
    Status.HELD: _("已接待"),
    Status.CANCELLED: _("已取消"),
    Status.MOVED: _("已改期"),
}
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read for another


def new_key() -> str:
    return "".join(secrets.choice(_LETTERS) for _n in range(8))


class ReceptionSession(models.Model):
    """接待场次: one reception of one station.

    `key` is its public address; `calendar_key` that of the first of a chain of moves, so that a phone's calendar
    follows it. `planned_on` is the day before it was shifted. Approval is dropped by every later change of the plan.
    """

    key = models.CharField(_("编号"), max_length=12, unique=True, default=new_key, editable=False)
    calendar_key = models.CharField(max_length=12, editable=False, db_index=True)
    station = models.ForeignKey(
        LiaisonStation, models.PROTECT, related_name="receptions", verbose_name=_("联络站（点）")
    )
    venue = models.ForeignKey(
        DeliberationVenue, models.PROTECT, null=True, blank=True, related_name="receptions", verbose_name=_("议事阵地")
    )
    date = models.DateField(_("日期"))
    start = models.TimeField(_("开始"))
    end = models.TimeField(_("结束"))
    theme = models.CharField(_("主题"), max_length=60, blank=True)
    is_themed_activity = models.BooleanField(_("集中进站主题活动"), default=False)
    tasks = models.JSONField(_("任务"), default=list, blank=True)
    status = models.CharField(
        _("状态"),
        max_length=10,
        default=Status.PLANNED.value,
        choices=[(status.value, label) for status, label in STATUS_LABELS.items()],
    )
    planned_on = models.DateField(_("原定日期"), null=True, blank=True, editable=False)
    capacity = models.PositiveSmallIntegerField(_("可预约人数"), null=True, blank=True)
    slot_minutes = models.PositiveSmallIntegerField(_("每段分钟数"), null=True, blank=True)
    public_reason = models.CharField(_("取消或改期的原因"), max_length=100, blank=True)
    moved_to = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="moved_from", verbose_name=_("改到")
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("批准人")
    )
    approved_at = models.DateTimeField(_("批准时间"), null=True, blank=True)
    published_at = models.DateTimeField(_("公布时间"), null=True, blank=True)
    held_at = models.DateTimeField(_("登记时间"), null=True, blank=True)
    sheet = models.FileField(_("签到表"), storage=private_storage, upload_to="receptions/%Y/%m", blank=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(_("变更时间"), default=timezone.now, editable=False)

    hosts = models.ManyToManyField(
        Deputy, through="SessionHost", through_fields=("session", "deputy"), related_name="receptions"
    )

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("接待场次")
        verbose_name_plural = _("接待场次")
        ordering = ["date", "start", "pk"]
        indexes = [
            models.Index(fields=["date", "start", "id"], name="reception_by_day"),
            models.Index(fields=["station", "date"], name="reception_of_station"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="reception_ends_after_it_starts"),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.CANCELLED.value, Status.MOVED.value]) | ~Q(public_reason=""),
                name="reception_not_held_says_why",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.PLANNED.value) | Q(approved_at__isnull=False, published_at__isnull=False),
                name="reception_public_after_approval",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.MOVED.value) | Q(moved_to__isnull=False), name="reception_moved_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(status=Status.HELD.value) | Q(held_at__isnull=True), name="reception_held_is_held"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.station.title}"

    def get_absolute_url(self) -> str:
        return reverse("receptions:session", args=[self.key])

    @property
    def division(self) -> Division:
        """Where the station lies; a station always has a place."""
        place: Division = self.station.division  # type: ignore[assignment]  # empty for other pages only
        return place

    @property
    def is_public(self) -> bool:
        return self.status != Status.PLANNED

    @property
    def is_held(self) -> bool:
        return self.status == Status.HELD

    @property
    def is_over(self) -> bool:
        """Its day has passed and nobody has recorded it yet."""
        return self.status == Status.PUBLISHED and self.date < timezone.localdate()

    @property
    def is_approved(self) -> bool:
        return self.approved_at is not None

    @property
    def starts_at(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.date, self.start))

    @property
    def ends_at(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.date, self.end))

    @property
    def place(self) -> str:
        """主站, 联络站点 or a venue of theirs, as it is told."""
        return f"{self.station.title} {self.venue.name}" if self.venue else self.station.title

    @property
    def address(self) -> str:
        return (self.venue.address if self.venue else "") or self.station.address

    @property
    def slots(self) -> list:
        return slots(self.start, self.end, self.slot_minutes)


class SessionHost(models.Model):
    """接待代表: asked to come, and whether they came. Level and post are those of that time: they change later."""

    session = models.ForeignKey(ReceptionSession, models.CASCADE, related_name="host_rows", verbose_name=_("接待场次"))
    deputy = models.ForeignKey(Deputy, models.PROTECT, related_name="reception_rows", verbose_name=_("人大代表"))
    substitute_for = models.ForeignKey(
        Deputy, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("替班")
    )
    level = models.CharField(_("层级"), max_length=10, choices=DeputyLevel)
    is_leading_cadre = models.BooleanField(_("领导干部代表"), default=False)
    attended = models.BooleanField(_("到站"), null=True)

    class Meta:
        verbose_name = _("接待代表")
        verbose_name_plural = _("接待代表")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["session", "deputy"], name="reception_host_once")]

    def __str__(self) -> str:
        return self.deputy.name

    @property
    def roles(self) -> frozenset[str]:
        return rules.host_roles(level=self.level, is_leading_cadre=self.is_leading_cadre)


class SessionGuest(models.Model):
    """到站人员: 法官、检察官…, 国家机关工作人员; `post` is the real one."""

    session = models.ForeignKey(ReceptionSession, models.CASCADE, related_name="guest_rows", verbose_name=_("接待场次"))
    role = models.ForeignKey(GuestRole, models.PROTECT, related_name="+", verbose_name=_("类别"))
    post = models.CharField(_("单位职务"), max_length=40, blank=True)
    attended = models.BooleanField(_("到站"), null=True)

    class Meta:
        verbose_name = _("到站人员")
        verbose_name_plural = _("到站人员")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.post or self.role.name

    @property
    def roles(self) -> frozenset[str]:
        return frozenset({self.role.code, self.role.stands_for} - {""})

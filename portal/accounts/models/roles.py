"""任职: who holds which post where, from when to when."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import rules
from ..querysets import RoleAssignmentQuerySet


class Role(models.TextChoices):
    """角色: the names of the cast; each is held in a division, from a date, to a date."""

    RESIDENT = "resident", _("居民")
    MEMBER = "member", _("议事代表")
    DEPUTY = "deputy", _("人大代表")
    CLERK = "clerk", _("联络站工作人员")
    COMMUNITY = "community", _("社区工作者")
    EDITOR = "editor", _("编辑")
    MODERATOR = "moderator", _("审核员")
    COMMITTEE = "committee", _("人大街道工委工作人员")
    DIRECTOR = "director", _("人大街道工委主任")
    UNIT = "unit", _("承办单位")
    PARTY = "party", _("党工委")
    SUPERIOR = "superior", _("上级人大常委会")
    AUDITOR = "auditor", _("审计员")
    ADMIN = "admin", _("系统管理员")


class HandlingUnit(models.Model):
    """承办单位: who must handle what is assigned."""

    class Kind(models.TextChoices):
        OFFICE = "office", _("街道办事处")
        DEPARTMENT = "department", _("职能部门")
        DISPATCHED = "dispatched", _("派驻街道工作机构")
        COMMUNITY = "community", _("社区(村)")
        OTHER = "other", _("其他单位")

    name = models.CharField(_("名称"), max_length=60)
    kind = models.CharField(_("类别"), max_length=12, choices=Kind, default=Kind.DEPARTMENT.value)
    division = models.ForeignKey("jurisdictions.Division", models.PROTECT, verbose_name=_("所属区划"))
    is_active = models.BooleanField(_("在用"), default=True)

    class Meta:
        verbose_name = _("承办单位")
        verbose_name_plural = _("承办单位")
        ordering = ["division", "kind", "name"]
        constraints = [models.UniqueConstraint(fields=["division", "name"], name="handling_unit_once_per_division")]

    def __str__(self) -> str:
        return self.name


class RoleAssignment(models.Model):
    """任职: one user holds one role in one division (with all below it) between two dates, both inclusive."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="role_assignments", verbose_name=_("用户")
    )
    role = models.CharField(_("角色"), max_length=12, choices=Role)
    division = models.ForeignKey("jurisdictions.Division", models.PROTECT, verbose_name=_("范围"))
    unit = models.ForeignKey(
        HandlingUnit, models.PROTECT, null=True, blank=True, related_name="assignments", verbose_name=_("承办单位")
    )
    starts_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"), null=True, blank=True)
    is_acting = models.BooleanField(_("代理"), default=False, help_text=_("代理主持工作，例如主任外出期间"))
    is_head = models.BooleanField(
        _("单位负责人"), default=False, help_text=_("承办单位的负责人签发本单位的答复；其他角色不用选")
    )
    is_void = models.BooleanField(_("作废"), default=False, editable=False)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("任命人")
    )
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("任职")
        verbose_name_plural = _("任职")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="assignment_ends_after_it_starts",
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
            ),
            models.CheckConstraint(
                name="assignment_of_a_unit_names_it",
                condition=models.Q(role="unit", unit__isnull=False)
                | (~models.Q(role="unit") & models.Q(unit__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["user", "role", "division"],
                condition=models.Q(ends_on__isnull=True, unit__isnull=True),
                name="assignment_open_once",
            ),
            models.UniqueConstraint(
                fields=["user", "unit"],
                condition=models.Q(ends_on__isnull=True, unit__isnull=False),
                name="assignment_open_once_per_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.division} {self.unit or ''}{self.get_role_display()}{_('（代理）') if self.is_acting else ''}"

    @property
    def is_current(self) -> bool:
        today = timezone.localdate()
        return not self.is_void and self.starts_on <= today and (self.ends_on is None or self.ends_on >= today)

    def clean(self) -> None:
        """X39, also for whoever saves without the service; the service checks again under a lock on the user."""
        super().clean()
        if self.user_id is None or not self.starts_on:
            return
        others = RoleAssignment.objects.filter(user_id=self.user_id, is_void=False).exclude(pk=self.pk)
        for other in others:
            overlaps = rules.periods_overlap(self.starts_on, self.ends_on, other.starts_on, other.ends_on)
            if overlaps and rules.duties_conflict(self.role, other.role):
                raise ValidationError(
                    _("“不参与街道办事处行政工作分工”（第二十一条三）：已任%(other)s，同一时期不能再任%(role)s。"),
                    code="X39",
                    params={"other": other.get_role_display(), "role": self.get_role_display()},
                )


class HandingOver(models.Model):
    """交接: a post passes from one person to another on a day; the open items move on that day."""

    from_user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("交出人"))
    to_user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("接手人"))
    role = models.CharField(_("角色"), max_length=12, choices=Role)
    division = models.ForeignKey("jurisdictions.Division", models.PROTECT, verbose_name=_("范围"))
    on = models.DateField(_("接手之日"))
    moved_at = models.DateTimeField(_("事项移交时间"), null=True, blank=True)
    moved = models.JSONField(_("移交事项"), default=dict, blank=True)

    class Meta:
        verbose_name = _("交接")
        verbose_name_plural = _("交接")

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.division} {self.on}"

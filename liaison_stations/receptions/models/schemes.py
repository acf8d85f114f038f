"""接待机制: what a jurisdiction asks of a month, line by line; “1+4” is a label and nothing more."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.jurisdictions.models import Division

from ..querysets import SchemeQuerySet
from ..rules import scheme as rules


class GuestRole(models.Model):
    """两官一长一员等: who may come with the deputies. `stands_for` is what a requirement asks for: several roles may
    stand for one (派出所所长、司法所所长: `chief`). Which of them the slogan means is not confirmed."""

    code = models.SlugField(_("代码"), max_length=30, unique=True)
    name = models.CharField(_("名称"), max_length=30, unique=True)
    stands_for = models.SlugField(_("归入"), max_length=30, blank=True)
    is_state_organ = models.BooleanField(_("国家机关工作人员"), default=False)
    is_confirmed = models.BooleanField(_("口径已确认"), default=False)
    is_active = models.BooleanField(_("可选"), default=True)
    order = models.PositiveSmallIntegerField(_("顺序"), default=0)

    class Meta:
        verbose_name = _("到站人员类别")
        verbose_name_plural = _("到站人员类别")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class ReceptionScheme(models.Model):
    """接待机制: from a day to a day in a division and below. The public sees `label` only, until `confirmed`."""

    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("区划"))
    label = models.CharField(_("名称"), max_length=60, help_text=_("例如：每月“1+4”进站点接待群众。公开的只有名称。"))
    preset = models.CharField(_("预设口径"), max_length=1, blank=True, choices=[(key, key) for key in "ABCDE"])
    period = models.CharField(_("周期"), max_length=10, default="month", choices=[("month", _("每月"))])
    effective_from = models.DateField(_("起始日期"))
    effective_to = models.DateField(_("截止日期"), null=True, blank=True)
    confirmed = models.BooleanField(_("口径已确认"), default=False)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("接待机制")
        verbose_name_plural = _("接待机制")
        ordering = ["division", "-effective_from"]
        constraints = [
            models.UniqueConstraint(fields=["division", "effective_from"], name="reception_scheme_one_per_day"),
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gte=F("effective_from")),
                name="reception_scheme_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class SchemeRequirement(models.Model):
    """接待机制的一项要求, as in domain.md 1.4 (a); the arithmetic is in `rules.scheme`."""

    scheme = models.ForeignKey(ReceptionScheme, models.CASCADE, related_name="requirements", verbose_name=_("接待机制"))
    order = models.PositiveSmallIntegerField(_("顺序"), default=0)
    name = models.CharField(_("名称"), max_length=40)
    min_count = models.PositiveSmallIntegerField(_("每月至少"), default=1)
    venue_kind = models.CharField(
        _("地点"),
        max_length=5,
        default="any",
        choices=[("any", _("不限")), ("main", _("主站")), ("site", _("站点"))],
    )
    host_role = models.CharField(_("接待代表"), max_length=20, default="any")
    guest_roles = models.JSONField(_("到站人员"), default=list, blank=True)
    guest_mode = models.CharField(
        _("到站人员要求"),
        max_length=12,
        default="none",
        choices=[("none", _("不要求")), ("at_least_one", _("至少一类")), ("all", _("每类都要"))],
    )
    day_rule = models.CharField(_("日期规则"), max_length=40, blank=True)
    distinct_sites = models.BooleanField(_("站点不重复"), default=False)
    count_unit = models.CharField(
        _("计数单位"),
        max_length=11,
        default="sessions",
        choices=[("sessions", _("按场次")), ("per_session", _("按场内"))],
    )
    min_hosts = models.JSONField(_("代表人数"), default=dict, blank=True)
    tasks = models.JSONField(_("任务"), default=list, blank=True)

    class Meta:
        verbose_name = _("接待要求")
        verbose_name_plural = _("接待要求")
        ordering = ["order", "pk"]
        constraints = [models.CheckConstraint(condition=Q(min_count__gte=1), name="scheme_requirement_asks_for_some")]

    def __str__(self) -> str:
        return self.name

    def as_rule(self) -> rules.Requirement:
        return rules.Requirement(
            name=self.name,
            min_count=self.min_count,
            venue_kind=self.venue_kind,
            host_role=self.host_role,
            guest_roles=tuple(self.guest_roles),
            guest_mode=self.guest_mode,
            day_rule=self.day_rule,
            distinct_sites=self.distinct_sites,
            count_unit=self.count_unit,
            min_hosts=dict(self.min_hosts),
            tasks=tuple(self.tasks),
        )

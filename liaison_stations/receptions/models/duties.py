"""负责人业务培训 (X51) and 国家机关工作人员进站 (X52): a log of what took place, internal."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liaison_stations.stations.models import LiaisonStation
from portal.jurisdictions.models import Division

from .sessions import ReceptionSession


class HeadTraining(models.Model):
    """负责人业务培训: for heads of stations and liaison officers; once a year is asked for."""

    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("区划"))
    date = models.DateField(_("日期"))
    title = models.CharField(_("培训内容"), max_length=80)
    organiser = models.CharField(_("组织单位"), max_length=60, blank=True)
    attendees = models.CharField(_("参加人员"), max_length=200)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("负责人业务培训")
        verbose_name_plural = _("负责人业务培训")
        ordering = ["-date", "-pk"]
        indexes = [models.Index(fields=["division", "date"], name="head_training_by_day")]

    def __str__(self) -> str:
        return self.title


class OrganVisit(models.Model):
    """国家机关工作人员进站: listened, reported on the work (通报工作情况), answered concerns (回应关切)."""

    station = models.ForeignKey(LiaisonStation, models.PROTECT, related_name="+", verbose_name=_("联络站（点）"))
    session = models.ForeignKey(
        ReceptionSession, models.PROTECT, null=True, blank=True, related_name="organ_visits", verbose_name=_("接待场次")
    )
    date = models.DateField(_("日期"))
    organ = models.CharField(_("国家机关（单位）"), max_length=60)
    people = models.CharField(_("到站人员（姓名、职务）"), max_length=100)
    reported = models.CharField(_("通报工作情况"), max_length=300, blank=True)
    responded = models.CharField(_("回应关切"), max_length=300, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("国家机关工作人员进站")
        verbose_name_plural = _("国家机关工作人员进站")
        ordering = ["-date", "-pk"]
        indexes = [models.Index(fields=["station", "date"], name="organ_visit_by_day")]
        constraints = [
            models.CheckConstraint(condition=~Q(reported="") | ~Q(responded=""), name="organ_visit_says_something")
        ]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.organ}"

"""公布合计: what publications add up to, so that a page costs the same whatever was published."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..querysets import PublishedTotalQuerySet
from .publications import SOURCES


def _count() -> models.PositiveIntegerField:
    return models.PositiveIntegerField(default=0)


class PublishedTotal(models.Model):
    """公布合计: all publications of one kind, leg, place, unit and quarter. Written with each of them, read by pages.

    A sum of whole publications, as every public figure is; `publications` counts those whose counts are public. Of the
    stars the sum and the number are kept: only their mean is told.
    """

    key = models.CharField(max_length=100, unique=True)
    kind = models.CharField(_("评价类别"), max_length=24)
    source = models.CharField(_("评价主体"), max_length=8, choices=SOURCES)
    division = models.ForeignKey("jurisdictions.Division", models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey("accounts.HandlingUnit", models.PROTECT, null=True, blank=True, related_name="+")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    latest = models.DateField(_("最近公布日期"))
    publications = _count()
    satisfied = _count()
    basically = _count()
    dissatisfied = _count()
    invited = _count()
    answered_of_invited = _count()
    solved_sum = _count()
    solved_answered = _count()
    attitude_sum = _count()
    attitude_answered = _count()
    speed_sum = _count()
    speed_answered = _count()

    objects = PublishedTotalQuerySet.as_manager()

    class Meta:
        verbose_name = _("公布合计")
        verbose_name_plural = _("公布合计")
        indexes = [models.Index(fields=["division", "year", "quarter"], name="total_of_place")]

    def __str__(self) -> str:
        return self.key

"""公布: figures as they were published. Rows are never changed; what was wrong is corrected below, with its day."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..querysets import PublicationQuerySet
from ..rules import StarTally, Tally
from ..states import Source

SOURCES = [
    (Source.RESIDENT.value, _("居民评议")),
    (Source.MEMBER.value, _("议事代表测评")),
    (Source.PUBLIC.value, _("社会监督")),
]


class Publication(models.Model):
    """公布批次: at least five ratings of whole rounds, counted once and never again (decisions.md 14).

    Every public figure is a sum of these rows. `unit` is empty where small counts of several units were put together
    by the quarter. Without `shows_counts` only the class was made public, and the counts are not kept here at all.
    """

    kind = models.CharField(_("评价类别"), max_length=24)
    source = models.CharField(_("评价主体"), max_length=8, choices=SOURCES)
    title = models.CharField(_("评价内容"), max_length=200, blank=True)
    division = models.ForeignKey(
        "jurisdictions.Division", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("区划")
    )
    unit = models.ForeignKey(
        "accounts.HandlingUnit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("被评价单位")
    )
    is_pooled = models.BooleanField(_("按季度合并"), default=False)
    published_on = models.DateField(_("公布日期"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("公布人")
    )
    round_count = models.PositiveIntegerField(_("评价轮次数"))
    shows_counts = models.BooleanField(_("公布票数"), default=True)
    invited = models.PositiveIntegerField(_("应评人数"), null=True, blank=True)
    answered = models.PositiveIntegerField(_("评价数"), default=0)
    satisfied = models.PositiveIntegerField(_("满意"), default=0)
    basically = models.PositiveIntegerField(_("基本满意"), default=0)
    dissatisfied = models.PositiveIntegerField(_("不满意"), default=0)
    stars = models.JSONField(_("星级"), default=dict, blank=True)
    result = models.CharField(_("等次"), max_length=20, blank=True)
    class_rule = models.JSONField(_("等次规则"), null=True, blank=True)
    definition = models.TextField(_("口径"))
    raters = models.CharField(_("谁来评"), max_length=200)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("评价公布")
        verbose_name_plural = _("评价公布")
        ordering = ["-published_on", "-pk"]
        indexes = [
            models.Index(fields=["-published_on", "-id"], name="publication_newest"),
            models.Index(fields=["division", "kind", "source"], name="publication_of_place"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(shows_counts=False, answered=0) | models.Q(answered__gte=5),
                name="publication_holds_five",
            ),
            models.CheckConstraint(
                condition=models.Q(answered=models.F("satisfied") + models.F("basically") + models.F("dissatisfied")),
                name="publication_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.published_on} {self.title} {self.get_source_display()}"

    def get_absolute_url(self) -> str:
        return reverse("evaluations:detail", args=[self.pk])

    @property
    def tally(self) -> Tally:
        return Tally(self.satisfied, self.basically, self.dissatisfied, self.invited or 0)

    @property
    def star_tallies(self) -> dict[str, StarTally]:
        return {question: StarTally(tuple(counts)) for question, counts in self.stars.items()}


class Correction(models.Model):
    """更正: dated, below the published figures, which stay as they were."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="corrections", verbose_name=_("公布"))
    text = models.TextField(_("更正"))
    on = models.DateField(_("日期"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("更正人"))

    class Meta:
        verbose_name = _("更正")
        verbose_name_plural = _("更正")
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.on}"

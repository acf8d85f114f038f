"""现场纸质票计票: two people count and must agree."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .rounds import Round


class PaperCount(models.Model):
    """计票结果: what one person counted of the paper ballots of a round; it stands when a second counts the same."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="paper_counts", verbose_name=_("轮次"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("计票人"))
    satisfied = models.PositiveIntegerField(_("满意"))
    basically = models.PositiveIntegerField(_("基本满意"))
    dissatisfied = models.PositiveIntegerField(_("不满意"))
    invalid = models.PositiveIntegerField(_("无效票"), default=0)
    entered_on = models.DateField(_("计票日期"))

    class Meta:
        verbose_name = _("纸质票计票")
        verbose_name_plural = _("纸质票计票")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["round", "entered_by"], name="paper_count_once_per_person")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.figures}"

    @property
    def figures(self) -> tuple[int, int, int, int]:
        """满意、基本满意、不满意、无效."""
        return self.satisfied, self.basically, self.dissatisfied, self.invalid

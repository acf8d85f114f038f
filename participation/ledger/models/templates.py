"""答复模板: words that a unit or a committee uses again, with fields that are filled from the item."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import HandlingUnit
from portal.jurisdictions.models import Division


class ReplyTemplate(models.Model):
    """答复模板: offered for items of the division and below it; one with a unit to that unit only."""

    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("适用区划"))
    unit = models.ForeignKey(
        HandlingUnit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("只供本单位使用")
    )
    name = models.CharField(_("名称"), max_length=60)
    text = models.TextField(_("模板内容"))
    is_active = models.BooleanField(_("在用"), default=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("修改人"))
    changed_at = models.DateTimeField(_("修改时间"), auto_now=True)

    class Meta:
        verbose_name = _("答复模板")
        verbose_name_plural = _("答复模板")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "name"], condition=models.Q(unit__isnull=True), name="reply_template_once"
            ),
            models.UniqueConstraint(
                fields=["unit", "name"], condition=models.Q(unit__isnull=False), name="reply_template_once_per_unit"
            ),
        ]

    def __str__(self) -> str:
        return self.name

"""工委职务: who is who in the 人大街道工委 of a street. A post is no right here: a role is."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import rules
from ..querysets import CommitteePostQuerySet


class CommitteePost(models.Model):
    """工委职务: one person in one post of the committee of `division` between two dates, both inclusive.

    The rotating deputy head of the station, a deputy, is chosen with them (第十四条二) and stands here as well.
    """

    class Post(models.TextChoices):
        DIRECTOR = "director", _("主任")
        VICE_DIRECTOR = "vice_director", _("副主任")
        ROTATING = "rotating_deputy_head", _("轮值副站长（人大代表）")
        OFFICER = "officer", _("人大专干")

    division = models.ForeignKey("jurisdictions.Division", models.PROTECT, related_name="+", verbose_name=_("街道"))
    post = models.CharField(_("职务"), max_length=20, choices=Post)
    name = models.CharField(_("姓名"), max_length=30)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="committee_posts",
        verbose_name=_("账号"),
    )
    starts_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"), null=True, blank=True)
    is_acting = models.BooleanField(_("代理"), default=False, help_text=_("代理主持工作，例如主任外出期间"))
    is_void = models.BooleanField(_("作废"), default=False, editable=False)

    objects = CommitteePostQuerySet.as_manager()

    class Meta:
        verbose_name = _("工委职务")
        verbose_name_plural = _("工委职务")
        ordering = ["division", "post", "-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="committee_post_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["division", "post", "name"],
                condition=Q(ends_on__isnull=True, is_void=False),
                name="committee_post_open_once",
            ),
            models.UniqueConstraint(
                fields=["division"],
                condition=Q(post="director", ends_on__isnull=True, is_void=False, is_acting=False),
                name="committee_has_one_director",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.division} {self.get_post_display()} {self.name}{_('（代理）') if self.is_acting else ''}"

    @property
    def station_role(self) -> str:
        """What the holder is at the main station: head, deputy_head, rotating_deputy_head, liaison_officer."""
        return rules.STATION_ROLE_OF_POST[self.post]

    @property
    def is_current(self) -> bool:
        today = timezone.localdate()
        return not self.is_void and self.starts_on <= today and (self.ends_on is None or self.ends_on >= today)

    def as_facts(self) -> dict[str, Any]:
        """What the record keeps of a change: no name."""
        return {
            "division": self.division.key,
            "post": self.post,
            "starts_on": self.starts_on.isoformat(),
            "ends_on": self.ends_on.isoformat() if self.ends_on else "",
            "acting": self.is_acting,
        }

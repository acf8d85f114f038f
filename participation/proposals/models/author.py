"""建议人: everyone to whom an answer is due."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.rules import masked_name
from portal.encryption.fields import EncryptedTextField


class Author(models.Model):
    """建议人: one person who must hear the outcome of `proposal`; `origin` is the proposal that person raised.

    A merge moves the rows to the target, so every author of a merged proposal keeps the right to an answer. A resident
    without an account has an encrypted name and phone here and nowhere else; either may be empty.
    """

    proposal = models.ForeignKey("Proposal", models.PROTECT, related_name="authors", verbose_name=_("建议"))
    origin = models.ForeignKey("Proposal", models.PROTECT, related_name="own_authors", verbose_name=_("原建议"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("用户")
    )
    name = EncryptedTextField(_("姓名"), blank=True, default="")
    phone = EncryptedTextField(_("电话"), blank=True, default="")
    added_at = models.DateTimeField(_("加入时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("建议人")
        verbose_name_plural = _("建议人")
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "user"], condition=models.Q(user__isnull=False), name="author_once_per_origin"
            )
        ]

    def __str__(self) -> str:
        return f"{self.origin_id} {masked_name(str(self.name))}"

    @property
    def contact(self) -> dict[str, Any]:
        """For the staff who must phone or visit."""
        return {"name": self.name, "phone": self.phone}

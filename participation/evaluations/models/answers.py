"""评价: what was said, tied to its rater in a named round and to nobody in a secret one."""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..states import Channel, Value
from .rounds import CHANNELS, Rater, Round

VALUES = [
    (Value.SATISFIED.value, _("满意")),
    (Value.BASICALLY.value, _("基本满意")),
    (Value.DISSATISFIED.value, _("不满意")),
]


def new_key() -> str:
    """128 random bits: the only thing that orders the answers of a secret round."""
    return secrets.token_hex(16)


class Answer(models.Model):
    """评价: given once; shown as a value only where the rater chose 公开我的评价."""

    rater = models.OneToOneField(Rater, models.CASCADE, related_name="answer", verbose_name=_("评价人"))
    value = models.CharField(_("满意度"), max_length=20, choices=VALUES)
    reason = models.TextField(_("理由"), blank=True)
    stars = models.JSONField(_("星级"), default=dict, blank=True)
    comment = models.TextField(_("意见"), blank=True)
    is_public = models.BooleanField(_("公开我的评价"), default=False)
    channel = models.CharField(_("方式"), max_length=6, choices=CHANNELS, default=Channel.WEB.value)
    answered_at = models.DateTimeField(_("评价时间"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("代填人")
    )

    class Meta:
        verbose_name = _("评价")
        verbose_name_plural = _("评价")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(value="dissatisfied") | ~models.Q(reason=""), name="answer_dissatisfied_says_why"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rater_id} {self.get_value_display()}"


class SecretAnswer(models.Model):
    """无记名评价: no key, order or time in common with the raters (decisions.md 13).

    The key is random and orders the table itself (WITHOUT ROWID on SQLite); closing writes all rows of a round anew
    in the order of new keys, so that a dump holds no trace of when each came. Never ask for rows in another order.
    """

    key = models.CharField(_("随机号"), max_length=32, primary_key=True, default=new_key, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="secret_answers", verbose_name=_("轮次"))
    value = models.CharField(_("满意度"), max_length=20, choices=VALUES)
    stars = models.JSONField(_("星级"), default=dict, blank=True)
    comment = models.TextField(_("意见"), blank=True)

    class Meta:
        verbose_name = _("无记名评价")
        verbose_name_plural = _("无记名评价")
        ordering = ["key"]

    def __str__(self) -> str:
        return f"{self.round_id} {self.get_value_display()}"

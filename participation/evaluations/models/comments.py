"""评价意见: words of a round, published only once a moderator has read them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .answers import Answer
from .rounds import Round


class EvaluationComment(models.Model):
    """评价意见: taken over at the end of its round, all at once and in random order; the original is in its review.

    `answer` is there for a named round only, so that the words of a cancelled account can go.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="comments", verbose_name=_("轮次"))
    key = models.CharField(_("随机号"), max_length=32, unique=True)
    review = models.OneToOneField("moderation.Review", models.PROTECT, related_name="+", verbose_name=_("审核"))
    answer = models.OneToOneField(
        Answer, models.SET_NULL, null=True, blank=True, related_name="published_comment", verbose_name=_("评价")
    )
    text = models.TextField(_("公开文本"), blank=True)
    is_public = models.BooleanField(_("公开"), default=False)

    class Meta:
        verbose_name = _("评价意见")
        verbose_name_plural = _("评价意见")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key

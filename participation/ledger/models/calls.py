"""电话回访: proposers whom no mail and no text message reaches are asked by phone (decisions.md 22)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from participation.evaluations.models import Rater

from ..states import CallState
from .answers import Reply
from .people import Party

CALL_STATES = [
    (CallState.OPEN.value, _("待回访")),
    (CallState.SECOND_TRY.value, _("没接通，待第二次回访")),
    (CallState.ANSWERED.value, _("已评价")),
    (CallState.DECLINED.value, _("不愿评价")),
    (CallState.UNREACHED.value, _("两次没接通")),
]


class CallBack(models.Model):
    """电话回访: one proposer to be asked about one reply; what was said is the rating and stands there only."""

    reply = models.ForeignKey(Reply, models.PROTECT, related_name="call_backs", verbose_name=_("答复"))
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("提出人"))
    rater = models.OneToOneField(Rater, models.PROTECT, related_name="+", verbose_name=_("评价人"))
    state = models.CharField(_("状态"), max_length=10, choices=CALL_STATES, default=CallState.OPEN.value)
    due_on = models.DateField(_("回访日期"))
    tried_on = models.DateField(_("最近一次"), null=True, blank=True)
    tried_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("回访人")
    )

    class Meta:
        verbose_name = _("电话回访")
        verbose_name_plural = _("电话回访")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return f"{self.reply_id} {self.get_state_display()}"

"""What staff and readers enter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Delivery, NoticeTask, NoticeTry
from .states import DECISIONS, Decision, DeliveryState

DECISION_LABELS = {
    Decision.ARRIVED: _("已经送达，不再发送"),
    Decision.SEND_AGAIN: _("再发一次（同一封信的编号不变）"),
    Decision.GIVE_UP: _("不再发送"),
}


class DecisionForm(forms.ModelForm):
    """What became of one uncertain or failed delivery."""

    reason = forms.CharField(label=_("理由"), max_length=300, help_text=_("例如：已电话核实本人收到。"))

    class Meta:
        model = Delivery
        fields: list[str] = []

    field_order = ("decision", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state = DeliveryState(self.instance.state)
        self.fields["decision"] = forms.ChoiceField(
            label=_("处理"),
            widget=forms.RadioSelect,
            choices=[(each.value, label) for each, label in DECISION_LABELS.items() if (state, each) in DECISIONS],
        )
        self.order_fields(self.field_order)


class NoticeTryForm(forms.ModelForm):
    """One phone call or visit."""

    way = forms.ChoiceField(label=_("方式"), choices=NoticeTry.Way, widget=forms.RadioSelect)
    result = forms.ChoiceField(label=_("结果"), choices=NoticeTry.Result, widget=forms.RadioSelect)
    note = forms.CharField(label=_("备注"), max_length=300, required=False)

    class Meta:
        model = NoticeTask
        fields: list[str] = []

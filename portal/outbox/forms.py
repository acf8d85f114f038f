"""What staff and readers enter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import selectors
from .models import Delivery, NoticeTask, NoticeTry, Preference
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


class PreferencesForm(forms.Form):
    """接收设置: what is not posted stays as it was, so that a page opened long ago takes nothing back."""

    EMAIL = [(each.value, each.label) for each in Preference.Frequency if each != Preference.Frequency.AUTO]
    SMS = [(each.value, each.label) for each in Preference.Frequency if each != Preference.Frequency.DAILY]

    hour = forms.TypedChoiceField(
        label=_("每日汇总邮件几点发"),
        coerce=int,
        required=False,
        empty_value=None,
        choices=[(hour, f"{hour}:00") for hour in range(24)],
    )
    digests = forms.ChoiceField(
        label=_("每日汇总邮件"), required=False, choices=[("yes", _("有消息时每天发一封")), ("no", _("不要"))]
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.kinds = user, selectors.preferences(user)
        self.fields["hour"].initial = selectors.digest_hour(user)
        self.fields["digests"].initial = "no" if selectors.digests_are_refused(user) else "yes"
        for row in self.kinds:
            self._add(row, Preference.Channel.EMAIL, self.EMAIL, row["wish"].email)
            if row["by_sms"]:
                self._add(row, Preference.Channel.SMS, self.SMS, row["wish"].sms)

    def _add(self, row: dict[str, Any], channel: Preference.Channel, choices: list[Any], now: str) -> None:
        name = f"{channel.value}-{row['key']}"
        self.fields[name] = forms.ChoiceField(label=channel.label, choices=choices, required=False, initial=now)

    def groups(self) -> list[dict[str, Any]]:
        """For the page: per kind of message its label and its fields."""
        names = {row["key"]: [f"email-{row['key']}", f"sms-{row['key']}"] for row in self.kinds}
        return [
            {"label": row["label"], "fields": [self[name] for name in names[row["key"]] if name in self.fields]}
            for row in self.kinds
        ]

    def changes(self) -> dict[str, Any]:
        """What was posted and differs: {"hour": 20, "digests": "no", "email-own_proposal": "daily"}."""
        posted = {name: self.cleaned_data[name] for name in self.changed_data}
        return {name: value for name, value in posted.items() if value not in ("", None)}


class NoticeTryForm(forms.ModelForm):
    """One phone call or visit."""

    way = forms.ChoiceField(label=_("方式"), choices=NoticeTry.Way, widget=forms.RadioSelect)
    result = forms.ChoiceField(label=_("结果"), choices=NoticeTry.Result, widget=forms.RadioSelect)
    note = forms.CharField(label=_("备注"), max_length=300, required=False)

    class Meta:
        model = NoticeTask
        fields: list[str] = []

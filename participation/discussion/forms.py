"""The shape of what authors and staff send; what must hold is asked by the services."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.frame.fields import CountedCharField
from portal.gate.forms import AnonymousWriteForm
from portal.idempotency.fields import FormKeyField

from .models import Capacity, Stance
from .rules import SUMMARY_LENGTH, TEXT_LENGTH
from .selectors import ORDERS, VOICES

CAPACITY_WORDS = {
    Capacity.RESIDENT: _("居民（按我的账号设置署名）"),
    Capacity.MEMBER: _("议事代表（按我的账号设置署名，带身份标识）"),
    Capacity.DEPUTY: _("人大代表（公开姓名，带身份标识）"),
    Capacity.OFFICIAL: _("官方答复（署单位，置顶显示）"),
}


def text_field() -> CountedCharField:
    return CountedCharField(
        label=_("您的意见"),
        help_text=_("请就事论事，友善表达。不要写身份证号、电话和别人的姓名。"),
        count_limit=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("请写下您的意见。")},
    )


class CommentForm(AnonymousWriteForm):
    """发表评论, or an answer to one."""

    gate_action = "comment"
    captcha_for = "limited"

    stance = forms.ChoiceField(
        label=_("您的立场"),
        choices=[*Stance.choices, ("", _("不选"))],
        widget=forms.RadioSelect,
        required=False,
        initial="",
        error_messages={"invalid_choice": _("请从列出的立场中选择。")},
    )
    text = text_field()
    capacity = forms.ChoiceField(
        label=_("以什么身份发言"),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("请从列出的身份中选择。"), "required": _("请选择身份。")},
    )
    form_key = FormKeyField()

    def __init__(self, *args: Any, capacities: list[Capacity], is_reply: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["capacity"].choices = [(each.value, CAPACITY_WORDS[each]) for each in capacities]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["capacity"].initial = capacities[0].value
        if len(capacities) == 1:
            self.fields["capacity"].widget = forms.HiddenInput()
        if is_reply:
            del self.fields["stance"]


class AmendForm(forms.Form):
    """补正, or an edit within the window."""

    text = text_field()


class ThreadFilterForm(forms.Form):
    """What the address of a thread says; a value that is not known counts as the first."""

    order = forms.ChoiceField(choices=[(order, order) for order in ORDERS], required=False)
    voices = forms.ChoiceField(choices=[(each, each) for each in VOICES], required=False)

    @property
    def asked(self) -> tuple[str, str]:
        """(order, voices)."""
        self.is_valid()
        return self.cleaned_data.get("order") or "newest", self.cleaned_data.get("voices") or "all"


class LastDayForm(forms.Form):
    closes_on = forms.DateField(
        label=_("讨论截止日期（当天仍可发言；留空为不设截止）"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("日期应写作 2026-03-10 的样子。")},
    )


class SummaryForm(forms.Form):
    summary = CountedCharField(
        label=_("小结（公开）"),
        help_text=_("写明主要意见、一致和分歧之处、下一步怎样办。结束以后不能再发言。"),
        count_limit=SUMMARY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("请先写小结，再结束讨论。")},
    )


class ThreadQueueForm(forms.Form):
    """What the list of staff is narrowed by."""

    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部")), ("open", _("进行中")), ("due", _("已过截止日期，待写小结")), ("closed", _("已结束"))],
    )

"""What a deputy answers to the committee's request."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.frame.fields import CountedCharField
from portal.idempotency.fields import FormKeyField

REASON_LENGTH = 500


class AnswerForm(forms.Form):
    """已提出代表建议 with number and day, or 不提出 with the reason."""

    use_required_attribute = False
    form_key = FormKeyField()
    answer = forms.ChoiceField(
        label=_("您的答复"),
        choices=[("proposed", _("已提出代表建议")), ("declined", _("不提出"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择已提出或不提出。"), "invalid_choice": _("请选择已提出或不提出。")},
    )
    outside_number = forms.CharField(
        label=_("代表建议编号"),
        help_text=_("已提出的填写，例如“第123号”，以人大代表建议办理系统的编号为准。"),
        required=False,
        max_length=60,
    )
    on = forms.DateField(
        label=_("提出日期"),
        help_text=_("已提出的填写，不填为今天。"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("日期应写作 2026-03-10 的样子。")},
    )
    reason = CountedCharField(
        label=_("不提出的理由"),
        help_text=_("不提出的填写，只有人大街道工委看得到。"),
        required=False,
        count_limit=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("answer") == "proposed" and not cleaned.get("outside_number", "").strip():
            self.add_error("outside_number", _("请填写代表建议编号。"))
        if cleaned.get("answer") == "declined" and "reason" in cleaned and not cleaned["reason"].strip():
            self.add_error("reason", _("请说明不提出的理由。"))
        return cleaned

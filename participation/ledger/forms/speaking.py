"""What residents say of an item: a rating, an objection."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.evaluations.models import VALUES
from participation.evaluations.states import NEEDS_REASON
from portal.frame.fields import CountedCharField
from portal.idempotency.fields import FormKeyField

REASON_LENGTH = 500


class RatingForm(forms.Form):
    """“解决了吗？”: the answer is the rating (decisions.md 22)."""

    use_required_attribute = False
    form_key = FormKeyField()
    value = forms.ChoiceField(
        label=_("解决了吗？您对办理结果"),
        choices=VALUES,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("请选择满意、基本满意或不满意"),
            "invalid_choice": _("请选择满意、基本满意或不满意"),
        },
    )
    reason = CountedCharField(
        label=_("理由"),
        help_text=_("选“不满意”时请写明哪里没有解决，承办单位据此重新办理。理由只有您和工作人员看得到。"),
        required=False,
        count_limit=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    is_public = forms.BooleanField(
        label=_("公开我的评价"),
        help_text=_("不勾选时，页面只显示“已评价”，不显示满意与否；勾选后显示评价，不显示您的姓名和理由。"),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("value") in list(NEEDS_REASON) and "reason" in cleaned and not cleaned["reason"].strip():
            self.add_error("reason", _("请说明不满意的理由，以便重新办理。"))
        return cleaned


class ObjectionForm(forms.Form):
    """对销号提出异议."""

    use_required_attribute = False
    form_key = FormKeyField()
    reason = CountedCharField(
        label=_("为什么不应销号？"),
        help_text=_("请写明现在的情况，例如时间、地点。理由只有您和工作人员看得到，处理意见会公开。"),
        count_limit=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("请说明异议的理由。")},
    )

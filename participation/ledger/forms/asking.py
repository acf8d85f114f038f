"""“解决了吗？” without an account, and what staff write down of a call."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.evaluations.models import VALUES
from participation.evaluations.states import NEEDS_REASON
from portal.frame.fields import CountedCharField
from portal.gate.forms import AnonymousWriteForm

from ..states import CallResult
from .speaking import REASON_LENGTH, StarsForm

PLAIN = [
    ("satisfied", _("已解决，满意")),
    ("basically_satisfied", _("已解决，基本满意")),
    ("dissatisfied", _("没有解决，不满意")),
]
WHY = _("请说明不满意的理由，以便重新办理。")


class SolvedForm(StarsForm, AnonymousWriteForm):
    """Three plain choices, and folded below them the stars of the round; a captcha only where a limit is used up.

    No field for words: whoever holds the phone answers, and 不满意 has its reason.
    """

    template_name = "ledger/rating_form.html"
    gate_action = "solved"
    captcha_for = "limited"
    value = forms.ChoiceField(
        label=_("您对办理结果"),
        choices=PLAIN,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择一项"), "invalid_choice": _("请选择一项")},
    )
    reason = CountedCharField(
        label=_("理由"),
        help_text=_("选“没有解决”时请写明哪里没有解决，承办单位据此重新办理。请不要写姓名、电话。"),
        required=False,
        count_limit=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, questions: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_for_stars(questions)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("value") in list(NEEDS_REASON) and "reason" in cleaned and not cleaned["reason"].strip():
            self.add_error("reason", WHY)
        return cleaned

    def given(self) -> dict[str, Any]:
        return {"value": self.cleaned_data["value"], "reason": self.cleaned_data["reason"], "stars": self.stars()}


class CallForm(StarsForm):
    """What came of one call; the stars where the person called wants to say more."""

    result = forms.ChoiceField(
        label=_("结果"),
        choices=[
            (CallResult.ANSWERED.value, _("作了评价")),
            (CallResult.UNREACHED.value, _("没接通")),
            (CallResult.DECLINED.value, _("不愿评价")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择回访结果。")},
    )
    value = forms.ChoiceField(
        label=_("评价（作了评价的）"),
        choices=VALUES,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("请选择满意、基本满意或不满意")},
    )
    reason = CountedCharField(
        label=_("理由（不满意的必填，照原话记）"),
        required=False,
        count_limit=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, questions: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_for_stars(questions)

    def given(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("result", "value", "reason")} | {"stars": self.stars()}

    def refuse_what_was_not_said(self, cleaned: dict[str, Any]) -> None:
        """A wrong tick never drops what somebody said on the phone; where no result was chosen that is asked first."""
        said = ["value", "reason", *(field.name for field in self.star_fields)]
        if cleaned.get("result") and any(cleaned.get(name) for name in said):
            self.add_error("result", _("填了评价或理由的，结果应选“作了评价”；没有评价的，请清空评价、理由和星级。"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("result") != CallResult.ANSWERED:
            self.refuse_what_was_not_said(cleaned)
            return cleaned
        if not cleaned.get("value") and "value" not in self.errors:
            self.add_error("value", _("请选择满意、基本满意或不满意"))
        if cleaned.get("value") in list(NEEDS_REASON) and not (cleaned.get("reason") or "").strip():
            self.add_error("reason", WHY)
        return cleaned

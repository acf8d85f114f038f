"""What visitors, deputies and the desk type."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liaison_stations.deputies.models import Deputy
from liaison_stations.records.rules.diversion import CHANNELS
from liaison_stations.records.rules.recording import words_never_said
from portal.frame.fields import CodeField, CountedCharField, NormalisedCharField, PhoneField
from portal.gate.forms import AnonymousWriteForm
from portal.idempotency.fields import FormKeyField

from .models import STATE_LABELS, DeputyMessage
from .rules.codes import CODE_DIGITS
from .rules.naming import ANSWER_LENGTH, BODY_LENGTH, NAME_LENGTH, REASON_LENGTH, TITLE_LENGTH, says_something

CHANNEL_CHOICES = [("", _("请选择")), *((each.key, each.label) for each in CHANNELS.values())]


class MessageForm(AnonymousWriteForm):
    """留言: words first; the phone only of somebody without a verified account."""

    gate_action = "message"
    captcha_for = "limited"

    body = CountedCharField(
        label=_("您要说的话"),
        help_text=_("写清楚什么事、在哪里。请不要写身份证号和银行卡号。"),
        count_limit=BODY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("请写下您要说的话")},
    )
    name = NormalisedCharField(
        label=_("怎样称呼您"), help_text=_("例如：王女士。"), required=False, max_length=NAME_LENGTH
    )
    phone = PhoneField(
        label=_("手机号"),
        mobile_only=True,
        help_text=_("下一页填短信验证码。号码加密保存，只用来核实和告知结果。"),
        error_messages={"required": _("请填写手机号，用来核实和告知结果")},
    )
    form_key = FormKeyField()

    def __init__(self, *args: Any, needs_phone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_phone:
            del self.fields["phone"]

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        if not says_something(body):
            raise forms.ValidationError(_("请写清楚要说的事，至少四个字"))
        return body


class CodeForm(forms.Form):
    """The code from the text message."""

    code = CodeField(
        label=_("短信验证码"), length=CODE_DIGITS, error_messages={"required": _("请填写短信里的六位数字")}
    )


def _text(label: Any, length: int, rows: int = 0, **kwargs: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else None
    too_long = {"max_length": _("不能超过%(limit_value)d字。"), "required": _("请填写这一项。")}
    return forms.CharField(label=label, max_length=length, widget=widget, error_messages=too_long, **kwargs)


class StepForm(forms.Form):
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class AnswerForm(StepForm):
    """答复: by the deputy, or by the desk."""

    kind = forms.ChoiceField(
        label=_("答复结论"),
        choices=DeputyMessage.AnswerKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择“已反映”或“已转办”。"), "invalid_choice": _("请选择“已反映”或“已转办”。")},
    )
    text = CountedCharField(
        label=_("答复内容"),
        help_text=_("写明向谁反映、转给哪里、什么时候能有消息。代表反映和督促，不直接处理，不写“已解决”。"),
        count_limit=ANSWER_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("请写明向谁反映、转给哪里。")},
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if found := words_never_said(text):
            raise forms.ValidationError(_("代表答复写已反映、已转办，不写“%s”。") % found[0])
        return text


class OpenForm(StepForm):
    title = _text(_("台账事项的公开标题"), TITLE_LENGTH, help_text=_("不写留言人的姓名和电话。"))
    summary = _text(_("公开的内容（可不填）"), BODY_LENGTH, 3, required=False)


class PassOnForm(StepForm):
    """转给代表. `deputies` is a queryset."""

    deputy = forms.ModelChoiceField(
        label=_("转给哪位代表"),
        queryset=Deputy.objects.none(),
        empty_label=_("请选择"),
        help_text=_("代表会收到通知，在期限前答复；没有账号的代表，请电话联系，由联络站代为答复。"),
        error_messages={"required": _("请选择代表。"), "invalid_choice": _("请从列表中选择代表。")},
    )

    def __init__(self, *args: Any, deputies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = deputies  # type: ignore[attr-defined]  # a model choice, typed as any Field


class ProposeForm(StepForm):
    title = _text(_("建议标题（可不填）"), TITLE_LENGTH, required=False)
    body = _text(_("建议内容"), BODY_LENGTH, 4, help_text=_("审核以后公开。不写留言人的姓名和电话。"))
    has_agreed = forms.BooleanField(
        label=_("留言人同意作为建议公开办理"), error_messages={"required": _("建议会公开办理，先征得留言人同意。")}
    )


class DivertForm(StepForm):
    channel = forms.ChoiceField(
        label=_("告知的渠道"), choices=CHANNEL_CHOICES, error_messages={"required": _("请选择告知的渠道。")}
    )
    reason = _text(_("说明（可不填）"), REASON_LENGTH, 2, required=False)


class RejectForm(StepForm):
    reason = _text(_("理由（留言人会看到）"), REASON_LENGTH, 2)


class ReasonForm(StepForm):
    """Why a code ends."""

    reason = _text(_("理由"), REASON_LENGTH, help_text=_("例如：海报遗失、代表卸任、网址更换。"))


class FilterForm(forms.Form):
    """The desk's list."""

    state = forms.ChoiceField(
        label=_("处理"),
        required=False,
        choices=[
            ("", _("全部")),
            ("waiting", _("等待答复（全部）")),
            ("soon", _("三天内到期")),
            ("overdue", _("超过答复期限")),
            *((state.value, label) for state, label in STATE_LABELS.items()),
        ],
    )
    q = forms.CharField(label=_("编号或手机号"), required=False, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def asked(self) -> dict[str, str]:
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


class IssueForm(forms.Form):
    """Whose codes are issued: stations and deputies without a valid one."""

    chosen = forms.MultipleChoiceField(
        label=_("启用谁的码"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请先勾选要启用的站点或代表。"), "invalid_choice": _("请从列表中选择。")},
    )

    def __init__(self, *args: Any, owners: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = list(owners)  # type: ignore[attr-defined]  # a choice field, typed as any Field

"""The two lines of a slip."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.gate.forms import AnonymousWriteForm

from .models import QueryCodeIssue
from .registry import Found, find_number
from .rules import Asked, asked_code, asked_number


class LookupForm(AnonymousWriteForm):
    """受理编号 (or its last six digits) and 查询码; typed as people type."""

    gate_action = "lookup"
    number = forms.CharField(
        label=_("受理编号"),
        max_length=100,
        help_text=_("回执上的编号，例如 JY-430381001-2026-000123；只填最后六位数字也可以。"),
        error_messages={"required": _("请填写受理编号或它的最后六位数字")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "input--medium"}),
    )
    code = forms.CharField(
        label=_("查询码"),
        max_length=40,
        help_text=_("回执上的六位数字。"),
        error_messages={"required": _("请填写六位查询码")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "class": "input--short"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.captcha_for = settings.LOOKUP_CAPTCHA
        super().__init__(*args, **kwargs)

    def clean_number(self) -> Asked:
        asked = asked_number(self.cleaned_data["number"])
        if asked is None:
            raise ValidationError(_("编号应像 JY-430381001-2026-000123，或只填最后六位数字"))
        return asked

    def clean_code(self) -> str:
        code = asked_code(self.cleaned_data["code"])
        if not code:
            raise ValidationError(_("查询码是六位数字"))
        return code


class ReissueForm(forms.ModelForm):
    """Staff issue a new code after checking who asks."""

    reason = forms.CharField(
        label=_("如何核对本人"), max_length=300, help_text=_("例如：本人持身份证到站，核对姓名一致。不要填写证件号码。")
    )
    found: Found

    class Meta:
        model = QueryCodeIssue
        fields = ["number"]

    def clean_number(self) -> str:
        asked = asked_number(self.cleaned_data["number"])
        found = find_number(asked.number) if asked and asked.number else []
        if not found:
            raise ValidationError(_("没有这个编号，请填写完整编号"))
        self.found = found[0]
        return self.found.number

    def validate_unique(self) -> None:
        """A number may get a new code any number of times."""

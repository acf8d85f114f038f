"""One short form per page of the wizard."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from portal.jurisdictions.forms import SiteProfileForm
from portal.jurisdictions.terms.presets import PRESETS

PRESET_LATER = "later"


class TokenForm(forms.Form):
    token = forms.CharField(
        label=_("设置口令"),
        max_length=60,
        help_text=_("启动时打印在终端里，也可以运行 manage.py setup_token 重新取得。大小写和横线不影响。"),
        error_messages={"required": _("请填设置口令。")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class AccountForm(forms.Form):
    """The first administrator. What was typed stays; passwords are typed again after an error, as browsers do."""

    username = forms.CharField(
        label=_("用户名"),
        max_length=150,
        help_text=_("登录用，建议用字母和数字。"),
        error_messages={"required": _("请填用户名。")},
        widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )
    email = forms.EmailField(
        label=_("电子邮箱"),
        required=False,
        error_messages={"invalid": _("邮箱写得不对，例如：zhan@example.cn。")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = forms.CharField(
        label=_("密码"),
        strip=False,
        max_length=128,
        help_text=_("至少10位，不要只用数字。"),
        error_messages={"required": _("请填密码。")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=_("再填一次密码"),
        strip=False,
        max_length=128,
        error_messages={"required": _("请再填一次密码。")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_username(self) -> str:
        model = get_user_model()
        name = model.normalize_username(self.cleaned_data["username"].strip())
        try:
            model._meta.get_field("username").run_validators(name)
        except forms.ValidationError:
            raise forms.ValidationError(_("用户名只能有文字、数字和 @ . + - _ 这些符号。")) from None
        return str(name)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, second = cleaned.get("password"), cleaned.get("password_again")
        if first and second and first != second:
            self.add_error("password_again", _("两次填的密码不一样。"))
        elif first:
            person = get_user_model()(username=cleaned.get("username", ""), email=cleaned.get("email", ""))
            try:
                validate_password(first, person)
            except forms.ValidationError as refusal:
                self.add_error("password", refusal)
        return cleaned


class TermsForm(forms.Form):
    preset = forms.ChoiceField(
        label=_("按哪份文件执行"),
        choices=[
            *((key, preset.label) for key, preset in PRESETS.items()),
            (PRESET_LATER, _("都不是，以后在后台自己填")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一项。"), "invalid_choice": _("请从列出的选项中选。")},
        help_text=_("选了以后，称谓、比例、期限等都按文件填好；以后可以从某一天起改动，改动都有记录。"),
    )


class SiteForm(SiteProfileForm):
    """The few particulars that every page needs; the rest waits in the admin."""

    class Meta(SiteProfileForm.Meta):
        fields = ["site_name", "host_organisation", "operating_organisation", "phones", "address", "opening_hours"]

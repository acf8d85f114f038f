"""The doors' forms: one field per page, Chinese, forgiving."""

from typing import Any

from allauth.account.forms import (
    AddEmailForm,
    ChangePasswordForm,
    ChangePhoneForm,
    ConfirmEmailVerificationCodeForm,
    ConfirmLoginCodeForm,
    ConfirmPasswordResetCodeForm,
    LoginForm,
    RequestLoginCodeForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
    SignupForm,
    VerifyPhoneForm,
)
from allauth.account.forms import ResetPasswordForm as ForgottenPasswordForm
from allauth.core import context
from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.frame.fields import CodeField, NormalisedCharField
from portal.gate.forms import AnonymousWriteForm

from ..adapters.phones import TYPED_PHONE
from ..adapters.waiting import asked_too_soon, seconds_to_wait
from ..selectors import open_doors


def chosen_door(data: Any) -> str:
    """`phone` or `email`: the one asked for when it is open, else the first open one; empty when both are closed."""
    doors = open_doors()
    asked = data.get("door", "") if data else ""
    return asked if asked in doors else (doors[0] if doors else "")


class OneCodeAMinute(forms.Form):
    """The last thing that is checked: a valid form sends its code, and begins the wait for the next one."""

    has_code_waiting = False  # refused because this session has asked already: the page for the code is shown

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        field = next((name for name in ("phone", "email") if cleaned.get(name)), "")
        if field and not self.errors and (left := seconds_to_wait(context.request, cleaned[field])):
            self.add_error(field, asked_too_soon(left))
            self.has_code_waiting = "account_login" in context.request.session
        return cleaned


class DoorMixin(OneCodeAMinute):
    """Shows the field of one door; the other one is a link away."""

    door_name: str

    def choose_door(self) -> None:
        request = context.request
        self.door_name = chosen_door(self.data if self.is_bound else request.GET)
        self.fields["door"] = forms.CharField(required=False, widget=forms.HiddenInput, initial=self.door_name)
        for name in {"phone", "email"} - {self.door_name}:
            self.fields.pop(name, None)
        for name in {"phone", "email"} & set(self.fields):
            self.fields[name].required = True
        if "email" in self.fields:
            self.fields["email"].label = _("邮箱")
            self.fields["email"].widget.attrs.pop("placeholder", None)

    @property
    def other_door(self) -> str:
        return next((door for door in open_doors() if door != self.door_name), "")

    def clean(self) -> dict[str, Any]:
        if not self.door_name:
            raise forms.ValidationError(_("本站还没有开通短信和邮件，暂时不能用验证码登录。"), code="no_door")
        return super().clean()


class PasswordLoginForm(LoginForm):
    """User name and password; for staff, and for those who set a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = NormalisedCharField(
            label=_("用户名"), max_length=254, widget=forms.TextInput(attrs={"autocomplete": "username"})
        )
        self.fields["password"].label = _("密码")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.order_fields(["login", "password"])

    @property
    def code_form(self) -> "CodeRequestForm | None":
        """The first door, shown above this one; None when no code can be sent."""
        return CodeRequestForm() if open_doors() else None

    def _setup_password_field(self) -> None:
        """allauth drops the field where nobody signs up with a password; our staff have one all the same."""


class CodeRequestForm(DoorMixin, RequestLoginCodeForm):
    """Where the log-in code goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_door()


class ResidentSignupForm(DoorMixin, AnonymousWriteForm, SignupForm):
    """手机号或邮箱 + 两个勾选 + 一道算术题; the name is asked for later and is optional."""

    gate_action = "signup"
    captcha_for = "visitors"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, request=context.request, **kwargs)
        self.choose_door()
        if "phone" in self.fields and (typed := context.request.session.pop(TYPED_PHONE, "")):
            self.fields["phone"].initial = typed
        self.fields["is_over_14"] = forms.BooleanField(
            label=_("我已满14周岁"),
            error_messages={"required": _("注册需要年满14周岁。未满14周岁请由监护人代为提出建议。")},
        )
        self.fields["accepts_privacy"] = forms.BooleanField(
            label=format_html(
                '{}<a href="{}" target="_blank" rel="noopener">{}</a>'
                '{}<a href="{}" target="_blank" rel="noopener">{}</a>',
                _("我已阅读并同意"),
                reverse("accounts:privacy_notice"),
                _("《个人信息处理规则》"),
                _("和"),
                reverse("accounts:terms"),
                _("《使用条款》"),
            ),
            error_messages={"required": _("请阅读并勾选同意《个人信息处理规则》，不同意则无法注册。")},
        )
        self.order_fields(["phone", "email", "is_over_14", "accepts_privacy", "captcha"])

    def _get_signup_fields(self, kwargs: dict[str, Any]) -> dict[str, dict[str, bool]]:
        door = chosen_door(kwargs.get("data") or context.request.POST or context.request.GET)
        return {door: {"required": True}} if door else {}


class PhoneForm(OneCodeAMinute, ChangePhoneForm):
    pass


class EmailForm(OneCodeAMinute, AddEmailForm):
    pass


class ForgottenForm(OneCodeAMinute, ForgottenPasswordForm):
    pass


class _SixDigits(forms.Form):
    """Codes come by text message: full width and blanks are understood."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = CodeField(length=6, label=_("验证码"))
        self.fields["code"].widget.attrs["autocomplete"] = "one-time-code"


class LoginCodeForm(_SixDigits, ConfirmLoginCodeForm):
    pass


class PhoneCodeForm(_SixDigits, VerifyPhoneForm):
    pass


class EmailCodeForm(_SixDigits, ConfirmEmailVerificationCodeForm):
    pass


class ResetCodeForm(_SixDigits, ConfirmPasswordResetCodeForm):
    pass


class _TypedTwice(forms.Form):
    """A new password, typed twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("新密码")
        self.fields["password2"].label = _("再输一次新密码")
        if "oldpassword" in self.fields:
            self.fields["oldpassword"].label = _("现在的密码")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class NewPasswordForm(_TypedTwice, ChangePasswordForm):
    pass


class FirstPasswordForm(_TypedTwice, SetPasswordForm):
    pass


class ResetPasswordForm(_TypedTwice, ResetPasswordKeyForm):
    pass

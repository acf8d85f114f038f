"""allauth's forms of the second factor, forgiving: a code may be typed in full width or with blanks."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.frame.fields import NormalisedCharField


class _Forgiving(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        typed = forms.TextInput({"autocomplete": "one-time-code", "inputmode": "text"})
        self.fields["code"] = NormalisedCharField(label=_("动态码"), widget=typed)

    def clean_code(self) -> str:
        self.cleaned_data["code"] = "".join(self.cleaned_data["code"].split())
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # of the form of allauth that this stands before
        except ValidationError as error:
            if error.code == "too_many_login_attempts":
                raise ValidationError(_("尝试次数太多，请等五分钟再试。"), code=error.code) from None
            raise
        return code


class SecondFactorForm(_Forgiving, AuthenticateForm):
    """At log-in: a code of the app, or one of the recovery codes."""


class SecondFactorAgainForm(_Forgiving, ReauthenticateForm):
    """Before a sensitive step."""


class NewAuthenticatorForm(_Forgiving, ActivateTOTPForm):
    """The first code of a new app."""


class NewKeyForm(AddWebAuthnForm):
    """A passkey, in the words of the other pages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("密钥的名称")
        self.fields["passwordless"].label = _("用它直接登录，不输密码")
        self.fields["passwordless"].help_text = _("登录时要验证指纹、面容或者设备的锁屏密码。")


class RenamedKeyForm(EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("密钥的名称")

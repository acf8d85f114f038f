"""The mixin for every form that a visitor may send without an account."""

import time
from typing import Any

from django import forms
from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .backends import allow, client_address, is_exhausted, limit_of
from .fields import ArithmeticCaptchaField, HoneypotField

AGE_SALT = "portal.gate.form-age"


def signed_now() -> str:
    return signing.dumps(int(time.time()), salt=AGE_SALT)


def age_of(token: str) -> int | None:
    """Seconds since the form was handed out, or None when the token was made up. There is no maximum age."""
    try:
        return int(time.time()) - int(signing.loads(token, salt=AGE_SALT))
    except (signing.BadSignature, ValueError, TypeError):
        return None


class AnonymousWriteForm(forms.Form):
    """Honeypot, signed form age, limits and, where they ask for it, one arithmetic question.

    Pass `request=`. `gate_action` names a limit in settings.GATE_LIMITS; `<gate_action>_address` is the limit of one
    address. `captcha_for = "visitors"` asks everybody who is not logged in; `"limited"` asks only when a limit is used
    up, the form came back too fast, or its age was made up; a question once asked stands until it is answered.
    Nobody is ever locked out: answering lets the form through. Templates render `hidden_fields` and the `captcha`
    field like any other.
    """

    gate_action = "anonymous_write"
    captcha_for = "visitors"
    request: HttpRequest

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields["website"] = HoneypotField()
        self.fields["form_age"] = forms.CharField(required=False, widget=forms.HiddenInput, initial=signed_now)
        if self._must_answer():
            self.fields["captcha"] = ArithmeticCaptchaField()

    @property
    def asks_captcha(self) -> bool:
        return "captcha" in self.fields

    def _gate_keys(self) -> list[tuple[str, str]]:
        """(limit name, key): the account if there is one, always the address."""
        keys = [(f"{self.gate_action}_address", client_address(self.request))]
        user = getattr(self.request, "user", None)
        if user is not None and user.is_authenticated:
            keys.insert(0, (self.gate_action, f"user:{user.pk}"))
        return keys

    def _must_answer(self) -> bool:
        user = getattr(self.request, "user", None)
        is_visitor = user is None or not user.is_authenticated
        if is_visitor and self.captcha_for == "visitors":
            return True
        if not self.is_bound:
            return any(is_exhausted(name, key, *limit_of(name)) for name, key in self._gate_keys())
        # every key pays its turn, also after one that has none left
        refused = [name for name, key in self._gate_keys() if not allow(name, key, *limit_of(name))]
        return bool(refused) or self._came_back_too_fast() or self.add_prefix("captcha_0") in self.data

    def _came_back_too_fast(self) -> bool:
        age = age_of(self.data.get(self.add_prefix("form_age"), ""))
        return age is None or age < limit_of("form_seconds")[0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "captcha" in self.errors and not self.data.get(self.add_prefix("captcha_0")):
            # the question is new to this person: say why it appeared
            why = _("操作较快或较频繁，请先回答这道算术题，您填写的内容都还在")
            self.errors["captcha"] = self.error_class([str(why)])
        return cleaned

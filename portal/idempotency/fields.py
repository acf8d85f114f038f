"""The hidden form field that carries the key."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from .rules import new_key


class FormKeyField(forms.CharField):
    """Name it `form_key`. Each fresh form gets its own key; a form shown again with errors keeps the one it had.

    A missing key is replaced by a new one: the post is then simply not protected against repeats.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("initial", new_key)
        kwargs.setdefault("widget", forms.HiddenInput(attrs={"autocomplete": "off"}))
        super().__init__(**kwargs)
        self.validators.append(RegexValidator(r"\A[A-Za-z0-9_-]{16,64}\Z", _("表单标识无效，请重新打开此页。")))

    def clean(self, value: Any) -> str:
        return super().clean(value) or new_key()

"""Form fields that accept what people really type (conventions.md 8, 9)."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# letters, digits, @ and the blank become half width; Chinese punctuation is correct as it is
_HALF = {
    **{
        ord(full): chr(ord(full) - 0xFEE0)
        for full in map(chr, range(0xFF01, 0xFF5F))
        if (chr(ord(full) - 0xFEE0)).isalnum()
    },
    ord("＠"): "@",
    0x3000: " ",
    0x00A0: " ",
}
_INVISIBLE = re.compile("[\x00\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")


def half_width(text: str) -> str:
    """Full-width letters, digits and blanks as half width; zero-width characters dropped; ends trimmed."""
    return _INVISIBLE.sub("", text.translate(_HALF)).strip()


class NormalisedCharField(forms.CharField):
    """A one-line or long text, normalised before it is measured."""

    def to_python(self, value: Any) -> str:
        return super().to_python(half_width(value) if isinstance(value, str) else value) or ""


class CountedCharField(NormalisedCharField):
    """A text with a limit that is counted, never cut off: the page shows the count, the server says by how much."""

    def __init__(self, *, count_limit: int, **kwargs: Any) -> None:
        self.count_limit = count_limit
        super().__init__(**kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        # a line break counts once, as the browser's script counts it
        over = len(value.replace("\r\n", "\n")) - self.count_limit
        if over > 0:
            raise ValidationError(
                _("超出%(over)d个字，请缩短到%(limit)d字以内"),
                code="too_long",
                params={"over": over, "limit": self.count_limit},
            )


class PhoneField(forms.CharField):
    """Mobile or landline number; blanks, dashes, brackets, full width and +86 are accepted."""

    default_error_messages = {
        "invalid_phone": _("请填写11位手机号码，或带区号的固定电话，如 0731-88660000"),
        "invalid_mobile": _("请填写11位手机号码"),
    }

    def __init__(self, *, mobile_only: bool = False, **kwargs: Any) -> None:
        self.mobile_only = mobile_only
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("inputmode", "tel")
        self.widget.attrs.setdefault("autocomplete", "tel")
        self.widget.attrs.setdefault("class", "input--medium")

    def to_python(self, value: Any) -> str:
        text = unicodedata.normalize("NFKC", super().to_python(value) or "")
        digits = re.sub(r"[\s\-‐-―()（）.·]", "", _INVISIBLE.sub("", text))
        return re.sub(r"^(\+86|0086)", "", digits)

    def validate(self, value: str) -> None:
        super().validate(value)
        if not value:
            return
        if re.fullmatch(r"1\d{10}", value, re.ASCII):
            return
        if self.mobile_only:
            raise ValidationError(self.error_messages["invalid_mobile"], code="invalid_mobile")
        if not re.fullmatch(r"0\d{2,3}[2-9]\d{6,7}|[2-9]\d{6,7}|400\d{7}", value, re.ASCII):
            raise ValidationError(self.error_messages["invalid_phone"], code="invalid_phone")


class CodeField(forms.CharField):
    """A code of digits (query code, SMS code); everything else that was typed is dropped before it is checked."""

    default_error_messages = {"invalid_code": _("请填写%(length)d位数字")}

    def __init__(self, *, length: int = 6, **kwargs: Any) -> None:
        self.length = length
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("inputmode", "numeric")
        self.widget.attrs.setdefault("autocomplete", "off")
        self.widget.attrs.setdefault("class", "input--short")

    def to_python(self, value: Any) -> str:
        text = unicodedata.normalize("NFKC", super().to_python(value) or "")
        return re.sub(r"[\s\-]", "", _INVISIBLE.sub("", text))

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not re.fullmatch(rf"\d{{{self.length}}}", value, re.ASCII):
            raise ValidationError(
                self.error_messages["invalid_code"], code="invalid_code", params={"length": self.length}
            )

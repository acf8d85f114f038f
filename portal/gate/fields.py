"""Form fields of the gate. Their widgets render themselves, so that they look the same under any form renderer."""

from typing import Any

from captcha.fields import CaptchaField, CaptchaTextInput
from captcha.models import CaptchaStore
from django import forms
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from . import rules


class ArithmeticCaptchaInput(CaptchaTextInput):
    """The question drawn and, for those who do not see the image, in words; one answer serves both."""

    use_fieldset = False  # one visible input, so one label

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Asked by error summaries, which only want the id: no question is made for that."""
        return super(CaptchaTextInput, self).get_context(name, value, attrs)

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        attrs = dict(attrs or {})
        self.fetch_captcha_store(name, value, attrs, self.generator)
        challenge = CaptchaStore.objects.values_list("challenge", flat=True).get(hashkey=self._key)
        described_by = [attrs["aria-describedby"]] if attrs.get("aria-describedby") else []
        id_ = attrs.get("id") or f"id_{name}"
        return render_to_string(
            "gate/arithmetic_captcha.html",
            {
                "name": name,
                "id": id_,
                "key": self._key,
                "image": self.image_url(),
                "question": rules.question_in_words(challenge),
                "described_by": " ".join([*described_by, f"{id_}_words"]),
                "is_invalid": attrs.get("aria-invalid") == "true",
            },
        )


class ArithmeticCaptchaField(CaptchaField):
    """算术验证: a courtesy layer on anonymous forms, never the security control and never in the log-in step."""

    default_label = _("算一算（防止机器自动提交）")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label", self.default_label)
        kwargs.setdefault("widget", ArithmeticCaptchaInput())
        wrong = _("答案不对或题目已过期，请回答下面这道新题")
        kwargs.setdefault("error_messages", {}).setdefault("invalid", wrong)
        kwargs["error_messages"].setdefault("required", _("请回答这道算术题"))
        super().__init__(*args, **kwargs)

    def clean(self, value: Any) -> Any:
        key, answer = [*(value or []), "", ""][:2]
        return super().clean([key or "", rules.normalised_answer(answer or "")])


class HoneypotInput(forms.TextInput):
    """An input that no person meets: hidden from sight, from the keyboard and from screen readers."""

    is_hidden = True  # form templates put it with the hidden fields, without a label

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        id_ = (attrs or {}).get("id") or f"id_{name}"
        return format_html(
            '<div hidden><label for="{}">{}</label>'
            '<input type="text" name="{}" id="{}" value="{}" tabindex="-1" autocomplete="off"></div>',
            id_,
            _("这一栏请留空"),
            name,
            id_,
            value or "",
        )


class HoneypotField(forms.CharField):
    """Filled only by machines."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, label="", widget=HoneypotInput(), **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value:
            raise forms.ValidationError(_("有一栏本应留空，却被填写了。请重新打开页面再试。"), code="honeypot")

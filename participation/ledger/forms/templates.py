"""A reply template."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..rules.merging import FIELDS, problems_of
from .pieces import words_field


class ReplyTemplateForm(forms.Form):
    """`owner` is a division (`d12`) or a unit (`u7`) of whoever writes."""

    use_required_attribute = False
    owner = forms.ChoiceField(label=_("供谁使用"))
    name = forms.CharField(label=_("名称"), max_length=60, error_messages={"required": _("请填写名称。")})
    text = words_field(_("模板内容"), rows=8, message=_("请填写模板内容。"))
    is_active = forms.BooleanField(label=_("在用"), required=False, initial=True)

    def __init__(self, *args: Any, owners: list[tuple[str, str]], **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = owners  # type: ignore[attr-defined]  # a choice field, typed as any Field
        self.fields["text"].help_text = _("可用的合并字段：%s") % "、".join(f"{{{name}}}" for name in FIELDS)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if problems := problems_of(text):
            raise ValidationError(problems)
        return text

"""Bringing in an existing ledger: the file, then the confirmation of what was read."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .pieces import SomeChoiceField


class PaperLedgerForm(forms.Form):
    use_required_attribute = False
    division = SomeChoiceField(label=_("街道（乡镇）"), error_messages={"required": _("请选择街道（乡镇）。")})
    year = forms.IntegerField(
        label=_("没有写年份的日期属于哪一年"),
        min_value=2000,
        max_value=2100,
        error_messages={"required": _("请填写年份。"), "invalid": _("请填写四位数的年份。")},
    )
    file = forms.FileField(
        label=_("台账文件（.xlsx）"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": _("请选择一个 .xlsx 文件。"), "empty": _("文件是空的，请重新选择。")},
    )

    def __init__(self, *args: Any, divisions: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["division"].offer(divisions, lambda row: row.name)  # type: ignore[attr-defined]  # our field, typed as any Field
        self.fields["year"].initial = timezone.localdate().year

"""Writing a letter, and the little that each of its steps asks."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ..models import LETTER_KINDS, LedgerItem
from .pieces import UnitChoiceField, day_field, words_field


def _line(label: Any, length: int, *, is_required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=length, required=is_required, error_messages={"required": _("请填写%s。") % label}
    )


class LetterDraftForm(forms.Form):
    """One letter to one unit; the items by their numbers, one a line."""

    use_required_attribute = False
    kind = forms.ChoiceField(label=_("公文种类"), choices=LETTER_KINDS)
    unit = UnitChoiceField(label=_("主送单位"), error_messages={"required": _("请选择承办单位。")})
    items = words_field(_("台账编号（每行一个）"), rows=4)
    issuer = _line(_("发文机关"), 60)
    prefix = _line(_("发文机关代字（文号中〔年份〕之前的字）"), 40)  # type: ignore[assignment] # a field of that name
    title = _line(_("标题"), 120)
    body = words_field(_("正文"), rows=8)
    copy_to = _line(_("抄送（可不填）"), 200, is_required=False)

    def __init__(self, *args: Any, units: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # a choice field, typed as any Field

    def clean_items(self) -> list[LedgerItem]:
        wanted = list(dict.fromkeys(self.cleaned_data["items"].split()))[:201]
        found = {item.reference: item for item in self.rows.filter(reference__in=wanted)}
        missing = [number for number in wanted if number not in found]
        if missing:
            raise ValidationError(_now("没有找到这些台账编号：%s。") % "、".join(missing[:5]))
        return [found[number] for number in wanted]


class LetterStepForm(forms.Form):
    """Fields of one step; which ones, the step says."""

    use_required_attribute = False
    title = _line(_("标题"), 120)
    body = words_field(_("正文"), rows=8)
    copy_to = _line(_("抄送（可不填）"), 200, is_required=False)
    reason = words_field(_("理由"), rows=2)
    number = _line(_("办公室登记的文号（由本平台编号的不填）"), 60, is_required=False)
    on = day_field(_("日期（不填为今天）"))
    late_reason = _line(_("补录理由（日期不是今天的要填）"), 200, is_required=False)
    receiver_name = _line(_("签收人"), 60)
    sealed_on = day_field(_("用印日期"), is_required=True)
    scan = forms.FileField(label=_("盖章扫描件（PDF、JPG、PNG）"), error_messages={"required": _("请选择文件。")})

    def __init__(self, *args: Any, names: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(names):
            del self.fields[name]

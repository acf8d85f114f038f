"""Writing a letter, and the little that each of its steps asks."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ..models import LETTER_KINDS, LedgerItem, LetterItem
from .pieces import UnitChoiceField, day_field, words_field


def _line(label: Any, length: int, *, is_required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=length, required=is_required, error_messages={"required": _("请填写%s。") % label}
    )


class LetterDraftForm(forms.Form):
    """One letter to one unit: its items are ticked, or typed by their numbers, each with what is asked of the unit."""

    use_required_attribute = False
    kind = forms.ChoiceField(label=_("公文种类"), choices=LETTER_KINDS)
    unit = UnitChoiceField(label=_("主送单位"), error_messages={"required": _("请选择承办单位。")})
    items = words_field(_("另加台账编号（每行一个，可不填）"), rows=2, is_required=False)
    issuer = _line(_("发文机关"), 60)
    prefix = _line(_("发文机关代字（文号中〔年份〕之前的字）"), 40)  # type: ignore[assignment] # a field of that name
    title = _line(_("标题"), 120)
    body = words_field(_("正文"), rows=12)
    copy_to = _line(_("抄送（可不填）"), 200, is_required=False)

    first = ("kind", "unit")
    second = ("items", "issuer", "prefix", "title", "body", "copy_to")

    def __init__(self, *args: Any, units: Any, rows: Any, offered: Sequence[LedgerItem] = (), **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.rows, self.offered = rows, list(offered)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # a choice field, typed as any Field
        for item in self.offered:
            self.fields[f"item_{item.pk}"] = forms.BooleanField(label=f"{item.reference} {item.title}", required=False)
            self.fields[f"note_{item.pk}"] = _line(_("办理要求（可不填）"), 300, is_required=False)

    @property
    def choices(self) -> list[tuple[Any, Any]]:
        return [(self[f"item_{item.pk}"], self[f"note_{item.pk}"]) for item in self.offered]

    @property
    def first_fields(self) -> list[Any]:
        return [self[name] for name in self.first]

    @property
    def second_fields(self) -> list[Any]:
        return [self[name] for name in self.second]

    def clean_items(self) -> list[LedgerItem]:
        """Each line that names nothing is said by its number."""
        lines = [line.strip() for line in self.cleaned_data["items"].splitlines()]
        typed = [(place, word) for place, line in enumerate(lines, start=1) for word in line.split()][:201]
        found = {item.reference: item for item in self.rows.filter(reference__in=[word.upper() for _p, word in typed])}
        missing = [
            ValidationError(_("第%(line)d行：没有找到台账编号%(number)s。") % {"line": place, "number": word})
            for place, word in typed
            if word.upper() not in found
        ]
        if missing:
            raise ValidationError(missing[:20])
        return [found[word.upper()] for _p, word in typed]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "items" in self.errors:
            return cleaned
        ticked = [item for item in self.offered if cleaned.get(f"item_{item.pk}")]
        chosen = list(dict.fromkeys([*ticked, *cleaned["items"]]))
        if not chosen:
            self.add_error("items", _("请勾选事项，或填写台账编号。"))
        elif len({item.division_id for item in chosen}) > 1:
            self.add_error("items", _("一份公文的事项应属于同一个街道（乡镇）。"))
        notes = {item.pk: cleaned.pop(f"note_{item.pk}", "") for item in self.offered}
        for item in self.offered:
            cleaned.pop(f"item_{item.pk}", None)
        return {**cleaned, "items": chosen, "notes": notes}


class LetterStepForm(forms.Form):
    """Fields of one step; which ones, the step says."""

    use_required_attribute = False
    version = forms.CharField(widget=forms.HiddenInput, required=False)  # what the page showed
    title = _line(_("标题"), 120)
    body = words_field(_("正文"), rows=12)
    copy_to = _line(_("抄送（可不填）"), 200, is_required=False)
    reason = words_field(_("理由"), rows=2)
    number = _line(_("办公室登记的文号（由本平台编号的不填）"), 60, is_required=False)
    on = day_field(_("日期（不填为今天）"))
    late_reason = _line(_("补录理由（日期不是今天的要填）"), 200, is_required=False)
    receiver_name = _line(_("签收人"), 60)
    sealed_on = day_field(_("用印日期"), is_required=True)
    is_scan_public = forms.BooleanField(
        label=_("公开扫描件（附表事项都公开时；请先核对上面没有姓名、电话）"), required=False
    )
    slip = forms.FileField(
        label=_("单位盖章的签收回执扫描件（PDF、JPG、PNG）"),
        error_messages={"required": _("请上传单位盖章的签收回执扫描件，代录以它为准。")},
    )
    scan = forms.FileField(label=_("盖章扫描件（PDF、JPG、PNG）"), error_messages={"required": _("请选择文件。")})

    def __init__(self, *args: Any, names: tuple[str, ...], lines: Iterable[LetterItem] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - {"version", *names}:
            del self.fields[name]
        self.lines = list(lines) if "notes" in names else []
        for line in self.lines:
            label = _("第%(n)d件%(title)s的办理要求（可不填）") % {"n": line.position, "title": line.item.title[:30]}
            self.fields[f"note_{line.pk}"] = _line(label, 300, is_required=False)
            self.fields[f"note_{line.pk}"].initial = line.note

    def show_version(self, version: str) -> None:
        """Of what the page shows now: after a refusal the same form can be sent again."""
        typed = cast(QueryDict, self.data).copy()
        typed[self.add_prefix("version")] = version
        self.data = typed

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.lines:
            cleaned["notes"] = {line.item_id: cleaned.pop(f"note_{line.pk}", "") for line in self.lines}
        return cleaned

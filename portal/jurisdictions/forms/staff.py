"""The shape of what staff enter: the site's particulars, a period of terms, a file of divisions."""

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .. import rules
from ..models import Division, SiteProfile
from ..selectors import TermInForce, Terms, division_by_code
from ..terms import TermDefinition, TermKind, definitions
from ..terms.presets import StatedValue
from ..terms.standard import GROUPS


class DivisionUploadForm(forms.Form):
    file = forms.FileField(
        label=_("区划表格（CSV）"),
        help_text=_("表头：区划代码,名称,层级,上级代码；UTF-8 或 GB18030 编码。"),
        error_messages={
            "required": _("请选一个文件。"),
            "empty": _("这个文件是空的。"),
            "missing": _("请选一个文件。"),
        },
    )


class SiteProfileForm(forms.ModelForm):
    """Cleans only; `services.site.save_site_profile` writes."""

    class Meta:
        model = SiteProfile
        fields = [
            "site_name",
            "host_organisation",
            "operating_organisation",
            "phones",
            "address",
            "opening_hours",
            "email",
            "icp_number",
            "police_number",
            "site_code",
            "is_government_site",
        ]
        widgets = {"phones": forms.Textarea(attrs={"rows": 3})}
        error_messages = {
            "site_name": {"required": _("请填网站名称，例如：望春门街道议事厅。")},
            "host_organisation": {"required": _("请填主办单位的全称。")},
            "phones": {"required": _("请至少填一个居民能打通的电话。")},
            "email": {"invalid": _("邮箱写得不对，例如：zhan@example.cn。")},
        }

    def clean_phones(self) -> str:
        lines = [unicodedata.normalize("NFKC", line).strip() for line in self.cleaned_data["phones"].splitlines()]
        lines = [line for line in lines if line]
        for line in lines:
            if not rules.phone_lines(line):
                raise forms.ValidationError(_("“%(line)s”里没有电话号码。") % {"line": line})
        return "\n".join(lines)


class StaffSiteProfileForm(SiteProfileForm):
    """The whole row, with the site's own division by code."""

    division = forms.CharField(
        label=_("本站区划代码"), max_length=12, required=False, help_text=_("12位代码，例如 430381001000。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.division:
            self.initial["division"] = self.instance.division.key

    def clean_division(self) -> Division | None:
        key = unicodedata.normalize("NFKC", self.cleaned_data["division"]).strip()
        division = division_by_code(key)
        if key and division is None:
            raise forms.ValidationError(_("没有代码为 %(code)s 的区划。") % {"code": key})
        return division

    def _post_clean(self) -> None:
        """Validates against a copy: the instance on the page keeps what is stored."""
        self.instance = SiteProfile(**{k: v for k, v in self.cleaned_data.items() if v is not None})
        super()._post_clean()  # type: ignore[misc]


PREFIX = "term_"


def _form_field(term: TermDefinition) -> forms.Field:
    help_text = term.help
    unstated = [("", _("未规定"))]
    if term.kind == TermKind.INTEGER:
        low, high = term.bounds or (0, 100_000)
        return forms.IntegerField(
            label=term.label,
            required=False,
            help_text=help_text,
            error_messages={"invalid": _("请填整数。")},
            widget=forms.NumberInput(attrs={"min": low, "max": high}),
        )
    if term.kind == TermKind.BOOLEAN:
        return forms.TypedChoiceField(
            label=term.label,
            help_text=help_text,
            choices=[("true", _("是")), ("false", _("否"))],
            coerce=lambda word: word == "true",
            error_messages={"required": _("请选“是”或“否”。")},
        )
    if term.kind == TermKind.CHOICE:
        choices = [*(unstated if term.is_optional else []), *term.choices.items()]
        return forms.ChoiceField(
            label=term.label,
            help_text=help_text,
            choices=choices,
            required=not term.is_optional,
            error_messages={"invalid_choice": _("请从列出的选项中选。")},
        )
    if term.kind == TermKind.CHOICES:
        return forms.MultipleChoiceField(
            label=term.label,
            help_text=help_text,
            choices=list(term.choices.items()),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
    return forms.CharField(label=term.label, help_text=help_text, required=False, max_length=200)


class TermsPeriodForm(forms.Form):
    """A new period: every term as it is now; only what is changed, or ticked as confirmed, is stated anew."""

    starts_on = forms.DateField(
        label=_("起用日期"),
        required=False,
        help_text=_("今天或以后。留空表示从一开始就是这样，只在还没有任何口径时可以留空。"),
        error_messages={"invalid": _("日期写得不对，例如：2026-03-10。")},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    document_name = forms.CharField(label=_("依据文件"), required=False, max_length=200)
    document_date = forms.DateField(
        label=_("文件日期"),
        required=False,
        help_text=_("不知道就留空，不要编。"),
        error_messages={"invalid": _("日期写得不对，例如：2026-03-10。")},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    reason = forms.CharField(label=_("改动理由"), max_length=400, error_messages={"required": _("请写明为什么改。")})
    confirmed = forms.MultipleChoiceField(
        label=_("确认下列口径"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("这些值是按惯例或一种理解填的。本地已经确认的，请打勾。"),
    )

    def __init__(self, *args: Any, terms: Terms, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.terms = terms
        for key, term in definitions().items():
            self.fields[PREFIX + key] = _form_field(term)
            value = terms[key]
            self.initial[PREFIX + key] = str(value).lower() if isinstance(value, bool) else value
        unconfirmed = [entry for entry in terms.entries() if not entry.is_confirmed]
        confirmed = self.fields["confirmed"]
        assert isinstance(confirmed, forms.MultipleChoiceField)  # noqa: S101 - narrows the type
        confirmed.choices = [(e.definition.key, f"{e.definition.label}：{e.shown}") for e in unconfirmed]
        if not unconfirmed:
            del self.fields["confirmed"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for key, term in definitions().items():
            if PREFIX + key in cleaned:
                value = cleaned[PREFIX + key]
                cleaned[PREFIX + key] = None if value == "" and term.kind != TermKind.TEXT else value
                if problem := term.problem_with(cleaned[PREFIX + key]):
                    self.add_error(PREFIX + key, problem)
        return cleaned

    @property
    def stated(self) -> dict[str, StatedValue]:
        """What the new period says: the changed values, and the confirmed ones as they are."""
        chosen = {key: self.cleaned_data[PREFIX + key] for key in definitions()}
        confirmed = self.cleaned_data.get("confirmed", [])
        stated = {key: StatedValue(value) for key, value in chosen.items() if value != self.terms[key]}
        for key in confirmed:
            entry = self.terms.entry(key)
            stated.setdefault(key, StatedValue(entry.value, entry.clause))
        return stated

    def add_problems(self, problems: Mapping[str, str]) -> None:
        """Puts the service's refusal next to the fields it speaks of."""
        for key, message in problems.items():
            name = PREFIX + key if PREFIX + key in self.fields else key
            self.add_error(name if name in self.fields else None, message)

    def groups(self) -> Iterator[tuple[str | Promise, list[tuple[forms.BoundField, TermInForce]]]]:
        for name, label in GROUPS.items():
            keys = [key for key, term in definitions().items() if term.group == name]
            if keys:
                yield label, [(self[PREFIX + key], self.terms.entry(key)) for key in keys]


class DayForm(forms.Form):
    """?on=2026-03-10: the terms as they were or will be on a day."""

    on = forms.DateField(
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        label=_("日期"),
        error_messages={"invalid": _("日期写得不对，例如：2026-03-10。下面是今天的口径。")},
    )

    def day(self, default: date) -> date:
        return (self.cleaned_data.get("on") if self.is_valid() else None) or default

"""登记事项: what was raised, by whom, and whether it is public; category and jurisdiction come with the next step."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.rules import normalised_phone
from portal.idempotency.fields import FormKeyField

from ..models import NOT_BY_HAND, Party, Source
from .pieces import SomeChoiceField, day_field, words_field

PARTY_ROWS = 3


class EntryForm(forms.Form):
    use_required_attribute = False
    form_key = FormKeyField()
    source = forms.ChoiceField(
        label=_("来源"),
        choices=[("", _("请选择")), *(pair for pair in Source.choices if pair[0] not in NOT_BY_HAND)],
        error_messages={"required": _("请选择来源。")},
    )
    division = SomeChoiceField(label=_("街道（乡镇）"), error_messages={"required": _("请选择街道（乡镇）。")})
    title = forms.CharField(label=_("事项"), max_length=100, error_messages={"required": _("请填写事项。")})
    summary = words_field(
        _("内容（公开，不写姓名和电话；保密件的只有工委和承办单位看得到）"), rows=5, is_required=False
    )
    raised_on = day_field(_("提出日期"), is_required=True)
    session_ended_on = day_field(_("会议结束日期（议事会意见填写，交办期限从这天起算）"))
    is_confidential = forms.BooleanField(label=_("保密件（只公开编号和进度）"), required=False)
    confidential_reason = forms.CharField(label=_("不公开的理由（保密件填写）"), max_length=200, required=False)

    def __init__(self, *args: Any, divisions: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["division"].offer(divisions, lambda row: row.name)  # type: ignore[attr-defined]  # our field, typed as any Field
        for n in self.numbers:
            self.fields[f"name_{n}"] = forms.CharField(label=_("提出人%d姓名") % n, max_length=60, required=False)
            self.fields[f"phone_{n}"] = forms.CharField(label=_("提出人%d电话") % n, max_length=30, required=False)
            self.fields[f"capacity_{n}"] = forms.ChoiceField(
                label=_("提出人%d身份") % n, choices=Party.Capacity.choices, required=False
            )

    numbers = range(1, PARTY_ROWS + 1)

    @property
    def lines(self) -> list[Any]:
        people = ("name_", "phone_", "capacity_")
        return [field for field in self.visible_fields() if not field.name.startswith(people)]

    @property
    def party_rows(self) -> list[tuple[Any, Any, Any]]:
        return [(self[f"name_{n}"], self[f"phone_{n}"], self[f"capacity_{n}"]) for n in self.numbers]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("is_confidential") and not cleaned.get("confidential_reason", "").strip():
            self.add_error("confidential_reason", _("请填写不公开的理由。"))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What `NewItem` takes, but for the parties."""
        names = (
            "source", "division", "title", "summary", "raised_on", "session_ended_on", "is_confidential",
            "confidential_reason",
        )  # fmt: skip
        return {name: self.cleaned_data[name] for name in names}

    def people(self) -> list[dict[str, str]]:
        """Name, phone and capacity of each proposer who was named."""
        cleaned = self.cleaned_data
        rows = [(cleaned[f"name_{n}"].strip(), cleaned[f"phone_{n}"], cleaned[f"capacity_{n}"]) for n in self.numbers]
        return [
            {"name": name, "phone": normalised_phone(phone), "capacity": capacity or Party.Capacity.RESIDENT.value}
            for name, phone, capacity in rows
            if name or phone.strip()
        ]

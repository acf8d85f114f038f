"""What the committee does with an item: sort, assign, decide, close off."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Category, Extension, MatterLevel, Objection, Priority
from ..selectors.desk import units_for
from .acting import ActionForm, ReasonForm, party_label
from .pieces import SomeChoiceField, UnitChoiceField, day_field, words_field

CO_ROWS = 3


class ClassifyForm(ActionForm):
    category = forms.ChoiceField(label=_("类别"), choices=Category.choices)
    matter_level = forms.ChoiceField(label=_("事权"), choices=MatterLevel.choices)
    priority = forms.ChoiceField(label=_("等次"), choices=Priority.choices)
    community = SomeChoiceField(label=_("社区（村）"), required=False, empty_label=_("不限社区"))

    def prepare(self) -> None:
        self.field("community").offer(self.item.division.children.order_by("path"), lambda place: place.name)
        for name in ("category", "matter_level", "priority"):
            self.fields[name].initial = getattr(self.item, name)
        self.fields["community"].initial = self.item.community_id


class AssignForm(ActionForm):
    unit = UnitChoiceField(label=_("承办单位"), error_messages={"required": _("请选择承办单位。")})
    owner_name = forms.CharField(
        label=_("责任人"),
        max_length=60,
        error_messages={"required": _("请填写责任人：“明确承办单位、责任分工和完成时限”。")},
    )
    on = day_field(_("交办日期（不填为今天）"))
    note = words_field(_("交办意见（可不填）"), is_required=False, rows=2)

    def prepare(self) -> None:
        units = units_for(self.item)
        self.field("unit").queryset = units
        self.fields["owner_name"].initial = self.item.owner_name
        for number in range(1, CO_ROWS + 1):
            label = {"number": number}
            self.fields[f"co_{number}"] = UnitChoiceField(
                label=_("协办单位%(number)d（可不选）") % label, required=False, queryset=units
            )
            self.fields[f"co_{number}_due_on"] = day_field(
                _("协办单位%(number)d的时限（不填为主办时限的一半）") % label
            )

    def co_units(self) -> list[tuple[Any, Any]]:
        numbers = range(1, CO_ROWS + 1)
        pairs = [(self.cleaned_data.get(f"co_{n}"), self.cleaned_data.get(f"co_{n}_due_on")) for n in numbers]
        return [(unit, due_on) for unit, due_on in pairs if unit]


class AddCoUnitForm(ActionForm):
    unit = UnitChoiceField(label=_("协办单位"), error_messages={"required": _("请选择协办单位。")})
    due_on = day_field(_("协办时限（不填为主办时限的一半；本事项没有时限的须填写）"))

    def prepare(self) -> None:
        self.field("unit").queryset = units_for(self.item)


class DecideExtensionForm(ActionForm):
    extension = SomeChoiceField(label=_("延期申请"))
    reason = words_field(_("批准意见（可不填）"), is_required=False, rows=2)

    def prepare(self) -> None:
        rows = self.item.extensions.filter(state=Extension.State.REQUESTED)
        self.field("extension").offer(rows, lambda row: f"{row.until:%Y-%m-%d} {row.reason[:40]}")

    @property
    def is_offered(self) -> bool:
        return bool(len(self.field("extension").queryset))


class RefuseExtensionForm(DecideExtensionForm):
    reason = words_field(_("不批准的理由"), message=_("请填写理由。"), rows=2)


class CloseOffForm(ActionForm):
    evidence = words_field(_("核查情况（公开）"), message=_("请填写核查情况。"))


class ObjectionForm(ActionForm):
    objection = SomeChoiceField(label=_("异议"))
    reason = words_field(_("处理意见（公开）"), message=_("请填写理由。"))

    def prepare(self) -> None:
        rows = self.item.objections.filter(state=Objection.State.OPEN)
        self.field("objection").offer(rows, lambda row: f"{row.raised_on:%Y-%m-%d} {row.reason[:60]}")

    @property
    def is_offered(self) -> bool:
        return bool(len(self.field("objection").queryset))


class AcceptObjectionForm(ObjectionForm):
    @property
    def is_offered(self) -> bool:
        """Where no unit of ours handles it, the matter is routed anew instead (REOPEN)."""
        return not self.item.is_elsewhere and super().is_offered


class ReworkForm(ReasonForm):
    @property
    def is_offered(self) -> bool:
        return not self.item.is_elsewhere


class RemindForm(ActionForm):
    reason = words_field(_("催办意见"), rows=2, message=_("请填写催办意见。"))
    is_supervision = forms.BooleanField(label=_("作为重点督办"), required=False)


class HideForm(ReasonForm):
    @property
    def is_offered(self) -> bool:
        return self.item.is_public


class RestoreForm(ReasonForm):
    @property
    def is_offered(self) -> bool:
        return self.item.hidden_at is not None


class NoteForm(ActionForm):
    text = words_field(_("内部备注（不公开）"), message=_("请填写备注。"))


class RatingForm(ActionForm):
    """What somebody without an account said of the reply."""

    party = SomeChoiceField(label=_("提出人"), error_messages={"required": _("请选择提出人。")})
    value = forms.ChoiceField(
        label=_("满意度"),
        choices=[
            ("", _("请选择")),
            ("satisfied", _("满意")),
            ("basically_satisfied", _("基本满意")),
            ("dissatisfied", _("不满意")),
        ],
        error_messages={"required": _("请选择满意、基本满意或不满意。")},
    )
    reason = words_field(_("理由（不满意的须填写）"), is_required=False)

    def prepare(self) -> None:
        self.field("party").offer(self.item.parties.filter(user=None), party_label)

    @property
    def is_offered(self) -> bool:
        return bool(len(self.field("party").queryset))

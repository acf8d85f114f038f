"""Many items to one unit at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .pieces import UnitChoiceField, day_field


class BulkAssignForm(forms.Form):
    """What is common to the ticked items."""

    use_required_attribute = False
    unit = UnitChoiceField(label=_("承办单位"), error_messages={"required": _("请选择承办单位。")})
    owner_name = forms.CharField(
        label=_("责任人"),
        max_length=60,
        error_messages={"required": _("请填写责任人：“明确承办单位、责任分工和完成时限”。")},
    )
    on = day_field(_("交办日期（不填为今天）"))
    note = forms.CharField(label=_("交办意见（可不填）"), required=False, max_length=1000)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # a choice field, typed as any Field

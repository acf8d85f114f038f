"""The shape of input: a deputy as staff type them, and a workbook of them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from portal.accounts.models import User

from ..models import Deputy, ElectoralDistrict
from ..rules import CHANGE
from ..selectors import districts_in_scope, places_in_scope


def _day(label: Any, is_required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=is_required,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("请填写日期。"), "invalid": _("日期应写作 2026-03-10 的样子。")},
    )


class DeputyForm(WagtailAdminModelForm):
    """The account is named by its user name: a list of everybody would say too much."""

    starts_on = _day(_("任期起"), is_required=True)
    ends_on = _day(_("任期止（不填为现任）"))
    username = forms.CharField(
        label=_("用户名（没有账号的不填）"),
        required=False,
        max_length=150,
        help_text=_("代表在本站的账号，须先有“人大代表”任职。代表的电话、住址不在这里登记。"),
    )

    class Meta:
        model = Deputy
        fields = [
            "name", "level", "division", "district", "duties", "term", "starts_on", "ends_on", "is_leading_cadre",
            "is_void",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user is not None:
            self.fields["division"].queryset = places_in_scope(self.for_user)
            self.fields["district"].queryset = districts_in_scope(self.for_user, CHANGE)
        self.fields["username"].initial = self.instance.user.username if self.instance.user else ""

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"].strip()
        self.user = User.objects.active().filter(username=name).first() if name else None
        if name and self.user is None:
            raise forms.ValidationError(_("没有“%(name)s”这个用户名。") % {"name": name})
        return name

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("任期止早于任期起。"))
        district = cleaned.get("district")
        if district is not None and district.level != cleaned.get("level"):
            self.add_error("district", _("选区（选举单位）的层级与代表的层级不同。"))
        if "username" in cleaned:
            self.instance.user = self.user
        return cleaned


class DistrictForm(WagtailAdminModelForm):
    class Meta:
        model = ElectoralDistrict
        fields = ["name", "level", "division", "covers"]
        widgets = {"covers": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user is not None:
            places = places_in_scope(self.for_user)
            self.fields["division"].queryset = places
            self.fields["covers"].queryset = places
        self.fields["covers"].required = False


class DeputyWorkbookForm(forms.Form):
    use_required_attribute = False
    file = forms.FileField(
        label=_("代表名册（.xlsx）"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": _("请选择一个 .xlsx 文件。"), "empty": _("文件是空的，请重新选择。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

"""Fields that several forms of the ledger share."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from liaison_stations.deputies.models import Deputy
from portal.accounts.models import HandlingUnit

from ..models import HandlingPhoto


def day_field(label: Any, *, is_required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=is_required,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("请填写日期。"), "invalid": _("日期应写作 2026-03-10 的样子。")},
    )


def words_field(label: Any, *, rows: int = 3, is_required: bool = True, message: Any = None) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=is_required,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": message or _("请填写%s。") % label},
    )


class UnitChoiceField(forms.ModelChoiceField):
    """承办单位 by name, with its division where that is not plain."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", HandlingUnit.objects.none())
        kwargs.setdefault("empty_label", _("请选择"))
        super().__init__(**kwargs)

    def label_from_instance(self, obj: HandlingUnit) -> str:
        return f"{obj.name}（{obj.division.name}）"


class SomeChoiceField(forms.ModelChoiceField):
    """One of the item's own rows; the only one is chosen already."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", HandlingUnit.objects.none())
        kwargs.setdefault("empty_label", _("请选择"))
        super().__init__(**kwargs)

    def say(self, label: Any) -> None:
        self.label_from_instance = label  # type: ignore[method-assign]  # as Django documents it

    def offer(self, rows: Any, label: Any) -> None:
        self.queryset = rows
        self.say(label)
        if len(rows) == 1 and self.required:
            self.initial = rows[0].pk
            self.empty_label = None


class DeputiesField(forms.ModelMultipleChoiceField):
    """人大代表 with their congress, to be ticked."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", Deputy.objects.none())
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        kwargs.setdefault("error_messages", {"required": _("请选择要商请的代表。")})
        super().__init__(**kwargs)

    def offer(self, rows: Any) -> None:
        self.queryset = rows

    def label_from_instance(self, obj: Deputy) -> str:
        where = f"，{obj.district}" if obj.district_id else ""
        return f"{obj.title} {obj.name}{where}"


class PhotosField(forms.ModelMultipleChoiceField):
    """Photos by their words."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(**kwargs)

    def label_from_instance(self, obj: HandlingPhoto) -> str:
        return f"{obj.get_moment_display()} {obj.alt}"


class ScanField(forms.FileField):
    """The unit's paper; the service looks into it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("单位书面材料扫描件（PDF、JPG、PNG）"))
        kwargs.setdefault("widget", forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        try:
            return super().clean(data, initial)
        except ValidationError as error:
            if error.code == "empty":
                raise ValidationError(_("文件是空的，请重新选择。")) from error
            raise

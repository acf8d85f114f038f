"""What senders write: one page, the photo first."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.moderation.forms import PhotosField, PhotosInput
from portal.frame.fields import CountedCharField, NormalisedCharField
from portal.gate.forms import AnonymousWriteForm
from portal.idempotency.fields import FormKeyField
from portal.jurisdictions.models import Division

from ..rules import MAX_PHOTOS, PLACE_LENGTH, TEXT_LENGTH, position_of

ACCEPT = "image/jpeg,image/png,image/webp"


class CameraOrAlbumInput(PhotosInput):
    """The camera's input, and beside it the album's (snap_album_field.html): a phone opens one of them by each."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return [*(super().value_from_datadict(data, files, name) or []), *files.getlist(f"{name}_album")]


def photos_field(label: Any, button: Any, *, required: bool = True) -> PhotosField:
    return PhotosField(
        label=label,
        help_text=_("1至3张，每张不超过10MB。拍摄时间、地点等信息会自动去掉；人脸和车牌由工作人员遮盖后才公开。"),
        required=required,
        # without HEIC in the list an iPhone hands over a JPEG by itself; `capture` opens the camera of a phone
        widget=CameraOrAlbumInput(attrs={"accept": ACCEPT, "capture": "environment", "data-button": button}),
    )


def checked_photos(form: forms.Form, *, is_required: bool = True) -> list[Any]:
    uploads: list[Any] = form.cleaned_data["photos"]
    if not uploads and is_required:
        raise forms.ValidationError(_("请先拍一张照片"))
    if len(uploads) > MAX_PHOTOS:
        raise forms.ValidationError(_("最多%d张照片") % MAX_PHOTOS)
    return uploads


def text_field() -> CountedCharField:
    return CountedCharField(
        label=_("看到了什么"),
        help_text=_("一句话就行，例如：路灯不亮。请不要写身份证号、电话和别人的姓名。"),
        count_limit=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请用一句话写明看到了什么")},
    )


class SnapForm(AnonymousWriteForm):
    """拍照上报."""

    gate_action = "snap"
    captcha_for = "limited"

    photos = photos_field(_("照片"), _("拍照"), required=False)
    place = NormalisedCharField(
        label=_("在哪里"),
        help_text=_("例如：书院路12号门口、三眼井小区北门。"),
        required=False,
        max_length=PLACE_LENGTH,
    )
    position = forms.CharField(required=False, widget=forms.HiddenInput)
    keeps_position = forms.BooleanField(
        label=_("把这个精确位置一起保存，只给办理人员看"),
        help_text=_("不勾选就不保存，位置不会发送。"),
        required=False,
    )
    division = forms.CharField(label=_("属于哪个街道（乡镇）"), error_messages={"required": _("请选择街道（乡镇）")})
    text = text_field()
    form_key = FormKeyField()

    def __init__(self, *args: Any, divisions: Iterable[Division], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.divisions = {row.key: row for row in divisions}
        groups: dict[str, list[tuple[str, str]]] = {}
        for row in self.divisions.values():
            groups.setdefault(row.parent.name if row.parent else "", []).append((row.key, row.name))
        choices: list[Any] = [("", _("请选择")), *groups.items()]
        self.fields["division"].widget = forms.Select(choices=choices)
        self.order_fields(["photos", "place", "position", "keeps_position", "text", "division"])

    def clean_photos(self) -> list[Any]:
        return checked_photos(self)

    def clean_division(self) -> Division:
        division = self.divisions.get(self.cleaned_data["division"].strip())
        if division is None:
            raise forms.ValidationError(_("请从列表中选择"))
        return division

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        position = position_of(cleaned.get("position", "")) if cleaned.get("keeps_position") else ""
        cleaned["position"] = position
        if not position and not cleaned.get("place") and "place" not in self.errors:
            self.add_error("place", _("请写明地点，或者点“取得我的位置”并勾选保存"))
        return cleaned


class AmendForm(forms.Form):
    """补正."""

    text = text_field()
    place = NormalisedCharField(label=_("在哪里"), required=False, max_length=PLACE_LENGTH)
    photos = photos_field(_("补一张照片"), _("拍照"), required=False)

    def clean_photos(self) -> list[Any]:
        return checked_photos(self, is_required=False)


class VerifyForm(forms.Form):
    """现场核实."""

    is_mended = forms.ChoiceField(
        label=_("现场看到的情况"),
        choices=[("yes", _("已经修好（请附一张现在的照片）")), ("no", _("还没有修好"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择现场看到的情况"), "invalid_choice": _("请选择现场看到的情况")},
    )
    photos = photos_field(_("现场照片"), _("拍照"), required=False)
    note = CountedCharField(label=_("说明"), required=False, count_limit=200, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_photos(self) -> list[Any]:
        return checked_photos(self, is_required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("is_mended") == "yes" and not cleaned.get("photos") and "photos" not in self.errors:
            self.add_error("photos", _("请拍一张现在的照片"))
        if cleaned.get("is_mended") == "no" and not cleaned.get("note") and "note" not in self.errors:
            self.add_error("note", _("请写明现场还有什么问题"))
        return cleaned

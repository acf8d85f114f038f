"""Photos beside a text: each in a row of its own, with words for those who do not see it."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from ..models import HandlingPhoto
from .acting import ActionForm

PHOTO_ROWS = 3


class PhotosForm(ActionForm):
    """The service looks into the pictures; what is asked here is that each has its words."""

    photo_count = PHOTO_ROWS
    example = _("例如：路灯修复后，晚上七点")

    def add_photo_rows(self) -> None:
        for number in self.photo_numbers:
            self.fields[f"photo_{number}"] = forms.FileField(
                label=_("照片%d（可不传）") % number,
                required=False,
                widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
                error_messages={"empty": _("照片是空文件，请重新选择。")},
            )
            self.fields[f"photo_{number}_alt"] = forms.CharField(
                label=_("照片%d拍的是什么") % number,
                required=False,
                max_length=120,
                widget=forms.TextInput(attrs={"placeholder": self.example}),
            )
        self.in_rows |= {name for name in self.fields if name.startswith("photo_")}

    @property
    def has_photo_errors(self) -> bool:
        """The rows stand open where something in them is wrong."""
        return any(name.startswith("photo_") for name in self.errors)

    @property
    def photo_numbers(self) -> range:
        return range(1, self.photo_count + 1)

    @property
    def photo_rows(self) -> list[tuple[Any, ...]]:
        return [(self[f"photo_{n}"], self[f"photo_{n}_alt"]) for n in self.photo_numbers]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for number in self.photo_numbers:
            photo, words = f"photo_{number}", f"photo_{number}_alt"
            if cleaned.get(photo) and not cleaned.get(words) and words not in self.errors:
                self.add_error(words, _("请用一句话写明照片拍的是什么；照片要重新选择。"))
            elif cleaned.get(words) and not cleaned.get(photo) and photo not in self.errors:
                self.add_error(photo, _("请选择照片，或者清空下面的说明。"))
        return cleaned

    def photos(self) -> list[tuple[UploadedFile, str]]:
        cleaned, numbers = self.cleaned_data, self.photo_numbers
        pairs = [(cleaned.get(f"photo_{n}"), cleaned.get(f"photo_{n}_alt", "")) for n in numbers]
        return [(photo, words) for photo, words in pairs if photo]


class EvidenceForm(PhotosForm):
    """Photos of a reply: 办理前 and 办理后, and those of the draft that shall go."""

    def add_photo_rows(self) -> None:
        super().add_photo_rows()
        for number in self.photo_numbers:
            self.fields[f"photo_{number}_moment"] = forms.ChoiceField(
                label=_("照片%d是") % number,
                required=False,
                choices=[("", _("请选择")), *HandlingPhoto.Moment.choices],
            )
        self.in_rows |= {name for name in self.fields if name.startswith("photo_")}

    @property
    def photo_rows(self) -> list[tuple[Any, ...]]:
        names = ("", "_moment", "_alt")
        return [tuple(self[f"photo_{n}{name}"] for name in names) for n in self.photo_numbers]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for number in self.photo_numbers:
            if cleaned.get(f"photo_{number}") and not cleaned.get(f"photo_{number}_moment"):
                self.add_error(f"photo_{number}_moment", _("请选择照片是办理前还是办理后；照片要重新选择。"))
        return cleaned

    def evidence(self) -> list[tuple[UploadedFile, str, str]]:
        cleaned = self.cleaned_data
        names = [(f"photo_{n}", f"photo_{n}_alt", f"photo_{n}_moment") for n in self.photo_numbers]
        return [
            (cleaned[photo], cleaned.get(words, ""), cleaned.get(moment, ""))
            for photo, words, moment in names
            if cleaned.get(photo)
        ]

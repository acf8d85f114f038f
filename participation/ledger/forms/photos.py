"""Photos beside a text: each in a row of its own, with words for those who do not see it."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from .acting import ActionForm

PHOTO_ROWS = 3


class PhotosForm(ActionForm):
    """The service looks into the pictures; what is asked here is that each has its words."""

    def prepare(self) -> None:
        super().prepare()
        for number in range(1, PHOTO_ROWS + 1):
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
                widget=forms.TextInput(attrs={"placeholder": _("例如：路灯修复后，晚上七点")}),
            )
        self.in_rows = frozenset(name for name in self.fields if name.startswith("photo_"))

    @property
    def photo_rows(self) -> list[tuple[Any, Any]]:
        return [(self[f"photo_{n}"], self[f"photo_{n}_alt"]) for n in range(1, PHOTO_ROWS + 1)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for number in range(1, PHOTO_ROWS + 1):
            photo, words = f"photo_{number}", f"photo_{number}_alt"
            if cleaned.get(photo) and not cleaned.get(words) and words not in self.errors:
                self.add_error(words, _("请用一句话写明照片拍的是什么；照片要重新选择。"))
            elif cleaned.get(words) and not cleaned.get(photo) and photo not in self.errors:
                self.add_error(photo, _("请选择照片，或者清空下面的说明。"))
        return cleaned

    def photos(self) -> list[tuple[UploadedFile, str]]:
        numbers = range(1, PHOTO_ROWS + 1)
        pairs = [(self.cleaned_data.get(f"photo_{n}"), self.cleaned_data.get(f"photo_{n}_alt", "")) for n in numbers]
        return [(photo, words) for photo, words in pairs if photo]

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from .rules import MAX_BYTES


class CsvForm(forms.Form):
    file = forms.FileField(label=_("CSV 文件"), error_messages={"required": _("请选择一个 CSV 文件。")})

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("文件超过 %(size)d MB，请拆分后再导入。") % {"size": MAX_BYTES // 1024 // 1024}
            )
        return file

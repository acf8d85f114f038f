"""Forms for pictures and files: a new one belongs to the division of whoever brings it. Named in settings.

What comes in is looked at, not only its name: a broken picture or a disguised file is refused next to its field.
"""

from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from ..rules.files import extension_of, is_what_it_says
from .media_rights import note_division


class BroughtByUser:
    """Notes the division of the `user` the form was opened for."""

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        self.brought_by = user
        super().__init__(*args, user=user, **kwargs)  # type: ignore[call-arg]  # the form it is mixed into

    def save(self, commit: bool = True) -> Any:
        note_division(self.instance, self.brought_by)  # type: ignore[attr-defined]  # the form it is mixed into
        return super().save(commit)  # type: ignore[misc]  # the form it is mixed into


class WholePictureField(WagtailImageField):
    """Wagtail reads the header only, and lets what the picture library raises on broken bytes become a 500."""

    def to_python(self, data: Any) -> Any:
        try:
            file = super().to_python(data)
            if file is not None:
                self._decode(file)
        except ValidationError:
            raise
        except Exception as error:  # Pillow raises many kinds on hostile bytes; none may become a 500
            raise ValidationError(
                _("图片不完整或已损坏，可能没有传完。请重新选择这张图片，或换一张。"), code="broken_image"
            ) from error
        return file

    def _decode(self, file: Any) -> None:
        file.seek(0)
        with Image.open(file) as picture:
            picture.draft("RGB", (480, 480))  # a JPEG is read to its end at a fraction of its size
            picture.load()
        file.seek(0)


class PortalImageForm(BroughtByUser, BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            self.fields["file"] = WholePictureField(label=field.label, widget=field.widget, required=field.required)

    def save(self, commit: bool = True) -> Any:
        """Another focal point makes other crops: the old ones go, and the job `make_pictures` makes the new."""
        if commit and any(name.startswith("focal_point") for name in self.changed_data):
            self.instance.renditions.all().delete()
        return super().save(commit)


class PortalDocumentForm(BroughtByUser, BaseDocumentForm):
    def clean_file(self) -> Any:
        """Checked here and not on the model: the second form of the multiple upload has no such field."""
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file  # another title for a file that is there already
        extension = extension_of(file.name or "")
        if extension not in settings.WAGTAILDOCS_EXTENSIONS:
            allowed = "、".join(f".{each}" for each in settings.WAGTAILDOCS_EXTENSIONS)
            raise ValidationError(_("不能上传这种文件。可以上传的文件：%(allowed)s。") % {"allowed": allowed})
        if not is_what_it_says(extension, cast(BinaryIO, file)):
            raise ValidationError(
                _("文件的内容和后缀名“.%(extension)s”不符，或文件已损坏、加了密码（只改后缀名不行）。请换一个文件。")
                % {"extension": extension}
            )
        return file

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


@pytest.fixture
def picture():
    """Makes an upload: `picture(size=(64, 48), kind="JPEG", exif=…)`."""

    def make(size=(64, 48), kind="JPEG", name="照片.jpg", exif=None, colour="red", mode="RGB"):
        buffer = io.BytesIO()
        options = {"exif": exif} if exif is not None else {}
        Image.new(mode, size, colour).save(buffer, kind, **options)
        return SimpleUploadedFile(name, buffer.getvalue(), content_type="image/jpeg")

    return make

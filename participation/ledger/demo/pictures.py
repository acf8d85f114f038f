"""Drawn pictures for progress notes and replies; the demo shows no real place."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw


def drawn_photo(*, is_lit: bool = True) -> SimpleUploadedFile:
    """A lamp post beside a road at night."""
    picture = Image.new("RGB", (960, 720), "#24324a")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 520, 960, 720), fill="#4a4f57")
    for left in range(40, 960, 220):
        draw.rectangle((left, 610, left + 110, 624), fill="#e8e2d0")
    if is_lit:
        draw.polygon([(640, 190), (470, 520), (810, 520)], fill="#6b6a4e")
    draw.rectangle((300, 150, 318, 520), fill="#9aa3ad")
    draw.rectangle((300, 150, 650, 166), fill="#9aa3ad")
    draw.ellipse((600, 156, 690, 200), fill="#ffe9a3" if is_lit else "#3c424b")
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=80)
    return SimpleUploadedFile("示例.jpg", buffer.getvalue(), "image/jpeg")

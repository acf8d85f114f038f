"""照片 of residents and units: checked, re-encoded; what was uploaded is never stored as it came."""

import io
from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageOps, UnidentifiedImageError

from .rules import Refused

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_JPEG_PIXELS = 64_000_000  # a JPEG is decoded at a fraction of its size, so a 50-megapixel phone may send one
LONG_SIDE = 1600
THUMBNAIL_SIDE = 320
FORMATS = ("JPEG", "PNG", "WEBP")
# the brands of an ISO media file that phones write for pictures (HEIC, HEIF, AVIF)
HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"}


def reencoded(upload: UploadedFile) -> tuple[bytes, bytes, tuple[int, int]]:
    """JPEG bytes, thumbnail bytes and size, without any metadata. Refused with a sentence the resident understands."""
    if not upload.size:
        raise Refused(_("照片是空文件，请重新选择。"))
    if upload.size > MAX_BYTES:
        raise Refused(_("照片不能超过10MB，请压缩后再上传。"))
    content = upload.read()
    try:
        # Only three decoders are ever tried, and the size is read from the header before a pixel is decoded.
        with Image.open(io.BytesIO(content), formats=FORMATS) as probe:
            width, height = probe.size
            if width * height > (MAX_JPEG_PIXELS if probe.format in ("JPEG", "MPO") else MAX_PIXELS):
                size = {"width": width, "height": height}
                raise Refused(_("照片尺寸过大（%(width)d×%(height)d），请缩小，或截屏后上传截图。") % size)
            probe.draft("RGB", (LONG_SIDE, LONG_SIDE))
            picture = ImageOps.exif_transpose(probe)
            picture = _on_white(picture)
    except Refused:
        raise
    except Exception as error:  # Pillow raises many kinds on hostile bytes; none may become a 500
        raise Refused(_why_unreadable(content, error)) from error
    picture.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    small = picture.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    return _jpeg(picture, 82), _jpeg(small, 75), picture.size


def blacked_out(content: bytes, boxes: Iterable[tuple[int, int, int, int]]) -> tuple[bytes, bytes]:
    """JPEG and thumbnail of one of our own pictures with black rectangles (left, top, right, bottom) burned in."""
    with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
        picture = opened.convert("RGB")
    draw = ImageDraw.Draw(picture)
    for box in boxes:
        draw.rectangle(box, fill="black")
    small = picture.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    return _jpeg(picture, 82), _jpeg(small, 75)


def _why_unreadable(content: bytes, error: Exception) -> str:
    if content[4:8] == b"ftyp" and content[8:12] in HEIF_BRANDS:
        return _(
            "这是苹果手机的HEIC照片，这里还打不开。请截屏后上传截图，或在手机“设置—相机—格式”里选“兼容性最佳”后重拍。"
        )
    if isinstance(error, Image.DecompressionBombError):
        return _("照片尺寸过大，请缩小，或截屏后上传截图。")
    if isinstance(error, UnidentifiedImageError):
        return _("这个文件不是 JPG、PNG 或 WebP 格式的照片（只改后缀名不行）。请重新选一张。")
    return _("照片不完整或已损坏，可能没有传完。请重新选择这张照片，或换一张。")


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in ("RGBA", "LA", "P"):
        layered = picture.convert("RGBA")
        background = Image.new("RGB", layered.size, "white")
        background.paste(layered, mask=layered.getchannel("A"))
        return background
    return picture.convert("RGB")


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    clean = Image.new("RGB", picture.size)  # a fresh canvas: no EXIF, no profile, no comment travels along
    clean.paste(picture)
    buffer = io.BytesIO()
    clean.save(buffer, "JPEG", quality=quality, optimize=True, progressive=True)
    return buffer.getvalue()

import io
import os
import struct
import zlib

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from participation.moderation.rules import Refused
from participation.proposals import services
from participation.proposals.models import Photo
from participation.proposals.permissions import user_can_view_photo
from tests.factories import proposals as make

GPS = 0x8825


@pytest.fixture
def draft(db):
    return services.save_draft(key="k" * 24, content={})


def upload(content, name="x.jpg"):
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def png_header(width, height):
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


def test_a_photo_is_stored_as_our_own_jpeg_without_exif(draft, picture):
    exif = Image.Exif()
    exif[0x010F] = "CANARY-CAMERA"
    exif.get_ifd(GPS)[1] = "N"
    photo = services.add_photo(draft=draft, upload=picture(exif=exif, name="../../etc/居民 照片.php.jpg"))
    content = photo.file.open("rb").read()
    with Image.open(io.BytesIO(content)) as stored:
        assert (stored.format, dict(stored.getexif()), stored.info.get("comment")) == ("JPEG", {}, None)
    assert b"CANARY" not in content
    assert os.path.basename(photo.file.name).replace(".jpg", "").isalnum()


def test_a_turned_photo_is_turned_upright(draft, picture):
    exif = Image.Exif()
    exif[0x0112] = 6
    photo = services.add_photo(draft=draft, upload=picture(size=(64, 48), exif=exif))
    assert (photo.width, photo.height) == (48, 64)


def test_a_large_photo_is_made_smaller(draft, picture):
    photo = services.add_photo(draft=draft, upload=picture(size=(3200, 1600)))
    with Image.open(photo.thumbnail.open("rb")) as small:
        assert ((photo.width, photo.height), small.size) == ((1600, 800), (320, 160))


def test_transparency_becomes_white(draft, picture):
    photo = services.add_photo(draft=draft, upload=picture(kind="PNG", mode="RGBA", colour=(0, 0, 0, 0)))
    with Image.open(photo.file.open("rb")) as stored:
        assert min(stored.getpixel((5, 5))) > 250


REASONS = ("不是 JPG、PNG 或 WebP 格式的照片", "苹果手机的HEIC照片", "照片不完整或已损坏")
HOSTILE = {
    "svg with script": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "html as jpg": b"<html><script>alert(1)</script></html>",
    "gif and js": b"GIF89a/*" + b"\x00" * 20 + b"*/=1;alert(1)",
    "pdf": b"%PDF-1.4\n1 0 obj",
    "zip": b"PK\x03\x04" + b"\x00" * 100,
    "broken png": png_header(10, 10) + b"\x00" * 10,
    "truncated jpeg": b"\xff\xd8\xff\xe0" + b"\x00" * 30,
    "heic": b"\x00\x00\x00\x18ftypheic" + b"\x00" * 50,
    "noise": os.urandom(2000),
    "eicar": rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_no_photo_is_refused_in_chinese_and_leaves_nothing(content, draft):
    with pytest.raises(Refused) as refusal:
        services.add_photo(draft=draft, upload=upload(content))
    reasons = [words for words in REASONS if words in str(refusal.value.message)]
    assert (len(reasons), Photo.objects.count()) == (1, 0)


def test_a_pixel_bomb_is_refused_before_it_is_decoded(draft):
    with pytest.raises(Refused) as refusal:
        services.add_photo(draft=draft, upload=upload(png_header(60000, 60000) + b"\x00" * 100))
    # a header without a picture is no photo either; the whole one is refused in test_photo_views.py
    assert [words for words in ("照片尺寸过大", REASONS[0]) if words in str(refusal.value.message)] != []


def test_an_empty_and_an_oversized_file_are_refused(draft):
    messages = []
    for content in (b"", b"\xff" * (10 * 1024 * 1024 + 1)):
        with pytest.raises(Refused) as refusal:
            services.add_photo(draft=draft, upload=upload(content))
        messages.append(str(refusal.value.message))
    assert messages == ["照片是空文件，请重新选择。", "照片不能超过10MB，请压缩后再上传。"]


def test_six_photos_at_most(draft, picture):
    for _n in range(6):
        services.add_photo(draft=draft, upload=picture())
    with pytest.raises(Refused):
        services.add_photo(draft=draft, upload=picture())
    assert draft.photos.count() == 6


def test_another_drafts_photo_cannot_be_removed(draft, picture):
    photo = services.add_photo(draft=draft, upload=picture())
    other = services.save_draft(key="o" * 24, content={})
    with pytest.raises(PermissionDenied):
        services.remove_photo(photo=photo, draft=other)
    services.remove_photo(photo=photo, draft=draft)
    assert Photo.objects.count() == 0


@pytest.mark.parametrize(
    ("stage", "seen_by"),
    [
        ("submitted", {"resident", "moderator", "committee", "director", "admin"}),
        ("published", "all"),
        ("withheld", {"resident", "moderator", "committee", "director", "admin"}),
        ("confidential", {"resident", "moderator", "committee", "director", "admin"}),
    ],
)
def test_a_photo_is_served_to_the_public_only_with_its_public_proposal(stage, seen_by, cast, picture, client):
    draft = services.save_draft(key="k" * 24, content={}, user=cast.resident)
    photo = services.add_photo(draft=draft, upload=picture())
    proposal = make.submitted(cast.resident, draft=draft, is_confidential=stage == "confidential")
    if stage != "submitted":
        services.publish_proposal(proposal=proposal, by=cast.moderator)
    photo.refresh_from_db()
    if stage == "withheld":
        services.withhold_photo(photo=photo, by=cast.moderator)
    names = list(type(cast).__dataclass_fields__)
    expected = {*names, "visitor"} if seen_by == "all" else seen_by
    seen = {name for name in names if user_can_view_photo(cast[name], Photo.objects.get(pk=photo.pk))}
    client.logout()
    response = client.get(photo.get_absolute_url())
    if response.status_code == 200:
        seen.add("visitor")
        assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert seen == expected

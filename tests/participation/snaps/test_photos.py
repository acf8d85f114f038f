"""照片: what is refused and said by the field, what leaves the house, what the unit adds, who blacked out what."""

import io
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from participation.ledger.models import HandlingPhoto
from participation.ledger.services import withhold_photo
from participation.moderation.rules import Refused
from participation.snaps import services
from participation.snaps.models import SnapPhoto, SnapReport
from participation.snaps.selectors import unit_photos_waiting
from tests.conftest import Cast
from tests.factories import snaps
from tests.factories.proposals import subdistrict

from .test_views import old

pytestmark = pytest.mark.django_db

HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 64


def file(content: bytes, name: str = "IMG_1.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def picture(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.effect_noise((400, 300), 90).convert("RGB").save(buffer, kind)
    return buffer.getvalue()


def bomb() -> bytes:
    """A small file of 20,000 by 20,000 pixels."""
    buffer = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.once
@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(lambda: b"<script>alert(1)</script>", "这个文件不是 JPG、PNG 或 WebP 格式的照片", id="script"),
        pytest.param(lambda: picture("GIF"), "这个文件不是 JPG、PNG 或 WebP 格式的照片", id="gif"),
        pytest.param(lambda: HEIC, "这是苹果手机的HEIC照片", id="heic"),
        pytest.param(lambda: picture("JPEG")[:9000], "照片不完整或已损坏", id="cut"),
        pytest.param(lambda: b"", "照片是空文件", id="empty"),
        pytest.param(lambda: b"\xff\xd8" + b"\x00" * (10 * 1024 * 1024), "照片不能超过10MB", id="heavy"),
        pytest.param(bomb, "照片尺寸过大", id="bomb"),
    ],
)
def test_a_file_that_will_not_do_is_refused_by_its_field_and_what_was_typed_stays(
    client: Client, cast: Cast, content: Any, said: str
) -> None:
    client.force_login(cast.deputy)
    typed = {"place": "北门口", "text": "路灯不亮看不清", "division": subdistrict().key, "form_age": old()}
    answer = client.post(reverse("snaps:new"), {**typed, "photos": [snaps.shot(), file(content())]})
    words = answer.content.decode()
    at = words.split('id="id_photos_error"')[1][:400] if 'id="id_photos_error"' in words else ""
    assert (answer.status_code, f"第2张：{said}" in at, "北门口" in words, "路灯不亮看不清" in words) == (422,) + (
        True,
    ) * 3
    assert (SnapReport.objects.exists(), SnapPhoto.objects.exists()) == (False, False)


def test_a_photo_taken_on_site_is_refused_by_its_field_too(client: Client, cast: Cast) -> None:
    snap = snaps.answered(cast)
    client.force_login(cast.deputy)
    address = reverse("snaps:verify", args=[snap.number])
    words = client.post(address, {"is_mended": "yes", "note": "亮了", "photos": file(HEIC)}).content.decode()
    assert "这是苹果手机的HEIC照片" in words.split('id="id_photos_error"')[1][:400]
    assert "亮了" in words


def evidence() -> list[tuple[SimpleUploadedFile, str, str]]:
    return [(snaps.shot(colour="red"), "修以前", "before"), (snaps.shot(colour="yellow"), "亮着的路灯", "after")]


def test_the_after_photo_of_the_unit_stands_beside_the_first_once_it_was_looked_at(client: Client, cast: Cast) -> None:
    snap = snaps.answered(cast, evidence=evidence())
    assert "snap-photos--pair" not in client.get(snap.get_absolute_url()).content.decode()
    with pytest.raises(PermissionDenied):
        services.add_unit_photos(snap=snap, by=cast.deputy)
    client.force_login(cast.moderator)
    desk = client.get(reverse("snaps_admin:detail", args=[snap.pk])).content.decode()
    assert "取来审核" in desk
    answer = client.post(reverse("snaps_admin:unit_photos", args=[snap.pk]))
    [photo] = snap.photos.filter(moment="after")
    assert answer["Location"] == reverse("snaps_admin:redact", args=[photo.pk])
    assert (photo.alt, photo.is_reviewed, unit_photos_waiting(snap).count()) == ("亮着的路灯", False, 0)
    client.logout()
    assert client.get(reverse("snaps:photo", args=[photo.pk])).status_code == 404  # nobody looked at it yet
    with pytest.raises(Refused):
        services.add_unit_photos(snap=snap, by=cast.moderator)  # once
    services.redact_photo(photo=photo, by=cast.moderator, boxes=[(0, 0, 10, 10)], alt=photo.alt)
    assert "snap-photos--pair" in client.get(snap.get_absolute_url()).content.decode()
    withhold_photo(photo=HandlingPhoto.objects.get(alt="亮着的路灯"), by=cast.committee, is_withheld=True)
    assert client.get(reverse("snaps:photo", args=[photo.pk])).status_code == 404  # taken back there, gone here
    assert "snap-photos--pair" not in client.get(snap.get_absolute_url()).content.decode()


def test_a_report_is_not_closed_while_a_photo_of_the_unit_waits(cast: Cast) -> None:
    snap = snaps.closed_off(cast, snaps.answered(cast, evidence=evidence()))
    with pytest.raises(Refused, match="办理后照片"):
        services.close_snap(snap=snap, by=cast.committee, reason="已销号")
    [photo] = services.add_unit_photos(snap=snap, by=cast.moderator)
    services.redact_photo(photo=photo, by=cast.moderator, boxes=[])
    assert services.close_snap(snap=snap, by=cast.committee, reason="已销号").state == "closed"


def test_who_blacked_out_what_and_when_is_kept_and_the_original_is_for_nobody_else(client: Client, cast: Cast) -> None:
    snap = snaps.captured(cast.deputy)
    photo = services.redact_photo(photo=snap.photos.get(), by=cast.moderator, boxes=[(10, 20, 30, 40)])
    services.review_snap(snap=snap, by=cast.moderator)
    services.redact_photo(photo=photo, by=cast.committee, boxes=[(10, 20, 30, 40), (0, 0, 5.5, 5)])
    address = reverse("snaps_admin:redact", args=[photo.pk])
    client.force_login(cast.moderator)
    words = client.get(address).content.decode().split('id="redactions-title"')[1]
    first, second = ("公开以前", "10 20 30 40"), ("公开以后", "0 0 5.5 5")
    shown = (cast.moderator.get_full_name(), *first, cast.committee.get_full_name(), *second)
    assert [words.find(each) for each in shown] == sorted(words.find(each) for each in shown)
    assert -1 not in [words.find(each) for each in shown]
    with SnapPhoto.objects.get(pk=photo.pk).original.open("rb") as original:
        bare = original.read()
    for person in (None, cast.deputy, cast.resident, cast.unit, cast.auditor):
        client.logout()
        if person is not None:
            client.force_login(person)
        assert client.get(reverse("snaps_admin:original", args=[photo.pk])).status_code in (302, 403, 404)
        seen = b"".join(client.get(reverse("snaps:photo", args=[photo.pk])).streaming_content)  # type: ignore[arg-type]  # a file
        assert seen != bare

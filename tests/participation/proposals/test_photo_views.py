"""Photos of a draft: what is kept, and why something is not."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from participation.proposals.models import Photo, Proposal

from .writing import BODY, KEY, content, errors_of, page, refused, words, write_to_check

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


def _bomb() -> bytes:
    buffer = io.BytesIO()
    Image.new("1", (9000, 9000)).save(buffer, "PNG")
    return buffer.getvalue()


NO_PHOTO = "这个文件不是 JPG、PNG 或 WebP 格式的照片（只改后缀名不行）。请重新选一张。"
HEIC = "这是苹果手机的HEIC照片，这里还打不开。请截屏后上传截图，或在手机“设置—相机—格式”里选“兼容性最佳”后重拍。"
BROKEN = "照片不完整或已损坏，可能没有传完。请重新选择这张照片，或换一张。"


def _truncated() -> bytes:
    buffer = io.BytesIO()
    Image.effect_noise((400, 300), 90).convert("RGB").save(buffer, "JPEG")
    return buffer.getvalue()[:5000]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.jpg", b"not a picture", f"a.jpg：{NO_PHOTO}"),
        ("b.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", f"b.svg：{NO_PHOTO}"),
        ("c.png", _bomb(), "c.png：照片尺寸过大（9000×9000），请缩小，或截屏后上传截图。"),
        ("d.jpg", b"\xff\xd8" + b"0" * (10 * 1024 * 1024), "d.jpg：照片不能超过10MB，请压缩后再上传。"),
        ("f.jpg", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 50, f"f.jpg：{HEIC}"),
        ("g.jpg", _truncated(), f"g.jpg：{BROKEN}"),
        ("h.jpg", b"PK\x03\x04" + b"\x00" * 100, f"h.jpg：{NO_PHOTO}"),
        ("e.gif", b"GIF89a" + b"\x00" * 64, f"e.gif：{NO_PHOTO}"),
    ],
)  # fmt: skip
def test_a_hostile_photo_is_refused_by_the_field_and_nothing_else_is_lost(cast, client, picture, name, data, message):
    client.post("/proposals/new/", words())
    hostile = SimpleUploadedFile(name, data)
    answer = refused(client, page("about"), {"category_group": "roads", "photos": [picture(), hostile]})
    assert errors_of(answer) == {"photos": [message]}
    assert (Photo.objects.count(), content()["category_group"], content()["body"]) == (1, "roads", BODY)


def test_an_empty_photo_is_refused_by_the_field(cast, client):
    client.post("/proposals/new/", words())
    empty = SimpleUploadedFile("空.jpg", b"")
    answer = refused(client, page("about"), {"category_group": "roads", "photos": [empty]})
    assert (Photo.objects.count(), list(errors_of(answer))) == (0, ["photos"])


def test_six_photos_stay_and_the_names_of_those_left_out_are_told(cast, client, picture):
    client.post("/proposals/new/", words())
    photos = [picture(name=f"{n}.jpg") for n in range(1, 8)]
    hostile = SimpleUploadedFile("坏.jpg", b"not a picture")
    data = {"category_group": "roads", "photos": [hostile, *photos, picture(name="8.jpg")]}
    answer = refused(client, page("about"), data)
    told = [f"坏.jpg：{NO_PHOTO}", "最多6张照片，前6张已经保存。没有保存：7.jpg、8.jpg。"]
    assert (errors_of(answer), Photo.objects.count()) == ({"photos": told}, 6)
    assert client.post(page("about"), {"category_group": "roads"})["Location"] == page("person")


def test_photos_go_along_to_the_proposal_and_are_seen_only_by_the_writer_before(cast, client, picture):
    client.force_login(cast.resident)
    write_to_check(client)
    client.post(page("about"), {"category_group": "roads", "photos": [picture()], "then": "more"})
    photo = Photo.objects.get()
    own, other = f"/proposals/new/{KEY}/photos/{photo.pk}/", f"/proposals/photos/{photo.pk}/"
    assert [client.get(own).status_code, Client().get(own).status_code, Client().get(other).status_code] == [
        200,
        404,
        404,
    ]
    client.post(page("check"))
    photo.refresh_from_db()
    assert (photo.proposal, photo.draft) == (Proposal.objects.get(), None)
    assert [client.get(other).status_code, Client().get(other).status_code] == [200, 404]


def test_a_photo_can_be_removed_only_by_its_writer(cast, client, picture):
    client.post("/proposals/new/", words())
    client.post(page("about"), {"category_group": "roads", "photos": [picture(), picture()]})
    first = Photo.objects.first()
    assert Client().post(f"/proposals/new/{KEY}/photos/{first.pk}/remove/").status_code == 404
    assert Photo.objects.count() == 2
    client.post(f"/proposals/new/{KEY}/photos/{first.pk}/remove/")
    assert Photo.objects.count() == 1


def test_sending_in_photos_only_asks_for_nothing_else_and_says_that_they_are_kept(cast, client, picture):
    client.post("/proposals/new/", words())
    answer = client.post(page("about"), {"photos": [picture(), picture()], "then": "more"}, follow=True)
    assert (errors_of(answer), Photo.objects.count()) == ({}, 2)
    assert "已保存2张照片" in answer.content.decode()


def test_of_photos_sent_in_only_a_bad_one_is_told_and_the_good_one_is_kept(cast, client, picture):
    client.post("/proposals/new/", words())
    hostile = SimpleUploadedFile("a.jpg", b"<svg onload=alert(1)>", "image/jpeg")
    answer = refused(client, page("about"), {"photos": [picture(), hostile], "then": "more"})
    assert (list(errors_of(answer)), Photo.objects.count()) == (["photos"], 1)
    assert "已保存1张照片" in answer.content.decode()
    empty = refused(client, page("about"), {"then": "more"})
    assert errors_of(empty) == {"photos": ["请先选择照片，再点上传"]}

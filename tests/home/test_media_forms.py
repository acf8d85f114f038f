"""What editors bring: several files at once, broken pictures, files that are not what their name says."""

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from home.models import PortalDocument, PortalImage
from tests.conftest import Cast

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
BROKEN = "图片不完整或已损坏，可能没有传完。请重新选择这张图片，或换一张。"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def picture(kind: str = "JPEG") -> bytes:
    buffer = io.BytesIO()
    Image.effect_noise((400, 300), 80).convert("RGB").save(buffer, kind)
    return buffer.getvalue()


def docx() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    return buffer.getvalue()


def brought(client: Client, name: str, content: bytes, where: str = "wagtaildocs:add_multiple") -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(reverse(where), {"title": name, "files[]": file}, headers={"x-requested-with": "XMLHttpRequest"})


def test_files_brought_several_at_a_time_are_kept_with_their_division(client: Client, cast: Cast) -> None:
    client.force_login(cast.editor)
    answer = brought(client, "经费.pdf", PDF).json()
    number = answer["uploaded_file_id"]
    prefix = f"uploaded-document-{number}"
    values = {f"{prefix}-title": "经费保障", f"{prefix}-kind": "funding", f"{prefix}-is_listed": "on"}
    url = reverse("wagtaildocs:create_multiple_from_uploaded_document", args=(number,))
    kept = client.post(url, values, headers={"x-requested-with": "XMLHttpRequest"}).json()
    assert kept["success"] is True
    row = PortalDocument.objects.get()
    assert (row.title, row.kind, row.is_listed, row.extension) == ("经费保障", "funding", True, "PDF")
    assert (row.division.code, row.file_size, row.uploaded_by_user) == ("430381001000", len(PDF), cast.editor)


@pytest.mark.parametrize("where", ["wagtaildocs:add_multiple", "wagtaildocs:add"])
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("假.pdf", b"MZ\x90\x00", "文件的内容和后缀名“.pdf”不符"),
        ("假.docx", b"hello", "文件的内容和后缀名“.docx”不符"),
        ("程序.exe", b"MZ", "不能上传这种文件。可以上传的文件：.csv、.docx、.pdf、.pptx、.txt、.xlsx、.zip。"),
        ("没有后缀", PDF, "不能上传这种文件。"),
    ],
)
def test_a_disguised_file_is_refused_in_plain_words(
    client: Client, cast: Cast, where: str, name: str, content: bytes, said: str
) -> None:
    client.force_login(cast.editor)
    if where == "wagtaildocs:add":
        file = SimpleUploadedFile(name, content)
        text = client.post(reverse(where), {"title": name, "kind": "other", "file": file}).content.decode()
    else:
        text = brought(client, name, content, where).json()["error_message"]
    assert (said in text, PortalDocument.objects.count()) == (True, 0)


def test_an_honest_file_passes_and_another_title_needs_no_new_file(client: Client, cast: Cast) -> None:
    client.force_login(cast.editor)
    values = {"title": "办法", "kind": "rule", "file": SimpleUploadedFile("办法.docx", docx())}
    assert client.post(reverse("wagtaildocs:add"), values).status_code == 302
    row = PortalDocument.objects.get()
    response = client.post(reverse("wagtaildocs:edit", args=(row.pk,)), {"title": "议事办法", "kind": "rule"})
    assert (response.status_code, PortalDocument.objects.get().title) == (302, "议事办法")


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_half_a_picture_is_refused_next_to_its_field(client: Client, cast: Cast, kind: str) -> None:
    client.force_login(cast.editor)
    name = f"会场.{kind.lower()}"
    for half in (picture(kind)[:150], picture(kind)[: len(picture(kind)) // 2]):
        answer = brought(client, name, half, "wagtailimages:add_multiple").json()
        assert answer["success"] is False
        alone = client.post(reverse("wagtailimages:add"), {"title": "会场", "file": SimpleUploadedFile(name, half)})
        assert alone.context["form"].errors["file"] == [answer["error_message"]]
    assert (answer["error_message"], PortalImage.objects.count()) == (BROKEN, 0)


def test_a_whole_picture_passes(client: Client, cast: Cast) -> None:
    client.force_login(cast.editor)
    for kind in ("JPEG", "PNG", "WEBP", "AVIF", "GIF"):
        answer = brought(client, f"会场.{kind.lower()}", picture(kind), "wagtailimages:add_multiple").json()
        assert answer["success"] is True, (kind, answer)

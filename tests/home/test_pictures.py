"""Pictures are made in their sizes before a reader comes, whatever the templates ask for."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image
from wagtail.images.forms import get_image_form

from home.models import NewsPage, PortalImage, PortalRendition
from home.rules.pictures import IN_BODY, LEAD
from home.selectors import pictures_to_make
from home.services import make_pictures
from tests.conftest import Cast
from tests.factories.pages import column, news

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def image(title: str = "会场") -> PortalImage:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(buffer, "PNG")
    file = SimpleUploadedFile("a.png", buffer.getvalue())
    row: PortalImage = PortalImage.objects.create(title=title, file=file, width=40, height=30)
    return row


def in_body(picture: PortalImage) -> dict[str, Any]:
    value = {"image": {"image": picture.pk, "alt_text": "会场全景", "decorative": False}, "caption": ""}
    return {"type": "picture", "value": value}


def article(*, live: bool = True, **values: Any) -> NewsPage:
    page = news(column(), live=live, **values)
    page.save()  # the index of references is kept on saving
    return page


def test_a_reader_never_makes_a_size(client: Client, cast: Cast) -> None:
    lead, inside = image("题图"), image("正文图")
    page = article(lead_image=lead, lead_image_alt="会场", body=[in_body(inside)])
    make_pictures()
    made = PortalRendition.objects.count()
    assert made == len(LEAD) + len(IN_BODY)
    assert client.get(page.url).status_code == 200
    assert PortalRendition.objects.count() == made
    assert list(pictures_to_make()) == []


def test_drafts_are_ready_when_they_go_out_and_unused_pictures_wait(cast: Cast) -> None:
    used, _unused = image(), image("没有用到")
    article(live=False, lead_image=used, lead_image_alt="会场")
    assert [(picture.title, sizes) for picture, sizes in pictures_to_make()] == [("会场", LEAD)]


def test_what_is_no_picture_does_not_stop_the_others(cast: Cast) -> None:
    broken, sound = image("坏图"), image("好图")
    Path(broken.file.path).write_bytes(b"no picture")
    article(lead_image=broken, lead_image_alt="坏", body=[in_body(sound)])
    assert make_pictures() == "1 pictures made in their sizes"
    assert set(PortalRendition.objects.values_list("image__title", flat=True)) == {"好图"}


def test_another_focal_point_makes_the_crops_anew(cast: Cast) -> None:
    picture = image()
    article(lead_image=picture, lead_image_alt="会场")
    make_pictures()
    form = get_image_form(PortalImage)
    fields = {name: getattr(picture, name) or "" for name in form.base_fields if name not in ("file", "tags")}
    fields |= {"focal_point_x": 10, "focal_point_y": 10, "focal_point_width": 4, "focal_point_height": 4}
    fields["collection"] = picture.collection_id
    bound = form(fields, instance=picture, user=cast.admin)
    assert bound.is_valid(), bound.errors
    bound.save()
    assert [each.pk for each, _sizes in pictures_to_make()] == [picture.pk]
    make_pictures()
    assert {row.focal_point_key != "" for row in PortalRendition.objects.filter(filter_spec__contains="fill")} == {True}


def test_looking_for_work_costs_the_same_however_many_pictures_are_ready(cast: Cast) -> None:
    ContentType.objects.clear_cache()
    counts = []
    index = column()
    for number in range(3):
        page = news(index, slug=f"n{number}", lead_image=image(), lead_image_alt="会场", body=[in_body(image())])
        page.save()
        make_pictures()
        with CaptureQueriesContext(connection) as queries:
            assert list(pictures_to_make()) == []
        counts.append(len(queries))
    assert counts == [2, 2, 2]

"""Photos of progress notes and replies: re-encoded, with words, public with their item and hidden with it."""

import io
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from PIL import Image

from participation.ledger import services
from participation.ledger.models import HandlingPhoto, LedgerItem
from participation.moderation.rules import Refused
from tests.conftest import Cast
from tests.factories import ledger

pytestmark = pytest.mark.django_db


def noted(cast: Cast, picture: Any, **fields: Any) -> HandlingPhoto:
    exif = Image.Exif()
    exif[0x010F] = "CANARY-CAMERA"
    item = ledger.handling(cast, **fields)
    photos = [(picture(exif=exif, size=(1000, 400)), "修好的路灯")]
    progress = services.note_progress(item=item, by=cast.unit, text="已修好", photos=photos)
    return HandlingPhoto.objects.select_related("progress__item").get(progress=progress)


def test_a_photo_is_ours_without_exif_and_shown_small_to_large(cast: Cast, client: Client, picture: Any) -> None:
    photo = noted(cast, picture)
    address = f"/ledger/photos/{photo.pk}/"
    page = client.get(photo.progress.item.get_absolute_url()).content.decode()
    assert (f'href="{address}"' in page, 'alt="修好的路灯"' in page) == (True, True)
    content = b"".join(client.get(address).streaming_content)  # type: ignore[attr-defined]  # a file response
    with Image.open(io.BytesIO(content)) as stored:
        assert (stored.format, stored.size, b"CANARY" in content) == ("JPEG", (1000, 400), False)
    small = b"".join(client.get(f"{address}small/").streaming_content)  # type: ignore[attr-defined]  # a file response
    assert Image.open(io.BytesIO(small)).size == (320, 128)


def test_hidden_with_its_item_and_withheld_by_the_committee_alone(cast: Cast, client: Client, picture: Any) -> None:
    photo = noted(cast, picture)
    address = f"/ledger/photos/{photo.pk}/"
    with pytest.raises(PermissionDenied):
        services.withhold_photo(photo=photo, by=cast.unit, is_withheld=True)
    services.withhold_photo(photo=photo, by=cast.committee, is_withheld=True)
    assert (client.get(address).status_code, client.get(f"{address}small/").status_code) == (404, 404)
    assert address not in client.get(photo.progress.item.get_absolute_url()).content.decode()
    services.withhold_photo(photo=photo, by=cast.committee, is_withheld=False)
    services.set_hidden(item=photo.progress.item, by=cast.committee, is_hidden=True, reason="复核")
    assert client.get(address).status_code == 404
    client.force_login(cast.resident)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(("count", "words", "sentence"), [(4, "说明", "最多上传3张"), (1, " ", "用一句话写明每张照片")])
def test_too_many_or_without_words_leaves_nothing(
    cast: Cast, picture: Any, count: int, words: str, sentence: str
) -> None:
    item = ledger.handling(cast)
    with pytest.raises(Refused, match=sentence):
        services.note_progress(item=item, by=cast.unit, text="进展", photos=[(picture(), words)] * count)
    assert LedgerItem.objects.get(pk=item.pk).progress.count() == 0


def test_a_reply_shows_before_and_after_once_it_is_signed(cast: Cast, client: Client, picture: Any) -> None:
    item = ledger.handling(cast)
    services.note_contact(item=item, by=cast.unit, way="face")
    draft = {"item": item, "by": cast.unit, "kind": "done", "text": ledger.ANSWER}
    first = [(picture(), "杆子歪了", "before"), (picture(), "拍错了的一张", "after")]
    reply = services.draft_reply(**draft, photos=first)
    wrong = reply.photos.get(alt="拍错了的一张")
    services.draft_reply(**draft, photos=[(picture(), "路灯修好了", "after")], dropped=[wrong])
    before, after = reply.photos.all()
    assert (before.alt, after.alt, wrong.file.storage.exists(wrong.file.name)) == ("杆子歪了", "路灯修好了", True)
    address = f"/ledger/photos/{before.pk}/"
    assert client.get(address).status_code == 404
    services.sign_reply(item=item, by=cast.unit)
    page = client.get(item.get_absolute_url()).content.decode()
    shown = [page.index(words) for words in ("<h3>办理前", 'alt="杆子歪了"', "<h3>办理后", 'alt="路灯修好了"')]
    assert (client.get(address).status_code, shown) == (200, sorted(shown))
    services.withhold_photo(photo=before, by=cast.committee, is_withheld=True)
    page = client.get(item.get_absolute_url()).content.decode()
    assert ("杆子歪了" in page, "<h3>办理前" in page, 'alt="路灯修好了"' in page) == (False, False, True)


@pytest.mark.parametrize(
    ("photos", "sentence"),
    [([("x", "一张", "")], "办理前还是办理后"), ([("x", "一张", "after")] * 7, "最多附6张照片")],
)
def test_evidence_says_when_and_stays_few(cast: Cast, photos: Any, sentence: str) -> None:
    item = ledger.handling(cast)
    with pytest.raises(Refused, match=sentence):
        services.draft_reply(item=item, by=cast.unit, kind="done", text=ledger.ANSWER, photos=photos)
    assert item.replies.count() == 0

"""The pages: what is public, what is not, and a constant number of queries."""

from io import BytesIO

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from participation.snaps import services
from participation.snaps.models import SnapReport
from portal.gate.forms import AGE_SALT
from tests.conftest import Cast
from tests.factories import snaps
from tests.factories.proposals import other_subdistrict, subdistrict

pytestmark = pytest.mark.django_db


def old() -> str:
    """A form handed out long ago, as a person sends it back."""
    return signing.dumps(0, salt=AGE_SALT)


def test_nothing_of_a_report_is_public_before_its_review(client: Client, cast: Cast) -> None:
    snap = snaps.captured(cast.deputy)
    photo = snap.photos.get()
    addresses = [snap.get_absolute_url(), reverse("snaps:photo", args=[photo.pk]), reverse("snaps:list")]
    assert [client.get(address).status_code for address in addresses] == [404, 404, 200]
    assert snap.number not in client.get(addresses[2]).content.decode()
    client.force_login(cast.deputy)
    assert [client.get(address).status_code for address in addresses[:2]] == [200, 200]


def test_the_public_photo_is_the_blackened_one(client: Client, cast: Cast) -> None:
    snap = snaps.captured(cast.deputy)
    photo = services.redact_photo(photo=snap.photos.get(), by=cast.moderator, boxes=[(0, 0, 50, 50)])
    services.review_snap(snap=snap, by=cast.moderator)
    shown = b"".join(client.get(reverse("snaps:photo", args=[photo.pk])).streaming_content)  # type: ignore[arg-type]  # a file
    with photo.file.open("rb") as file:
        assert shown == file.read()
    assert client.get(reverse("snaps_admin:original", args=[photo.pk])).status_code == 302


def test_the_list_asks_as_often_for_three_as_for_one(client: Client, cast: Cast) -> None:
    counts = []
    for more in (1, 2):
        for _each in range(more):
            snaps.reviewed(cast)
        client.get(reverse("snaps:list"), {"state": "reviewed"})
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = client.get(reverse("snaps:list"), {"division": subdistrict().key, "state": "reviewed"})
        counts.append((len(queries), page.content.decode().count("snap-card__photo")))
    assert (counts[0][0] == counts[1][0], counts[0][1], counts[1][1]) == (True, 1, 3)


def test_a_deputy_reports_on_one_page_and_a_resident_is_told_the_other_ways(client: Client, cast: Cast) -> None:
    client.force_login(cast.resident)
    words = client.get(reverse("snaps:new")).content.decode()
    assert ("不替代12345热线" in words, "这里的随手拍由人大代表使用" in words) == (True, True)
    client.force_login(cast.deputy)
    assert 'capture="environment"' in client.get(reverse("snaps:new")).content.decode()
    typed = {
        "place": "北门",
        "text": "路灯不亮",
        "division": subdistrict().key,
        "position": "27.73250,112.53100",
        "form_age": old(),
    }
    answer = client.post(reverse("snaps:new"), {**typed, "photos": snaps.shot()})
    snap = SnapReport.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("snaps:submitted", args=[snap.number]))
    assert snap.position == ""  # not ticked
    assert "查询码" in client.get(answer["Location"]).content.decode()


def test_a_report_without_photo_or_place_is_refused_on_the_page(client: Client, cast: Cast) -> None:
    client.force_login(cast.deputy)
    answer = client.post(reverse("snaps:new"), {"text": "路灯不亮", "division": subdistrict().key})
    words = answer.content.decode()
    assert (answer.status_code, "请先拍一张照片" in words, "请写明地点" in words) == (422, True, True)


def test_what_reads_alike_in_the_same_street_is_offered_before_a_second_report(client: Client, cast: Cast) -> None:
    snap = snaps.reviewed(cast)
    near = client.get(reverse("snaps:similar"), {"q": f"{subdistrict().key} 路灯不亮看不清台阶"}).content.decode()
    far = client.get(reverse("snaps:similar"), {"q": f"{other_subdistrict().key} 路灯不亮看不清台阶"}).content.decode()
    assert (snap.get_absolute_url() in near, snap.get_absolute_url() in far) == (True, False)


def test_before_and_after_stand_side_by_side_in_words_too(client: Client, cast: Cast) -> None:
    snap = snaps.verified(cast)
    services.redact_photo(photo=snap.photos.get(moment="after"), by=cast.moderator, boxes=[], alt="亮着的路灯")
    words = client.get(snap.get_absolute_url()).content.decode()
    assert ("snap-photos--pair" in words, 'alt="亮着的路灯"' in words, "已解决" in words) == (True, True, False)


def test_staff_of_another_street_see_nothing_of_it_by_any_address(client: Client, cast: Cast) -> None:
    snap = snaps.captured(cast.deputy, division=other_subdistrict())
    photo = snap.photos.get()
    client.force_login(cast.committee)
    addresses = [
        reverse("snaps_admin:detail", args=[snap.pk]),
        reverse("snaps_admin:redact", args=[photo.pk]),
        reverse("snaps_admin:original", args=[photo.pk]),
        reverse("snaps:photo", args=[photo.pk]),
    ]
    assert [client.get(address).status_code for address in addresses] == [404] * 4
    assert snap.number not in client.get(reverse("snaps_admin:index")).content.decode()


def test_rectangles_typed_as_numbers_are_kept_and_half_a_row_is_refused(client: Client, cast: Cast) -> None:
    photo = snaps.captured(cast.deputy).photos.get()
    client.force_login(cast.moderator)
    address = reverse("snaps_admin:redact", args=[photo.pk])
    assert client.post(address, {"left-0": "10", "top-0": "10"}).status_code == 422
    client.post(address, {"left-0": "10", "top-0": "10", "width-0": "20", "height-0": "20", "alt": "灯"})
    photo.refresh_from_db()
    assert (photo.boxes, bool(photo.file)) == ([[10.0, 10.0, 20.0, 20.0]], True)


def test_the_list_leaves_as_text_and_several_are_assigned_at_once(client: Client, cast: Cast) -> None:
    rows = [snaps.reviewed(cast, text="=1+1 路灯"), snaps.reviewed(cast)]
    client.force_login(cast.committee)
    file = b"".join(client.get(reverse("snaps_admin:export")).streaming_content)  # type: ignore[arg-type]  # a file
    cells = [cell for row in load_workbook(BytesIO(file)).active.iter_rows() for cell in row]  # type: ignore[union-attr]  # has a sheet
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    client.post(reverse("snaps_admin:index"), {"snap": [row.pk for row in rows]})
    assert set(SnapReport.objects.values_list("state", flat=True)) == {"assigned"}


def test_what_was_returned_for_its_photo_is_sent_again_with_another_up_to_three(client: Client, cast: Cast) -> None:
    snap = services.return_snap(snap=snaps.captured(cast.deputy), by=cast.moderator, reason="照片看不清，请补拍。")
    client.force_login(cast.deputy)
    address = reverse("snaps:amend", args=[snap.number])
    typed = {"text": "路灯不亮", "place": "北门"}
    answer = client.post(address, {**typed, "photos": [snaps.shot() for _each in range(3)]})
    assert (answer.status_code, "连同原来的照片，最多3张" in answer.content.decode()) == (422, True)
    assert client.post(address, {**typed, "photos": snaps.shot()}).status_code == 302
    snap.refresh_from_db()
    assert (snap.state, snap.photos.count(), snap.photos.filter(is_reviewed=True).count()) == ("captured", 2, 0)


def test_the_street_of_the_post_is_chosen_then_that_of_the_last_report(client: Client, cast: Cast) -> None:
    client.force_login(cast.deputy)
    asked = [client.get(reverse("snaps:new")).context["form"]["division"].value()]
    snaps.captured(cast.deputy, division=other_subdistrict())
    asked.append(client.get(reverse("snaps:new")).context["form"]["division"].value())
    assert asked == [subdistrict().key, other_subdistrict().key]

"""Every verb: the row, the trail, who is told; and who may not."""

import io
import secrets

import pytest
from django.core.exceptions import PermissionDenied
from PIL import Image

from participation.ledger.models import LedgerItem
from participation.ledger.services import void_item
from participation.moderation.rules import Refused
from participation.snaps import services
from participation.snaps.models import Sighting, SnapReport
from participation.snaps.states import State
from portal.follows.models import Follow
from portal.outbox.models import Message
from portal.trail.selectors import history_of
from tests.conftest import Cast
from tests.factories import snaps
from tests.factories.proposals import subdistrict

pytestmark = pytest.mark.django_db


def verbs(snap: SnapReport) -> list[str]:
    return [entry.verb for entry in history_of("snap", snap.number)]


def pixels(file: object) -> Image.Image:
    with file.open("rb") as opened:  # type: ignore[attr-defined]  # a stored file
        return Image.open(io.BytesIO(opened.read())).convert("RGB")


def test_a_double_click_makes_one_report_without_what_the_phone_adds_to_a_photo(cast: Cast) -> None:
    key = secrets.token_urlsafe(24)
    fields = {"sender": cast.deputy, "form_key": key, "division": subdistrict(), "text": snaps.TEXT, "place": "北门"}
    numbers = {services.capture_snap(**fields, photos=[snaps.shot(gps=True)]) for _again in range(2)}
    snap = SnapReport.objects.get()
    assert numbers == {snap.number}
    assert (snap.state, snap.capacity, snap.text, snap.published_at) == (State.CAPTURED, "deputy", "", None)
    with snap.photos.get().original.open("rb") as file:
        content = file.read()
    assert b"SECRETPHONE" not in content
    assert dict(Image.open(io.BytesIO(content)).getexif()) == {}
    assert verbs(snap) == ["capture"]


def test_residents_send_only_where_their_terms_let_them(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        snaps.captured(cast.resident)
    assert not SnapReport.objects.exists()


@pytest.mark.parametrize("wrong", [{"photos": []}, {"text": " "}, {"place": ""}, {"photos": [1, 2, 3, 4]}])
def test_a_report_has_a_photo_words_and_a_place(cast: Cast, wrong: dict[str, object]) -> None:
    if wrong.get("photos"):
        wrong = {"photos": [snaps.shot() for _each in range(4)]}
    with pytest.raises(Refused):
        snaps.captured(cast.deputy, **wrong)


def test_rectangles_are_burned_into_a_new_rendition_and_the_original_stays(cast: Cast) -> None:
    snap = snaps.captured(cast.deputy)
    photo = services.redact_photo(photo=snap.photos.get(), by=cast.moderator, boxes=[(25, 25, 50, 50)], alt="路灯")
    black, white = pixels(photo.file).getpixel((40, 30)), pixels(photo.original).getpixel((40, 30))
    assert (max(black) < 40, min(white) > 200, photo.alt) == (True, True, "路灯")  # type: ignore[type-var,arg-type]  # RGB
    with pytest.raises(PermissionDenied):
        services.redact_photo(photo=photo, by=cast.deputy, boxes=[])
    with pytest.raises(Refused):
        services.redact_photo(photo=photo, by=cast.moderator, boxes=[(90, 0, 20, 10)])


def test_a_report_becomes_public_by_its_review_and_is_told_to_its_sender(cast: Cast) -> None:
    snap = snaps.reviewed(cast, text="路灯不亮，电话13800138000。")
    assert (snap.state, "13800138000" in snap.text, snap.photos.get().is_reviewed) == (State.REVIEWED, False, True)
    assert list(Message.objects.values_list("recipient", "kind")) == [(cast.deputy.pk, "own_snap")]


def test_an_assigned_report_is_seen_through_by_the_ledger_until_somebody_looks_on_site(cast: Cast) -> None:
    snap = snaps.assigned(cast)
    item = LedgerItem.objects.get()
    assert (item.source, item.source_key, item.parties.get().user) == ("snap", snap.number, cast.deputy)
    with pytest.raises(Refused):
        services.verify_snap(snap=snap, by=cast.deputy, is_mended=True, photos=[snaps.shot()])  # no answer yet


def test_who_reported_verifies_with_a_photo_that_waits_for_the_staff_and_the_committee_closes(cast: Cast) -> None:
    snap = snaps.verified(cast)
    after = snap.photos.get(moment="after")
    assert (snap.state, snap.verified_by, after.is_reviewed) == (State.VERIFIED, cast.deputy, False)
    with pytest.raises(Refused):
        services.close_snap(snap=snap, by=cast.committee)  # its photo has not been looked at
    services.redact_photo(photo=after, by=cast.moderator, boxes=[])
    with pytest.raises(Refused):
        services.close_snap(snap=snap, by=cast.committee, reason="现场已看过")  # its item is not closed off
    snap = snaps.closed_off(cast, snap)
    with pytest.raises(PermissionDenied):
        services.close_snap(snap=snap, by=cast.deputy)
    assert services.close_snap(snap=snap, by=cast.committee).state == State.CLOSED
    assert verbs(snap) == ["capture", "review", "assign", "verify", "redact_photo", "close"]


def test_a_forwarded_report_carries_the_outside_number_and_goes_back_when_nothing_was_mended(cast: Cast) -> None:
    snap = snaps.reviewed(cast)
    with pytest.raises(Refused):
        services.forward_to_hotline(snap=snap, by=cast.committee, hotline_number=" ")
    services.forward_to_hotline(snap=snap, by=cast.committee, hotline_number="GD-1")
    services.receive_feedback(snap=snap, by=cast.committee, feedback="已派人。")
    row = services.verify_snap(snap=snap, by=cast.deputy, is_mended=False, note="还是不亮")
    assert (row.state, row.hotline_number) == (State.FORWARDED, "GD-1")


def test_seeing_it_too_counts_once_and_follows(cast: Cast) -> None:
    snap = snaps.reviewed(cast)
    assert [services.see_too(snap=snap, by=cast.resident) for _again in range(2)] == [True, False]
    assert (Sighting.objects.count(), Follow.objects.filter(user=cast.resident).count()) == (1, 1)
    with pytest.raises(PermissionDenied):
        services.see_too(snap=snap, by=cast.deputy)


def test_a_duplicate_goes_over_to_the_first_report(cast: Cast) -> None:
    first, second = snaps.reviewed(cast), snaps.captured(cast.deputy)
    row = services.merge_snap(snap=second, by=cast.moderator, target=first)
    assert (row.state, row.merged_into) == (State.DUPLICATE, first)
    with pytest.raises(Refused):
        services.merge_snap(snap=first, by=cast.moderator, target=row)


def test_a_cancelled_account_leaves_the_record_without_the_person(cast: Cast) -> None:
    snap = snaps.captured(cast.deputy, position="27.73250,112.53100", text="电话13800138000")
    services.empty_own(cast.deputy)
    snap.refresh_from_db()
    assert (snap.position, "13800138000" in snap.review.original_body) == ("", False)


def test_only_what_was_voided_in_the_ledger_may_still_go_to_12345(cast: Cast) -> None:
    snap = snaps.assigned(cast)
    with pytest.raises(Refused):
        services.forward_to_hotline(snap=snap, by=cast.committee, hotline_number="GD-1")
    void_item(item=LedgerItem.objects.get(pk=snap.ledger_item_id), by=cast.committee, reason="重复登记")
    with pytest.raises(Refused):
        services.close_snap(snap=snap, by=cast.committee, reason="台账已作废")  # no back door either
    row = services.forward_to_hotline(snap=snap, by=cast.committee, hotline_number="GD-1")
    assert (row.state, row.ledger_item, row.hotline_number) == (State.FORWARDED, None, "GD-1")

from datetime import UTC, datetime, timedelta, timezone

import pytest

from portal.outbox.rules import Contact, next_digest, next_try, ways_to_tell

BOTH = {"has_email": True, "has_sms": True, "wants_to_hear": True}


@pytest.mark.parametrize(
    ("contact", "given", "ways"),
    [
        (Contact(email="a@b.cn", mobile="1"), {}, ["email"]),
        (Contact(email="a@b.cn", mobile="1"), {"daily": True}, ["digest"]),
        (Contact(email="a@b.cn", mobile="1"), {"has_email": False}, ["sms"]),
        (Contact(mobile="1"), {}, ["sms"]),
        (Contact(mobile="1"), {"daily": True}, []),
        (Contact(mobile="1"), {"by_sms": False}, []),
        (Contact(mobile="1"), {"has_sms": False}, []),
        (Contact(mobile="1", in_person=True), {"has_sms": False}, []),
        (Contact(in_person=True), {}, ["visit"]),
        (Contact(), {}, []),
        (Contact(email="a@b.cn", in_person=True), {"wants_to_hear": False}, []),
    ],
)
def test_one_event_rings_at_most_one_bell(contact, given, ways):
    assert ways_to_tell(contact, **BOTH | given) == ways


def test_patience_grows_and_ends():
    now = datetime(2026, 3, 10, tzinfo=UTC)
    assert [next_try(now, attempts, [1, 5]) for attempts in (1, 2, 3)] == [
        now + timedelta(minutes=1),
        now + timedelta(minutes=5),
        None,
    ]


def test_the_summary_waits_for_the_next_morning():
    shanghai = timezone(timedelta(hours=8))
    assert next_digest(datetime(2026, 3, 10, 7, 59, tzinfo=shanghai), 8) == datetime(2026, 3, 10, 8, tzinfo=shanghai)
    assert next_digest(datetime(2026, 3, 10, 8, 0, tzinfo=shanghai), 8) == datetime(2026, 3, 11, 8, tzinfo=shanghai)

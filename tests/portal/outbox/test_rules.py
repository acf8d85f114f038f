from datetime import UTC, datetime, timedelta, timezone

import pytest

from portal.outbox.rules import Contact, Wish, digest_window, next_try, rest_after, text_parts, ways_to_tell

BOTH = {"has_email": True, "has_sms": True, "wish": Wish()}
DAILY, NO_MAIL, NOTHING = {"wish": Wish("daily")}, {"wish": Wish("none")}, {"wish": Wish("none", "none")}
TEXTS = {"wish": Wish("none", "immediate")}
NO_SUMMARY = {"wish": Wish("daily", digests=False)}


@pytest.mark.parametrize(
    ("contact", "given", "ways"),
    [
        (Contact(email="a@b.cn", mobile="1"), {}, ["email"]),
        (Contact(email="a@b.cn", mobile="1"), DAILY, ["digest"]),
        (Contact(email="a@b.cn", mobile="1"), NO_SUMMARY, []),
        (Contact(email="a@b.cn", mobile="1"), NO_MAIL, []),
        (Contact(email="a@b.cn", mobile="1"), TEXTS, ["sms"]),
        (Contact(email="a@b.cn", mobile="1"), {"wish": Wish("immediate", "immediate")}, ["email"]),
        (Contact(mobile="1"), {"wish": Wish(sms="none")}, []),
        (Contact(mobile="1"), NO_MAIL, []),
        (Contact(mobile="1"), TEXTS, ["sms"]),
        (Contact(email="a@b.cn", mobile="1"), {"has_email": False}, ["sms"]),
        (Contact(mobile="1"), {}, ["sms"]),
        (Contact(mobile="1"), DAILY, []),
        (Contact(mobile="1"), {"by_sms": False}, []),
        (Contact(mobile="1"), {"has_sms": False}, []),
        (Contact(mobile="1", in_person=True), {"has_sms": False}, []),
        (Contact(in_person=True), {}, ["visit"]),
        (Contact(in_person=True), DAILY, []),
        (Contact(), {}, []),
        (Contact(email="a@b.cn", in_person=True), NOTHING, []),
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


@pytest.mark.parametrize(
    ("wish", "follow", "heard"),
    [
        (Wish(), "immediate", Wish()),
        (Wish(), "daily", Wish("daily", "none")),
        (Wish("none", "immediate"), "daily", Wish("none", "none")),
        (Wish("daily"), "immediate", Wish("daily")),
        (Wish("daily"), "none", Wish("none", "none")),
    ],
)
def test_of_two_wishes_the_quieter_counts(wish, follow, heard):
    assert wish.quieter(follow) == heard


def test_a_summary_of_the_day_is_due_from_its_hour_to_the_next():
    shanghai = timezone(timedelta(hours=8))
    ninth, tenth = datetime(2026, 3, 9, 8, tzinfo=shanghai), datetime(2026, 3, 10, 8, tzinfo=shanghai)
    assert digest_window(tenth - timedelta(minutes=1), 8) == (ninth.date(), ninth)
    assert digest_window(tenth, 8) == (tenth.date(), tenth)


def test_a_silent_channel_is_left_alone_longer_each_time():
    assert [rest_after(failures).total_seconds() / 60 for failures in (1, 2, 3, 7, 50)] == [1, 2, 4, 60, 60]


def test_a_long_text_costs_more():
    assert [text_parts("字" * length) for length in (1, 70, 71, 134, 135)] == [1, 1, 2, 2, 3]

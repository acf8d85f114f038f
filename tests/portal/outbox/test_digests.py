"""每日汇总: whatever the runs, kills and clocks, each message stands in one summary and none goes out twice."""

import random
import smtplib
from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.db import connections

from portal.outbox.backends import NotSent
from portal.outbox.backends.email import EmailChannel
from portal.outbox.models import Delivery, Digest, Message
from portal.outbox.services import decide_delivery, deliver_due, queue_messages, set_digest_hour
from portal.outbox.services.digests import gather_digests
from portal.trail import subjects
from tests.races.harness import at_once

START = datetime(2026, 3, 10, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
Killed = type("Killed", (BaseException,), {})


def tell(number, *people, **given):
    daily = {person.pk: "daily" for person in people}
    queue_messages(event=f"e{number}", kind="k", recipients=people, title=f"进展{number}", frequencies=daily, **given)


def at(when):
    return time_machine.travel(when, tick=False)


def test_lines_of_one_matter_stand_together_under_its_name(person):
    def resolve(keys):
        names = {"1": "修路灯", "2": "不给看"}
        return {key: subjects.Subject("thing", key, names[key], "/", lambda user, k=key: k == "1") for key in keys}

    resident = person("resident", email="a@b.cn")
    subjects.register_subject("thing", resolve)
    try:
        with at(START):
            for number, key in enumerate(["1", "2", "1"]):
                tell(number, resident, subject_kind="thing", subject_key=key)
        with at(START + timedelta(days=1)):
            assert deliver_due() == {"sent": 3}
    finally:
        subjects._resolvers.pop("thing")
    [letter] = mail.outbox
    heads = [line for line in letter.body.splitlines() if line.startswith(("【", "·"))]
    assert heads == ["【修路灯】", "· 进展0", "· 进展2", "【2】", "· 进展1"]


def test_a_new_hour_holds_for_what_waits_and_gives_no_second_mail_a_day(person):
    resident = person("resident", email="a@b.cn")
    with at(START):
        tell(1, resident)
        set_digest_hour(user=resident, hour=11)
    sent = []
    for hours, change in [(1, None), (2, 15), (4, None), (6, None), (30, None)]:
        with at(START + timedelta(hours=hours)):
            sent.append(deliver_due().get("sent", 0))
            tell(f"{hours}h", resident)
            if change:
                set_digest_hour(user=resident, hour=change)
    # 11:00 of the first day (1 and 1h), then 15:00 of the second
    assert sent == [0, 2, 0, 0, 3]


def test_what_comes_after_the_hour_waits_for_the_next_day_however_late_the_run(person):
    resident = person("resident", email="a@b.cn")
    for hours, number in [(0, 1), (24, 2)]:  # 9:00, and an hour past the next day's summary
        with at(START + timedelta(hours=hours)):
            tell(number, resident)
    sent = []
    for hours in (30, 46, 47):
        with at(START + timedelta(hours=hours)):
            sent.append(deliver_due().get("sent", 0))
    assert sent == [1, 0, 1]


def test_the_whole_summary_is_decided_at_once_and_sent_again_under_its_name(person, monkeypatch, django_user_model):
    resident = person("resident", email="a@b.cn")
    admin = django_user_model.objects.create_superuser("admin", password="x" * 12)
    with at(START):
        tell(1, resident), tell(2, resident)
    names = []

    def breaks(channel, letter):
        names.append(letter.extra_headers["Message-ID"])
        raise smtplib.SMTPServerDisconnected

    with at(START + timedelta(days=1)):
        with monkeypatch.context() as patch:
            patch.setattr(EmailChannel, "transmit", breaks)
            assert deliver_due() == {"uncertain": 2}
        first = Delivery.objects.filter(channel="digest").first()
        decide_delivery(delivery=first, decision="send_again", by=admin, reason="没有收到")
        assert deliver_due() == {"sent": 2}
    assert [letter.extra_headers["Message-ID"] for letter in mail.outbox] == names


def test_parallel_gatherings_make_one_summary(transactional_db, django_user_model):
    people = [django_user_model.objects.create_user(f"resident{n}", f"r{n}@b.cn") for n in range(8)]
    for number in range(5):
        tell(number, *people)
    Delivery.objects.update(due_at=START)

    def gather():
        try:
            return gather_digests(limit=100)
        finally:
            connections.close_all()

    assert sum(at_once([gather] * 6)) == len(people)
    counts = Counter(Delivery.objects.filter(channel="digest").values_list("digest", flat=True))
    assert sorted(counts.values()) == [5] * len(people)


class Weather:
    """A mail server that takes, refuses, breaks off or is killed with us, as the dice say; it knows what it took."""

    def __init__(self, dice):
        self.dice, self.taken = dice, []

    def transmit(self, letter):
        self.letter = letter
        ends = [self.takes] * 6 + [self.refuses, self.is_down, self.breaks, self.killed_before, self.killed_after]
        self.dice.choice(ends)()

    def takes(self):
        self.taken.append(self.letter)

    def refuses(self):
        raise NotSent("later")

    def is_down(self):
        raise NotSent("down", is_down=True)

    def breaks(self):
        self.dice.choice([lambda: None, self.takes])()
        raise OSError("broke off")

    def killed_before(self):
        raise Killed

    def killed_after(self):
        self.takes()
        raise Killed


def one_story(dice, people, monkeypatch):
    """Days of events, runs, hours changed and clocks put back and forth; then fair weather until all is quiet."""
    weather, now, told = Weather(dice), START, 0
    monkeypatch.setattr(EmailChannel, "transmit", lambda channel, letter: weather.transmit(letter))
    for _step in range(60):
        now += dice.choice([timedelta(minutes=dice.randrange(600)), timedelta(days=1), -timedelta(hours=3)])
        with at(now):
            if dice.random() < 0.5:
                tell(told := told + 1, *dice.sample(people, dice.randint(1, len(people))))
            if dice.random() < 0.1:
                set_digest_hour(user=dice.choice(people), hour=dice.randrange(24))
            for _run in range(dice.randrange(3)):
                try:
                    deliver_due(limit=dice.choice([1, 1000]))
                except Killed:
                    continue
    weather.transmit = weather.taken.append
    for _day in range(8):
        now += timedelta(hours=25)
        with at(now):
            deliver_due()
    return weather


def check(weather):
    rows = Delivery.objects.filter(channel="digest")
    assert set(rows.values_list("state", flat=True)) <= {"sent", "uncertain", "failed"}
    assert rows.filter(digest=None).count() == 0
    assert Digest.objects.filter(deliveries=None).count() == 0  # no line ever moved to another
    assert rows.count() == Message.objects.count()  # nobody is forgotten
    lines = Counter(
        (letter.to[0], line)
        for letter in weather.taken
        for line in letter.body.splitlines()
        if line.startswith("· 进展")
    )
    assert set(lines.values()) <= {1}  # and nobody hears twice
    for row in rows.select_related("message__recipient"):
        heard = lines[f"{row.message.recipient.username}@b.cn", f"· {row.message.title}"]
        assert heard == 1 if row.state == "sent" else row.state == "uncertain" or heard == 0
    assert Digest.objects.count() == len(set(Digest.objects.values_list("user", "day")))


@pytest.mark.parametrize("seed", range(6))
def test_each_message_is_in_one_summary_whatever_happens(person, monkeypatch, seed):
    people = [person(name, email=f"{name}@b.cn") for name in ("resident", "member", "deputy")]
    check(one_story(random.Random(seed), people, monkeypatch))


@pytest.mark.figures
@pytest.mark.parametrize("seed", range(1000, 1300))
def test_each_message_is_in_one_summary_in_full(person, monkeypatch, seed):
    people = [person(name, email=f"{name}@b.cn") for name in ("resident", "member", "deputy")]
    check(one_story(random.Random(seed), people, monkeypatch))

import smtplib
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from portal.outbox.checks import delivery_findings
from portal.outbox.models import ChannelRest, Delivery
from portal.outbox.services import decide_delivery, deliver_due, queue_messages, unsubscribe
from portal.outbox.services.decisions import NotOpen
from portal.trail.models import Entry


def tell(*people, event="proposal:JY-1:published", kind="proposal", **given):
    given.setdefault("title", "您的建议已公开")
    queue_messages(event=event, kind=kind, recipients=people, url="/proposals/1/", **given)


def states(channel="email"):
    return list(Delivery.objects.filter(channel=channel).order_by("pk").values_list("state", flat=True))


class Broken(BaseEmailBackend):
    """A mail server that answers as `trouble` says."""

    trouble: Exception | None = None
    refuses_to_open: bool = False

    def open(self):
        if self.refuses_to_open and self.trouble:
            raise self.trouble

    def send_messages(self, messages):
        if self.trouble and not self.refuses_to_open:
            raise self.trouble
        return len(messages)


@pytest.fixture
def trouble(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Broken"

    def set_trouble(error, *, on_opening=False):
        Broken.trouble, Broken.refuses_to_open = error, on_opening

    yield set_trouble
    set_trouble(None)


def test_a_mail_leaves_once_with_its_link_and_the_way_out(person):
    tell(person("resident", email="a@b.cn"), body="三天内上门查看。")
    assert [deliver_due(), deliver_due()] == [{"sent": 1}, {}]
    [letter] = mail.outbox
    delivery = Delivery.objects.get(channel="email")
    assert letter.to == ["a@b.cn"]
    assert letter.subject == "您的建议已公开"
    assert "三天内上门查看。\n\n查看详情：http://localhost:8000/proposals/1/" in letter.body
    assert letter.extra_headers["Message-ID"].startswith(f"<{delivery.pk}.")
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.extra_headers["List-Unsubscribe"].startswith("<http://localhost:8000/me/messages/unsubscribe/")
    assert (delivery.state, delivery.attempts) == ("sent", 1)


def test_a_text_goes_to_the_demo_file(person, settings, tmp_path):
    settings.SMS_LOG = tmp_path / "sms.log"
    tell(person("resident", mobile="13800138000"), subject_key="JY-430381001-2026-000123")
    assert deliver_due() == {"sent": 1}
    [line] = settings.SMS_LOG.read_text().splitlines()
    assert line[20:] == "13800138000 【街道议事厅】您的建议已公开 编号JY-430381001-2026-000123"


def test_a_number_stands_once_in_a_text_and_the_registered_sign_in_front(person, settings, tmp_path):
    settings.SMS_LOG, settings.SMS_SIGN = tmp_path / "sms.log", "望春门街道"
    number = "JY-430381001-2026-000123"
    tell(person("resident", mobile="13800138000"), subject_key=number, title=f"您的建议已公开：{number}")
    deliver_due()
    assert settings.SMS_LOG.read_text().splitlines()[0][20:] == f"13800138000 【望春门街道】您的建议已公开：{number}"


def test_a_summary_is_one_mail_in_the_morning(person):
    resident = person("resident", email="a@b.cn")
    with time_machine.travel("2026-03-10T10:00:00+08:00", tick=False):
        for number in (1, 2, 3):
            tell(resident, event=f"e{number}", title=f"进展{number}", frequencies={resident.pk: "daily"})
        assert deliver_due() == {}
    with time_machine.travel("2026-03-11T08:00:00+08:00", tick=False):
        assert [deliver_due(), deliver_due()] == [{"sent": 3}, {}]
    [letter] = mail.outbox
    assert letter.subject == "今日汇总：3 条消息"
    assert [f"· 进展{n}" in letter.body for n in (1, 2, 3)] == [True] * 3


def test_a_silent_server_keeps_every_turn_and_blocks_nobody_else(person, trouble, settings, tmp_path):
    settings.SMS_LOG = tmp_path / "sms.log"
    tell(person("resident", email="a@b.cn"), person("resident2", mobile="13800138000"))
    trouble(ConnectionRefusedError("no"), on_opening=True)
    assert deliver_due() == {"sent": 1, "waiting": 1}
    assert [states("email"), states("sms")] == [["queued"], ["sent"]]
    trouble(None)
    assert deliver_due() == {}  # left alone for a minute
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        assert deliver_due() == {"sent": 1}
    assert ChannelRest.objects.count() == 0


def test_a_channel_is_asked_less_and_less_often_and_no_turn_is_lost(person, trouble):
    tell(person("resident", email="a@b.cn"))
    trouble(ConnectionRefusedError("no"), on_opening=True)
    start, asked = timezone.now(), []
    for minute in range(130):
        with time_machine.travel(start + timedelta(minutes=minute, seconds=minute), tick=False):
            asked += [minute] * bool(deliver_due())
    assert asked == [0, 1, 3, 7, 15, 31, 63, 123]
    assert list(Delivery.objects.filter(channel="email").values_list("state", "attempts")) == [("queued", 0)]
    assert "渠道 email" in delivery_findings()[0].problem


def test_a_refusal_for_now_is_tried_again_later_and_patience_ends(person, trouble, settings):
    settings.OUTBOX_RETRY_MINUTES = [1, 5]
    tell(person("resident", email="a@b.cn"))
    trouble(smtplib.SMTPRecipientsRefused({"a@b.cn": (451, b"later")}))
    start = timezone.now()
    seen = []
    for minutes in (0, 0, 2, 20):
        with time_machine.travel(start + timedelta(minutes=minutes, seconds=1), tick=False):
            seen.append((deliver_due(), states()))
    assert seen == [
        ({"queued": 1}, ["queued"]),
        ({}, ["queued"]),
        ({"queued": 1}, ["queued"]),
        ({"failed": 1}, ["failed"]),
    ]


def test_a_refused_address_fails_at_once(person, trouble):
    tell(person("resident", email="a@b.cn"))
    trouble(smtplib.SMTPRecipientsRefused({"a@b.cn": (550, b"unknown user")}))
    assert deliver_due() == {"failed": 1}


def test_a_broken_line_is_uncertain_and_never_repeated_by_itself(person, trouble):
    tell(person("resident", email="a@b.cn"))
    trouble(smtplib.SMTPServerDisconnected("while reading the answer"))
    assert deliver_due() == {"uncertain": 1}
    trouble(None)
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert deliver_due() == {}
    assert states() == ["uncertain"]


def test_an_unfinished_claim_becomes_uncertain_and_staff_send_it_under_its_old_name(person, django_user_model):
    tell(person("resident", email="a@b.cn"))
    claimed = {"state": "sending", "claim": "c" * 32, "attempts": 1}
    Delivery.objects.filter(channel="email").update(**claimed, claimed_at=timezone.now() - timedelta(minutes=11))
    assert deliver_due() == {"stale": 1}
    assert (states(), mail.outbox) == (["uncertain"], [])
    admin = django_user_model.objects.create_superuser("admin", password="x" * 12)
    delivery = Delivery.objects.get(channel="email")
    decide_delivery(delivery=delivery, decision="send_again", by=admin, reason="本人说没有收到")
    assert deliver_due() == {"sent": 1}
    assert mail.outbox[0].extra_headers["Message-ID"].startswith(f"<{delivery.pk}.")
    entry = Entry.objects.get(subject_kind="delivery")
    assert (entry.verb, entry.from_state, entry.to_state, entry.reason) == (
        "send_again",
        "uncertain",
        "queued",
        "本人说没有收到",
    )
    with pytest.raises(NotOpen):
        decide_delivery(delivery=delivery, decision="arrived", by=admin, reason="晚了一步")


def test_what_is_switched_off_before_sending_is_not_sent(person):
    resident = person("resident", email="a@b.cn")
    tell(resident)
    unsubscribe(user=resident, kind="proposal")
    assert deliver_due() == {"cancelled": 1}
    assert mail.outbox == []


def test_a_cancelled_account_hears_nothing_more(person, django_user_model):
    tell(person("resident", email="a@b.cn"))
    django_user_model.objects.update(is_active=False)
    assert deliver_due() == {"cancelled": 1}
    assert mail.outbox == []


def test_an_address_that_is_gone_fails_with_the_reason(person, contacts):
    resident = person("resident", email="a@b.cn")
    tell(resident)
    contacts.clear()
    assert deliver_due() == {"failed": 1}
    assert Delivery.objects.get(channel="email").problem == "没有可用的地址"


def test_a_title_over_two_lines_cannot_add_headers(person):
    tell(person("resident", email="a@b.cn"), title="进展\nBcc: x@y.cn")
    assert deliver_due() == {"sent": 1}
    assert mail.outbox[0].subject == "进展 Bcc: x@y.cn"

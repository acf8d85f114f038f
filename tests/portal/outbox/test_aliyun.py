import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from portal.outbox import registry
from portal.outbox.backends import NotSent, channel_for, is_available
from portal.outbox.backends.aliyun import AliyunGateway, authorization, canonical_query
from portal.outbox.backends.sms import Text
from portal.outbox.checks import delivery_findings
from portal.outbox.models import Delivery, Message, SmsDay
from portal.outbox.services import deliver_due, queue_messages, send_code_now

from .aliyun_stand_in import KEY_ID, SECRET, slow, stand_in

NUMBER = "JY-430381001-2026-000123"


@pytest.fixture
def gateway(settings):
    with stand_in() as there:
        settings.SMS_GATEWAY = "portal.outbox.backends.aliyun.AliyunGateway"
        settings.SMS_SIGN, settings.SMS_TIMEOUT = "望春门街道", 0.3
        settings.SMS_ALIYUN = {
            "endpoint": there.url,
            "key_id": KEY_ID,
            "key_secret": SECRET,
            "notice_template": "SMS_1",
            "code_template": "SMS_2",
        }
        yield there


@pytest.fixture
def operators(person):
    admin = person("admin")
    registry.register_operators(lambda: [admin])
    yield [admin]
    registry._operators.pop()


def tell(*people, event="e", title="您的建议有了答复"):
    queue_messages(event=event, kind="k", recipients=people, title=title, subject_key=NUMBER)


def texts():
    return list(Delivery.objects.filter(channel="sms").order_by("pk").values_list("state", "attempts"))


def test_the_signature_is_the_one_of_the_provider_s_own_example():
    headers = {
        "host": "ecs.cn-shanghai.aliyuncs.com",
        "x-acs-action": "RunInstances",
        "x-acs-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "x-acs-date": "2023-10-26T10:22:32Z",
        "x-acs-signature-nonce": "3156853299f313e23d1673dc12e1703d",
        "x-acs-version": "2014-05-26",
    }
    query = canonical_query(
        {"RegionId": "cn-shanghai", "ImageId": "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"}
    )
    said = authorization(
        method="POST", query=query, headers=headers, key_id="YourAccessKeyId", secret="YourAccessKeySecret"
    )
    assert said == (
        "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;"
        "x-acs-signature-nonce;x-acs-version,"
        "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
    )


def test_a_notice_and_a_code_go_by_their_templates(gateway, person):
    tell(person("resident", mobile="13800138000"), title="您的建议 100% 有了答复～ *+/" + "字" * 30)
    assert deliver_due() == {"sent": 1}
    send_code_now(channel="sms", address="13800138001", code="471100")
    notice, code = gateway.taken
    parameters = json.loads(notice.pop("TemplateParam"))
    assert parameters == {"title": "您的建议 100% 有了答复～ *+/" + "字" * 16, "number": NUMBER}
    assert len(parameters["title"]) == 35
    assert notice.pop("OutId").startswith(f"{Delivery.objects.get(channel='sms').pk}.")
    assert notice == {"PhoneNumbers": "13800138000", "SignName": "望春门街道", "TemplateCode": "SMS_1"}
    assert (code["TemplateCode"], json.loads(code["TemplateParam"])) == ("SMS_2", {"code": "471100"})


def test_a_wrong_secret_is_the_account_s_trouble_and_costs_no_try(gateway, person, settings):
    settings.SMS_ALIYUN = settings.SMS_ALIYUN | {"key_secret": "typo"}
    tell(person("resident", mobile="13800138000"), person("member", email="a@b.cn"))
    assert deliver_due() == {"waiting": 1, "sent": 1}
    assert [deliver_due(), texts(), gateway.asked] == [{}, [("queued", 0)], 1]
    assert "SignatureDoesNotMatch" in delivery_findings()[0].problem


@pytest.mark.parametrize(
    ("status", "body", "state", "attempts"),
    [
        (200, {"Code": "isv.MOBILE_NUMBER_ILLEGAL", "Message": "x"}, "failed", 1),
        (200, {"Code": "isv.BUSINESS_LIMIT_CONTROL", "Message": "x"}, "queued", 1),
        (200, {"Code": "isv.AMOUNT_NOT_ENOUGH", "Message": "x"}, "queued", 0),
        (400, {"Code": "Throttling.User", "Message": "x"}, "queued", 0),
        (429, b"slow down", "queued", 0),
        (503, {"Code": "ServiceUnavailable", "Message": "x"}, "queued", 0),
        (200, {"Code": "isp.SYSTEM_ERROR", "Message": "x"}, "uncertain", 1),
        (500, b"<html>", "uncertain", 1),
        (200, b"not json", "uncertain", 1),
        (200, b"[]", "uncertain", 1),
    ],
)
def test_what_an_answer_means(gateway, person, status, body, state, attempts):
    gateway.answers = [(status, body)]
    tell(person("resident", mobile="13800138000"))
    deliver_due()
    assert texts() == [(state, attempts)]
    counted = SmsDay.objects.get().parts
    assert counted == (1 if state == "uncertain" else 0)
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        deliver_due()
    assert texts()[0][0] == {"queued": "sent"}.get(state, state)
    assert len(gateway.taken) == (state == "queued")


def test_a_gateway_that_does_not_answer_in_time_may_have_taken_it(gateway, person):
    gateway.answers = [slow(0.6)]
    tell(person("resident", mobile="13800138000"))
    assert deliver_due() == {"uncertain": 1}
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert deliver_due() == {}
    assert gateway.asked == 1


def test_a_gateway_nobody_listens_at_took_nothing(gateway, person, settings):
    settings.SMS_ALIYUN = settings.SMS_ALIYUN | {"endpoint": "http://127.0.0.1:9"}
    tell(person("resident", mobile="13800138000"))
    assert [deliver_due(), texts()] == [{"waiting": 1}, [("queued", 0)]]
    with pytest.raises(NotSent):
        send_code_now(channel="sms", address="13800138001", code="471100")


@pytest.mark.parametrize("missing", ["key_id", "key_secret", "notice_template", "code_template"])
def test_without_its_settings_the_phone_door_stays_shut(gateway, settings, missing):
    assert is_available("sms")
    settings.SMS_ALIYUN = settings.SMS_ALIYUN | {missing: ""}
    assert AliyunGateway().why_unavailable().startswith(f"短信没有开通：请管理员设置 SMS_ALIYUN_{missing.upper()}")
    assert not is_available("sms")


def test_secrets_are_in_no_error(gateway, settings, caplog):
    settings.SMS_ALIYUN = settings.SMS_ALIYUN | {"key_secret": "very-secret"}
    channel = channel_for("sms")
    channel.open()
    with pytest.raises(NotSent) as caught:
        channel.transmit(Text("13800138000", "words", "key"))
    assert "very-secret" not in str(caught.value) + caplog.text


def test_beyond_the_daily_limit_texts_wait_and_the_operators_hear_once(gateway, person, settings, operators):
    settings.SMS_DAILY_LIMIT = 3
    noon = datetime(2026, 3, 10, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
    people = [person(f"resident{n}", mobile=f"1380013800{n}") for n in range(5)]
    sent = []
    for minutes, limit in [(0, 3), (1, 3), (2, 4), (3, 4), (60 * 13, 4)]:
        settings.SMS_DAILY_LIMIT = limit
        with time_machine.travel(noon + timedelta(minutes=minutes)):
            if not minutes:
                tell(*people)
            sent.append(deliver_due().get("sent", 0))
            if minutes == 1:
                send_code_now(channel="sms", address="13800138009", code="471100")  # counted, never held back
                assert "每日上限" in delivery_findings()[0].problem
    assert sent == [3, 0, 0, 0, 2]
    assert Message.objects.filter(recipient=operators[0]).count() == 1
    assert set(texts()) == {("sent", 1)}
    assert list(SmsDay.objects.order_by("day").values_list("parts", flat=True)) == [4, 2]

import pytest
from django.core import mail

from portal.outbox.backends import ChannelUnavailable
from portal.outbox.models import Delivery, Message
from portal.outbox.services import send_code_now


def test_a_code_leaves_at_once_and_is_stored_nowhere(db, settings, tmp_path, caplog):
    settings.SMS_LOG = tmp_path / "sms.log"
    send_code_now(channel="email", address="a@b.cn", code="471100")
    send_code_now(channel="sms", address="13800138000", code="471101", minutes=3)
    assert "您的登录验证码：471100" in mail.outbox[0].body
    assert "13800138000 【" in settings.SMS_LOG.read_text()
    assert "登录验证码 471101，3 分钟内有效" in settings.SMS_LOG.read_text()
    assert (Message.objects.count(), Delivery.objects.count()) == (0, 0)
    assert "47110" not in caplog.text


@pytest.mark.parametrize(
    ("channel", "changed", "words"),
    [
        ("sms", {"SMS_GATEWAY": ""}, "短信没有开通"),
        ("sms", {"SMS_GATEWAY": "demo", "DEMO_CHANNELS": False}, "演示短信只能在演示环境使用"),
        ("wechat", {}, "微信通知没有开通"),
        (
            "email",
            {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": ""},
            "邮件没有开通",
        ),
    ],
)
def test_a_channel_that_is_not_configured_says_so(settings, channel, changed, words):
    for name, value in changed.items():
        setattr(settings, name, value)
    with pytest.raises(ChannelUnavailable, match=words):
        send_code_now(channel=channel, address="x", code="471100")

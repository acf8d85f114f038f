"""The ways out of the house. Each is refused with a clear sentence where it is not configured."""

from .base import Channel, ChannelUnavailable, NotSent
from .email import EmailChannel
from .sms import SmsChannel
from .wechat import WechatChannel

__all__ = [
    "Channel",
    "ChannelUnavailable",
    "EmailChannel",
    "NotSent",
    "SmsChannel",
    "WechatChannel",
    "channel_for",
    "is_available",
]

_channels: dict[str, type[Channel]] = {"email": EmailChannel, "sms": SmsChannel, "wechat": WechatChannel}


def channel_for(name: str) -> Channel:
    """A fresh channel by name; raises ChannelUnavailable with the reason in Chinese."""
    channel = _channels[name]()
    if problem := channel.why_unavailable():
        raise ChannelUnavailable(problem)
    return channel


def is_available(name: str) -> bool:
    return not _channels[name]().why_unavailable()

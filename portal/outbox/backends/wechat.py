"""微信: the place for an official account's messages; needs a contract, so it is refused until one is built."""

from typing import Any

from django.utils.translation import gettext as _

from .base import ChannelUnavailable


class WechatChannel:
    name = "wechat"

    def why_unavailable(self) -> str:
        return _("微信通知没有开通：需要本单位的微信公众号和模板消息授权。")

    def open(self) -> None:
        raise ChannelUnavailable(self.why_unavailable())

    def transmit(self, letter: Any) -> None:
        raise ChannelUnavailable(self.why_unavailable())

    def close(self) -> None:
        return

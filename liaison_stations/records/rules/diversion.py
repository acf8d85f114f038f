"""What a reception does not take up, and the right address (domain.md 3.5, 7). Phones are public national numbers."""

from participation.ledger.rules.diversion import CHANNELS as SHARED_CHANNELS
from participation.ledger.rules.diversion import DiversionChannel, suggested_channels

CHANNELS: dict[str, DiversionChannel] = {
    **SHARED_CHANNELS,
    "reconsideration": DiversionChannel(
        "reconsideration", "行政复议机构", "已经申请或者应当申请行政复议的事项", "12348", "所在地司法局行政复议接待场所"
    ),
    "arbitration": DiversionChannel(
        "arbitration",
        "仲裁机构",
        "正在仲裁或者应当申请仲裁的事项",
        "12348",
        "劳动争议找劳动人事争议仲裁委员会（12333），其他找约定的仲裁委员会",
    ),
}

_SIGNS: dict[str, tuple[str, ...]] = {
    "reconsideration": ("行政复议", "复议决定", "复议机关"),
    "arbitration": ("劳动仲裁", "仲裁委", "仲裁裁决", "申请仲裁"),
}


def channels_hinted_at(text: str) -> list[str]:
    """The likeliest first; a hint for staff, it never diverts by itself."""
    own = [key for key, words in _SIGNS.items() if any(word in text for word in words)]
    return [*own, *(key for key in suggested_channels(text) if not (key == "court" and "arbitration" in own))]

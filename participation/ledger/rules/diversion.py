"""Which matters do not belong here and where they do (domain.md 3.1, 7). Phones are public national numbers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DiversionChannel:
    """反映渠道. `phone` may be empty where only the local office is right."""

    key: str
    label: str
    matters: str
    phone: str
    address: str = ""


CHANNELS: dict[str, DiversionChannel] = {
    row.key: row
    for row in (
        DiversionChannel("hotline", "12345政务服务便民热线", "需要政府部门即时处理的咨询、求助、投诉", "12345"),
        # a telephone must be given: the hotline knows the local office's
        DiversionChannel(
            "petition", "信访部门", "信访事项", "12345", "国家信访局网上信访 www.gjxfj.gov.cn 或所在区县信访局接待场所"
        ),
        DiversionChannel("police", "公安机关", "违法犯罪线索、治安警情", "110", "就近派出所"),
        DiversionChannel("court", "人民法院", "诉讼、仲裁、执行等司法事项", "12368", "有管辖权的人民法院诉讼服务中心"),
        DiversionChannel(
            "discipline",
            "纪检监察机关",
            "党员干部和公职人员违纪违法",
            "12388",
            "中央纪委国家监委举报网站 www.12388.gov.cn",
        ),
    )
}

# Words that make the reviewer look; they never divert by themselves.
_SIGNS: dict[str, tuple[str, ...]] = {
    "discipline": ("受贿", "行贿", "贪污", "以权谋私", "违纪", "吃拿卡要", "公款吃喝", "挪用公款"),
    "court": ("起诉", "上诉", "判决", "仲裁", "强制执行", "开庭", "法院", "再审"),
    "police": ("诈骗", "盗窃", "偷窃", "殴打", "打人", "赌博", "吸毒", "涉黑", "报警", "非法集资"),
    "petition": ("信访", "上访", "征地补偿", "拆迁补偿", "信访答复", "复查复核"),
}


def suggested_channels(text: str, *, is_discipline_category: bool = False) -> list[str]:
    """Channels the text hints at, the likeliest first; a discipline category always suggests 12388 first."""
    counts = {key: sum(text.count(word) for word in words) for key, words in _SIGNS.items()}
    found = [key for key, count in sorted(counts.items(), key=lambda item: -item[1]) if count]
    if is_discipline_category:
        found = ["discipline", *(key for key in found if key != "discipline")]
    return found

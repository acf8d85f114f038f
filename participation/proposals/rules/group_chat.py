"""Splitting text pasted from a WeChat group into entries, one per speaker and run of messages."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One utterance: who (as the group shows the name), when (as printed, may be empty), what."""

    speaker: str
    said_at: str
    text: str


_TIME = (
    r"(?:(?:\d{2,4}[年/\-.])?\d{1,2}[月/\-.]\d{1,2}日?\s*)?(?:(?:昨天|今天|前天|星期[一二三四五六日天]|周[一二三四五六日天])\s*)?"
    r"(?:上午|下午|早上|中午|晚上|凌晨|傍晚)?\s*\d{1,2}[:\uff1a]\d{2}(?:[:\uff1a]\d{2})?"
)
_HEADERS = (
    # 张三 2026/3/10 09:12  |  张三 下午 3:05  |  2026-03-10 09:12 张三
    re.compile(rf"^(?P<speaker>[^\n:\uff1a]{{1,30}}?)[\s(\uff08\[【]+(?P<at>{_TIME})[)\uff09\]】]?\s*[:\uff1a]?$"),
    re.compile(rf"^[\[(\uff08【]?(?P<at>{_TIME})[\])\uff09】]?\s+(?P<speaker>[^\n:\uff1a]{{1,30}}?)\s*[:\uff1a]?$"),
    # 张三（3栋502）：路灯坏了   — a name, a colon, and the words on the same or the next line
    re.compile(
        r"^(?P<speaker>[^\s:\uff1a,\uff0c。!?\uff01\uff1f、][^\n:\uff1a,\uff0c。!?\uff01\uff1f]{0,19})[:\uff1a]\s*(?P<rest>\S.*)?$"
    ),
)
_NOISE = re.compile(
    r"^(?:[-—─=_]{3,}.*|\[(?:图片|表情|语音|动画表情|视频|文件|链接|位置)\].*|.*(?:加入了群聊|撤回了一条消息|邀请.+加入|拍了拍).*|"
    r"以上是打招呼的内容|群聊的聊天记录.*|.{0,20}的聊天记录如下.*)$"
)
_NOT_A_SPEAKER = re.compile(
    r"(?:https?|建议|问题|地点|地址|电话|时间|联系人|原因|备注|注|情况|要求|诉求|如下|一是|二是|其一|其二)$"
)
_SHORT = re.compile(r"^(?:收到|好的?|谢谢.{0,4}|\+1|赞同?|支持|同意|嗯+|👍+|\[.{1,4}\])[。!\uff01~\uff5e]*$")


# 李四(13812345678), 李四 13812345678, 王五（0731-88660000）
_PHONE = re.compile(
    r"\s*[(\uff08\[【]?\s*(?:电话|手机|tel)?[:\uff1a]?\s*"
    r"(?<!\d)((?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}-?\d{7,8})(?!\d)"
    r"\s*[)\uff09\]】]?\s*",
    re.IGNORECASE,
)


def name_and_phone(speaker: str) -> tuple[str, str]:
    """The name a group shows, without the phone number that its owner wrote into it, and that number."""
    match = _PHONE.search(speaker)
    if match is None:
        return speaker, ""
    return f"{speaker[: match.start()]} {speaker[match.end() :]}".strip(), match.group(1)


def split_group_chat(text: str) -> list[Entry]:
    """The pasted text as entries, in order; text before the first header is an entry without a speaker.

    Consecutive utterances of the same speaker become one entry. System lines, picture placeholders and bare
    acknowledgements (收到, +1 …) are left out. Nothing is decided: staff tick what is a proposal.
    """
    entries: list[Entry] = []
    speaker, said_at, lines = "", "", list[str]()

    def close() -> None:
        words = "\n".join(lines).strip()
        lines.clear()
        if not words or _SHORT.match(words):
            return
        if entries and speaker and entries[-1].speaker == speaker:
            last = entries.pop()
            entries.append(Entry(speaker, last.said_at, f"{last.text}\n{words}"))
        else:
            entries.append(Entry(speaker, said_at, words))

    for raw in text.replace("\r\n", "\n").replace("\u2005", " ").replace("\xa0", " ").split("\n"):
        line = raw.strip()
        if _NOISE.match(line):
            continue
        header = _header(line)
        if header is None:
            if line:
                lines.append(line)
            continue
        close()
        speaker, said_at, rest = header
        if rest and not _NOISE.match(rest):
            lines.append(rest)
    close()
    return entries


def _header(line: str) -> tuple[str, str, str] | None:
    # A line with a name and a time is short; the longer ones would also cost the engine its time.
    for pattern in _HEADERS if len(line) <= 80 else _HEADERS[-1:]:
        if match := pattern.match(line):
            groups = match.groupdict()
            speaker = groups["speaker"].strip(" @")
            if not speaker or (not groups.get("at") and _NOT_A_SPEAKER.search(speaker)):
                continue
            return speaker, (groups.get("at") or "").strip(), (groups.get("rest") or "").strip()
    return None

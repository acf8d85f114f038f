"""复制微信群文字: the month as plain lines that read well in a chat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from portal.workdays.rules import WEEKDAYS


@dataclass(frozen=True)
class Line:
    day: date
    start: time
    end: time
    place: str
    hosts: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()
    theme: str = ""
    note: str = ""  # 已取消：…, 改到…


def announcement(
    title: str, label: str, lines: Sequence[Line], *, address: str = "", phone: str = "", url: str = ""
) -> str:
    """`label` is the slogan as the jurisdiction writes it, and nothing that explains it."""
    text = [f"【{title}】", *([label] if label else []), ""]
    for line in lines:
        text.append(_when(line) + line.place)
        if line.note:
            text.append(f"  {line.note}")
            continue
        if line.hosts:
            text.append(f"  接待代表：{'、'.join(line.hosts)}")
        if line.guests:
            text.append(f"  同时到站：{'、'.join(line.guests)}")
        if line.theme:
            text.append(f"  主题：{line.theme}")
    if not lines:
        text.append("本月还没有公布接待安排。")
    text += ["", *(f"{name}：{value}" for name, value in (("地址", address), ("电话", phone), ("详情", url)) if value)]
    return "\n".join(text).strip()


def _when(line: Line) -> str:
    weekday = WEEKDAYS[line.day.weekday()]
    return f"{line.day.month}月{line.day.day}日（{weekday}）{line.start:%H:%M}—{line.end:%H:%M} "

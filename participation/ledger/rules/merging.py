"""模板里的合并字段: {编号} and the like, filled from an item; an unknown one is told before the template is saved."""

import re
from collections.abc import Mapping

FIELDS = ("编号", "事项", "单位", "提出人称呼")
_FIELD = re.compile(r"[{｛]\s*([^{}｛｝]*?)\s*[}｝]")


def problems_of(text: str) -> list[str]:
    """What is wrong with the fields of a template, a sentence each."""
    known = "、".join(f"{{{name}}}" for name in FIELDS)
    unknown = dict.fromkeys(name for name in _FIELD.findall(text) if name not in FIELDS)
    found = [f"没有“{{{name}}}”这个字段，可用的有{known}。" for name in unknown]
    if re.search(r"[{}｛｝]", _FIELD.sub("", text)):
        found.append("有不成对的花括号。")
    return found


def merged(text: str, values: Mapping[str, str]) -> str:
    """The template with every field filled; what was filled in is never read as a field again."""
    return _FIELD.sub(lambda match: values.get(match.group(1), match.group(0)), text)

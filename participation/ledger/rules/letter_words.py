"""What a letter says before anybody changes it: issuer, 发文机关代字, title and body (domain.md 5.7)."""

from .letters import LetterKind

ENDINGS = ("街道", "乡", "镇")
_PLACES = "市县区"


def issuer_words(county: str, place: str) -> str:
    """人大街道工委 of a subdistrict; the presidium of a township's congress."""
    if place.endswith("街道"):
        return f"{county}人大常委会{place}工作委员会"
    return f"{place}人民代表大会主席团"


def prefix_words(county: str, place: str) -> str:
    """湘乡人大望春门工委函, 湘乡棋梓镇人大函: a proposal, the register of the office decides."""
    short = county.rstrip(_PLACES) or county
    if place.endswith("街道"):
        return f"{short}人大{place.removesuffix('街道')}工委函"
    return f"{short}{place}人大函"


def letter_words(
    kind: str, *, name: str, count: int, title: str, last_day: str, return_workdays: int, meets: bool = True
) -> tuple[str, str]:
    """Title and body; `title` is that of the only item, `last_day` the last of their limits or "".

    `return_workdays` and `meets` (X24, 见面沟通 is asked for) are terms of the place.
    """
    what = f"“{title}”" if count == 1 and title else f"{count}件事项" if count else "有关事项"
    by = f"于{last_day}前" if last_day else "及时"
    returns = _RETURNS.format(days=return_workdays)
    body = _BODIES[LetterKind(kind)].format(by=by, name=name, returns=returns, meets=_MEETS if meets else "")
    return _TITLES[LetterKind(kind)].format(what=what)[:120], body


_TITLES = {
    LetterKind.OPINION: "关于办理居民议事会意见{what}的函",
    LetterKind.ASSIGNMENT: "关于交办{what}的通知",
    LetterKind.REFERRAL: "关于转办{what}的函",
    LetterKind.SUPERVISION: "关于督办{what}的通知",
    LetterKind.URGING: "关于催办{what}的通知",
    LetterKind.CLOSE_OFF: "关于{what}予以销号的通知",
}
_RETURNS = "不属你单位职责的，请自交办之日起{days}个工作日内说明理由退回。"
_MEETS = "办理中请与提出人见面沟通。"
_BODIES = {
    LetterKind.OPINION: (
        "居民议事会提出的下列意见，经研究属你单位职责范围。现以《{name}》转去，请认真研究办理，"
        "{by}书面答复，并反馈至提出意见建议的议事代表。\n"
        "{meets}{returns}"
    ),
    LetterKind.ASSIGNMENT: (
        "现将下列事项交你单位办理。请明确责任人，认真研究，{by}书面答复，并将结果反馈至每位提出人。\n{returns}"
    ),
    LetterKind.REFERRAL: "现将下列事项转你单位研究办理。请{by}书面答复，并将结果反馈至每位提出人。",
    LetterKind.SUPERVISION: (
        "下列事项列为重点督办。请你单位主要负责人亲自过问，查明原因，{by}办结，并书面报告办理情况。"
    ),
    LetterKind.URGING: "下列事项办理时限将到或已过。请抓紧办理，{by}书面答复；确需延期的，请书面说明理由。",
    LetterKind.CLOSE_OFF: "下列事项经核查，办理结果属实，承诺事项已经落实，予以销号。",
}

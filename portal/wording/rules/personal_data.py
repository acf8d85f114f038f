"""Personal data in free text: where it stands in the original, and the text without it.

Text is folded first (portal.hanzi), so full width, invisible characters and traditional forms hide nothing; the
patterns themselves allow separators between digits. What counts as whose number is said in docs/wording.md.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from portal.hanzi.rules import Folded, fold_with_origins

REPLACEMENTS = {
    "email": "[邮箱已隐去]",
    "id_card": "[身份证号已隐去]",
    "bank_card": "[银行卡号已隐去]",
    "mobile": "[手机号已隐去]",
    "landline": "[电话号码已隐去]",
    "plate": "[车牌号已隐去]",
}


@dataclass(frozen=True, slots=True)
class PersonalHit:
    """`text[start:end]` of the original is personal data of this kind."""

    start: int
    end: int
    kind: str
    replacement: str


@dataclass(frozen=True, slots=True)
class Masked:
    text: str
    hits: tuple[PersonalHit, ...] = ()


# Chinese digits stand beside Arabic ones: 一三八, 幺三八, 壹叁捌. 两 and 百 are left out: they count, not spell.
_SPELT_DIGITS = str.maketrans("〇零洞一壹幺二贰三叁四肆五伍六陆七柒拐八捌九玖勾", "000111223344556677788999")

# Folding has already turned full-width signs into these. A line break ends a number, unless it is said in groups.
_GAP = r"[ \t\-‐‑‒–—―−.·•・*_~|]{0,3}"
# between the groups in which a mobile number is said, nothing but letters and digits is a limit: 138📞0013↵8000
_ANY_GAP = r"[\W_]{0,4}"
_LOOSE_GAP = r"[ \t\-‐‑‒–—―−.·•・*_~|,、/()\[\]+:]{0,3}"


def _spaced(*parts: str, gap: str = _GAP) -> str:
    return gap.join(parts)


_DIGIT = "[0-9]"
_NOT_AFTER_DIGIT, _NOT_BEFORE_DIGIT = "(?<![0-9])", "(?![0-9])"

_MOBILE = re.compile(
    r"(?<![0-9a-z])(?:(?:\+|00)?86"
    + _LOOSE_GAP
    + ")?(?:"
    # any grouping with mild separators, or the usual 3-4-4 and 3-3-5 with any signs between
    + _spaced("1", "[3-9]", *[_DIGIT] * 9)
    + "|"
    + _spaced(r"1[3-9]\d", r"\d{4}", r"\d{4}", gap=_ANY_GAP)
    + "|"
    + _spaced(r"1[3-9]\d", r"\d{3}", r"\d{5}", gap=_ANY_GAP)
    + ")"
    + _NOT_BEFORE_DIGIT
)
_ID_18 = re.compile(_NOT_AFTER_DIGIT + _spaced("[1-9]", *[_DIGIT] * 16, "[0-9x×хⅹ]") + "(?![0-9a-z])")
_ID_15 = re.compile(_NOT_AFTER_DIGIT + _spaced("[1-9]", *[_DIGIT] * 14) + "(?![0-9x])")
_BANK = re.compile(
    _NOT_AFTER_DIGIT + _spaced("[3-9]", *[_DIGIT] * 15) + f"(?:{_GAP}{_DIGIT}){{0,3}}" + _NOT_BEFORE_DIGIT
)
_LANDLINE = re.compile(
    r"(?<![0-9a-z\-])(?:(?:\+|00)?86"
    + _LOOSE_GAP
    + r")?\(?0(?:10|2\d|[3-9]\d{2})"
    + _LOOSE_GAP
    + _spaced("[2-8]", *[_DIGIT] * 6)
    + f"(?:{_GAP}{_DIGIT})?"
    + _NOT_BEFORE_DIGIT
    + r"(?:"
    + _GAP
    + r"(?:转|ext)"
    + _GAP
    + r"\d{1,5})?"
)
_LOCAL_NUMBER = re.compile(_NOT_AFTER_DIGIT + r"[2-8]\d{2,3}[ \-]?\d{4}" + r"(?![0-9年月日元号块万栋])")
_PLATE = re.compile(
    "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领]"
    + _GAP
    + "[a-hj-z]"
    + _GAP
    + "(?:"
    + _spaced(r"[0-9dfabcegjk]", "[0-9a-hj-np-z]", r"\d", r"\d", r"\d", r"[0-9a-hj-np-z]")
    + "|"
    + _spaced(*["[0-9a-hj-np-z]"] * 4, "[0-9a-hj-np-z挂学警港澳]")
    + ")(?![0-9a-z])"
)
_EMAIL = re.compile(
    r"(?<![a-z0-9._%+\-])[a-z0-9._%+\-]{1,64} ?(?:@|\[at\]|\(at\)| at (?=[a-z0-9\-]+ ?\.)) ?"
    r"(?:[a-z0-9\-]{1,63} ?\. ?){1,4}[a-z]{2,10}(?![a-z0-9])"
)

# Labels, looked for shortly before a number in the same sentence.
_ID_LABEL = re.compile(r"(身份证|证件号|身份号)[^。！？\n]{0,10}$")
_CARD_LABEL = re.compile(r"(卡号|银行卡|账号|帐号|账户|帐户)[^。！？\n]{0,10}$")
_PHONE_LABEL = re.compile(r"(电话|座机|家电|宅电|固话|联系方式|致电|拨打)[^。！？\n0-9]{0,6}$")
_OWN_LABEL = re.compile(
    r"(我家|我的|本人|自家|家里|家中|家庭|家电|宅电|住宅|住户|业主|私人|个人|邻居|老人|女士|先生|同学)"
)
_OFFICE_LABEL = re.compile(
    "办公|单位|值班|热线|专线|服务|监督|举报|投诉|咨询|客服|前台|窗口|大厅|总机|传真"
    "|街道|社区|居委|村委|村部|乡政府|镇政府|政府|人大|政协|法院|检察院|派出所|公安|交警|城管|消防|信访"
    "|委员会|管理局|管理处|管理所|指挥部|联络站|办事处|中心|支队|大队|中队|执法"
    "|[局厅委办科股站所处队院](?:电话|联系|,|:|$)"
    "|详询|查询|我局|我司|我校|我们|医院|学校|小学|中学|大学|幼儿园|银行|公司|物业|酒店|图书馆|供电|供水|燃气|自来水|公交|地铁|人民"
)

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PROVINCES = frozenset(
    f"{region}{place}"
    for region, places in {"1": "12345", "2": "123", "3": "1234567", "4": "123456", "5": "01234", "6": "12345"}.items()
    for place in places
) | {"71", "81", "82", "83"}


def mask(text: str, is_official: bool = False) -> Masked:
    """The text with each personal datum replaced by a short note in its place.

    In official text (a unit's reply) a landline is taken for the unit's unless it is labelled as somebody's own.
    """
    hits = find_personal_data(text, is_official)
    out, end = [], 0
    for hit in hits:
        out += [text[end : hit.start], hit.replacement]
        end = hit.end
    return Masked("".join([*out, text[end:]]), hits)


def find_personal_data(text: str, is_official: bool = False) -> tuple[PersonalHit, ...]:
    """Hits in order, never overlapping; where two kinds claim the same digits, the earlier of `_FINDERS` has them."""
    folded = fold_with_origins(text)
    digits = folded.text.translate(_SPELT_DIGITS)  # one character for one, so places are shared
    taken: list[tuple[int, int, str]] = []
    for kind, find in _FINDERS:
        # As spelt, then as written: the last character of a name (王五138…) must not pass for one more digit.
        for start, end in [*find(folded, digits), *find(folded, folded.text)]:
            if kind == "landline" and _is_office(folded.text, start, is_official):
                continue
            if all(end <= other_start or start >= other_end for other_start, other_end, _ in taken):
                taken.append((start, end, kind))
    return tuple(PersonalHit(*folded.span(start, end), kind, REPLACEMENTS[kind]) for start, end, kind in sorted(taken))


def id_number_is_valid(number: str) -> bool:
    """Eighteen characters with a real province, birth date and check digit (GB 11643)."""
    if len(number) != 18 or not _is_born(number[6:14]) or number[:2] not in _PROVINCES:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS, strict=False))
    return "10x98765432"[total % 11] == number[17].lower()


def luhn_is_valid(number: str) -> bool:
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number))]
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


def _is_born(yyyymmdd: str) -> bool:
    try:
        return 1880 <= date(int(yyyymmdd[:4]), int(yyyymmdd[4:6]), int(yyyymmdd[6:])).year <= 2100
    except ValueError:
        return False


def _bare(matched: str) -> str:
    return re.sub("[^0-9x]", "", re.sub("[×хⅹ]", "x", matched))


def _before(text: str, start: int, length: int) -> str:
    return re.split(r"[。！？!?;；\n]", text[max(0, start - length) : start])[-1]


def _id_cards(folded: Folded, digits: str) -> Iterator[tuple[int, int]]:
    for match in _ID_18.finditer(digits):
        number = _bare(match[0])
        is_labelled = _ID_LABEL.search(_before(digits, match.start(), 20)) and _is_born(number[6:14])
        if id_number_is_valid(number) or is_labelled:
            yield match.span()


def _old_id_cards(folded: Folded, digits: str) -> Iterator[tuple[int, int]]:
    for match in _ID_15.finditer(digits):
        number = _bare(match[0])
        if number[:2] in _PROVINCES and _is_born("19" + number[6:12]):
            yield match.span()


def _bank_cards(folded: Folded, digits: str) -> Iterator[tuple[int, int]]:
    for match in _BANK.finditer(folded.text):
        number = _bare(match[0])
        is_labelled = _CARD_LABEL.search(_before(folded.text, match.start(), 24))
        if luhn_is_valid(number) and (is_labelled or number[:2] == "62" or number[0] in "45"):
            yield match.span()


def _mobiles(folded: Folded, digits: str) -> Iterator[tuple[int, int]]:
    for match in _MOBILE.finditer(digits):
        yield match.span()


def _landlines(folded: Folded, digits: str) -> Iterator[tuple[int, int]]:
    for match in _LANDLINE.finditer(folded.text):
        yield match.span()
    for match in _LOCAL_NUMBER.finditer(folded.text):
        if _PHONE_LABEL.search(_before(folded.text, match.start(), 12)):
            yield match.span()


def _is_office(text: str, start: int, is_official: bool) -> bool:
    """Labelled as the number of a unit or a public line, with no sign after that label that it is somebody's own."""
    label = _before(text, start, 24)
    office = [match.end() for match in _OFFICE_LABEL.finditer(label)] or ([0] if is_official else [])
    own = [match.end() for match in _OWN_LABEL.finditer(label)]
    return bool(office) and (not own or own[-1] < office[-1])


def _plates(folded: Folded, digits: str) -> Iterator[tuple[int, int]]:
    for match in _PLATE.finditer(folded.text):
        if any(char.isdigit() for char in match[0]):
            yield match.span()


def _emails(folded: Folded, digits: str) -> Iterator[tuple[int, int]]:
    for match in _EMAIL.finditer(folded.text):
        if not re.sub(r"\s", "", match[0]).endswith(".gov.cn"):
            yield match.span()


_Finder = Callable[[Folded, str], Iterator[tuple[int, int]]]
_FINDERS: tuple[tuple[str, _Finder], ...] = (
    ("email", _emails),
    ("id_card", _id_cards),
    ("bank_card", _bank_cards),
    ("id_card", _old_id_cards),  # no check digit, so after the longer numbers that begin like one
    ("mobile", _mobiles),
    ("plate", _plates),
    ("landline", _landlines),
)

"""Names, numbers and duties, decided from what could be written on paper."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

COMMITTEE_ROLES = frozenset({"committee", "director"})
UNIT_ROLES = frozenset({"unit"})
# who works in the staff admin; members, deputies and residents use the public pages
STAFF_ROLES = frozenset(
    {
        "clerk",
        "community",
        "editor",
        "moderator",
        "committee",
        "director",
        "unit",
        "party",
        "superior",
        "auditor",
        "admin",
    }
)
# whom a holder of the role may appoint, inside the own division and never the own person; the rest only a superuser
APPOINTS: dict[str, frozenset[str]] = {
    "director": frozenset(
        {"member", "deputy", "clerk", "community", "editor", "moderator", "committee", "unit", "party"}
    ),
    "admin": frozenset(
        {"member", "deputy", "clerk", "community", "editor", "moderator", "committee", "director", "unit", "party"}
    ),
}

COMPOUND_SURNAMES = frozenset(
    surname
    for line in (
        "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶",
        "太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 令狐 呼延 轩辕 西门 百里 东郭 南门 拓跋 淳于 单于 第五",
    )
    for surname in line.split()
)

# X26, 第十四条二: “人大街道工委主任担任……站长，……副主任任副站长，另外可推选……人大代表任轮值副站长，人大专干任联络员”.
# The roles are those of liaison_stations.stations; only the main station of a street derives them.
STATION_ROLE_OF_POST = {
    "director": "head",
    "vice_director": "deputy_head",
    "rotating_deputy_head": "rotating_deputy_head",
    "officer": "liaison_officer",
}
STATION_ROLE_CLAUSE = "X26"
COMMITTEE_POST_KEEPERS = ("committee", "director")
UNIT_READERS = ("director", "admin", "committee", "clerk")
COMMITTEE_POST_READERS = (*COMMITTEE_POST_KEEPERS, "clerk", "party", "superior", "auditor")
# X38, 第二十一条一: “主任1名、专职副主任1名，至少1名专职人大工作干事”
POSTS_OF_A_COMMITTEE = ("director", "vice_director", "officer")

# an account may not pass for an organ of party or state, nor for this portal's staff
RESERVED_IN_NICKNAMES = tuple(
    word
    for line in (
        "人大 党委 党工委 工委 党组 纪委 监委 政府 街道办 办事处 居委会 村委会 社区居委 政协",
        "法院 检察 公安 派出所 警察 警方 民警 交警 司法 城管 市监 税务 海关 信访",
        "议事会 议委会 联络站 书记 市长 县长 区长 主任 局长 部长 省长 主席 总理 中央 国务院 中国共产党 中共",
        "官方 客服 管理员 版主 工作人员 审核员 系统 站长 admin official 12345 12377 110",
    )
    for word in line.split()
)

_ZERO_WIDTH = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")


def normalised(text: str) -> str:
    """Half width, no blanks, nothing invisible."""
    return re.sub(r"\s", "", _ZERO_WIDTH.sub("", unicodedata.normalize("NFKC", text)))


def half_width(text: str) -> str:
    """Half width and nothing invisible; blanks inside stay, those at the ends go."""
    return _ZERO_WIDTH.sub("", unicodedata.normalize("NFKC", text)).strip()


def normalised_phone(text: str) -> str:
    """Digits as dialled inside the country: blanks, dashes, brackets, full width and +86 are dropped."""
    digits = re.sub(r"[\-‐-―()（）.·]", "", normalised(text))
    return re.sub(r"^(\+86|0086)(?=[01])", "", digits)


def is_mobile(phone: str) -> bool:
    return re.fullmatch(r"1[3-9]\d{9}", phone, re.ASCII) is not None


def masked_phone(phone: str) -> str:
    """138****5678; shorter numbers keep their last two digits."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) == 11 else "*" * max(len(phone) - 2, 0) + phone[-2:]


def surname_of(name: str) -> str:
    """The family name: two characters when it is a known compound one, the part before · for names written with it."""
    plain = normalised(name)
    if "·" in plain:
        return plain.split("·")[0]
    return plain[:2] if plain[:2] in COMPOUND_SURNAMES and len(plain) > 2 else plain[:1]


def masked_name(name: str) -> str:
    """张三 → 张**, 欧阳文 → 欧阳**; the length of the given name is not told."""
    surname = surname_of(name)
    return f"{surname}**" if surname else ""


def shown_name(*, real_name: str, nickname: str, shows_nickname: bool) -> str:
    """How an author is shown: the nickname only if ticked, else 居民 with the masked name if one was given."""
    if shows_nickname and nickname:
        return nickname
    masked = masked_name(real_name)
    return f"居民 {masked}" if masked else "居民"


def reserved_word_in(nickname: str) -> str:
    """The word because of which a nickname is refused, or an empty text."""
    plain = re.sub(r"[\W_]", "", normalised(nickname)).lower()
    return next((word for word in RESERVED_IN_NICKNAMES if word in plain), "")


def periods_overlap(a_from: date, a_to: date | None, b_from: date, b_to: date | None) -> bool:
    """Whether two periods share a day; both ends are inclusive, None is open."""
    return (a_to is None or b_from <= a_to) and (b_to is None or a_from <= b_to)


def duties_conflict(role: str, other_role: str) -> bool:
    """X39 “不参与街道办事处行政工作分工”: nobody serves the committee and a handling unit at the same time."""
    pair = {role, other_role}
    return bool(pair & COMMITTEE_ROLES) and bool(pair & UNIT_ROLES)


def posts_missing(held: Iterable[str]) -> list[str]:
    """X38: the posts of a committee that nobody holds, in their order."""
    present = set(held)
    return [post for post in POSTS_OF_A_COMMITTEE if post not in present]


def appointable_by(roles: Iterable[str]) -> frozenset[str]:
    """The roles that a holder of `roles` may give and take."""
    return frozenset().union(*(APPOINTS.get(role, frozenset()) for role in roles))


def paths_up(path: str) -> list[str]:
    """The path of a division and of everything above it: 43/4301/ → [43/, 43/4301/]."""
    parts = [part for part in path.split("/") if part]
    return ["/".join(parts[: depth + 1]) + "/" for depth in range(len(parts))]

"""A day's visitors from an Excel sheet: read leniently, refused by cell."""

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font

from liaison_stations.deputies.models import Deputy
from participation.ledger.models import CategoryGroup
from portal.accounts.rules import normalised_phone
from portal.tables.imports import UnreadableWorkbook, read_grid
from portal.tables.rules import CellError, cell_name

from .rules.naming import (
    ANSWER_LENGTH,
    MOST_PEOPLE,
    MOST_ROWS,
    NAME_LENGTH,
    PLACE_LENGTH,
    SAID_LENGTH,
    SHORTEST_SAID,
)
from .rules.recording import words_never_said

MAX_BYTES, SEARCHED_ROWS = 2 * 1024 * 1024, 15
HEADINGS: dict[str, tuple[str, ...]] = {
    "name": ("来访人", "姓名", "来访人姓名", "群众姓名"),
    "phone": ("电话", "联系电话", "手机"),
    "people": ("人数", "来访人数"),
    "said": ("反映内容", "反映事项", "反映的问题", "意见建议", "内容"),
    "category": ("大类", "类别"),
    "community": ("社区（村）", "社区", "村"),
    "place": ("地点", "位置"),
    "deputies": ("接待代表", "代表"),
    "answer": ("当场答复", "答复", "答复内容"),
}
REQUIRED = ("said",)


@dataclass(frozen=True)
class SheetRow:
    """One visitor as the sheet has it; deputies and community by their keys, `cells` say where each value stands."""

    said: str
    name: str = ""
    phone: str = ""
    people: int = 1
    category_group: str = CategoryGroup.UNSURE.value
    community: int | None = None
    place: str = ""
    deputies: tuple[int, ...] = ()
    answer: str = ""
    cells: dict[str, str] = field(default_factory=dict)


def read_records(
    content: bytes, name: str, *, communities: dict[str, int], deputies: Sequence[Deputy]
) -> tuple[list[SheetRow], list[CellError]]:
    """The rows that could be read, and what is wrong by cell. Raises UnreadableWorkbook for a file of no use."""
    cells = read_grid(content, name, max_bytes=MAX_BYTES, max_rows=MOST_ROWS).cells
    at, columns = _head_of(cells)
    rows: list[SheetRow] = []
    errors: list[CellError] = []
    for number in range(at + 1, len(cells)):
        texts = {key: _text(cells[number][column]) for key, column in columns.items()}
        if not any(texts.values()):
            continue
        places = {key: cell_name(number, column) for key, column in columns.items()}
        row, wrong = _row(places, texts, communities, deputies)
        errors += wrong
        if row is not None:
            rows.append(row)
    if not rows and not errors:
        raise UnreadableWorkbook(_("表头下面没有内容。"))
    if len(rows) > MOST_ROWS:
        raise UnreadableWorkbook(_("一次最多录入%d行。") % MOST_ROWS)
    return rows, errors


def _head_of(cells: list[list[Any]]) -> tuple[int, dict[str, int]]:
    names = {_plain(name): key for key, known in HEADINGS.items() for name in known}
    for number, line in enumerate(cells[:SEARCHED_ROWS]):
        columns: dict[str, int] = {}
        for column, value in enumerate(line):
            if key := names.get(_plain(_text(value))):
                columns.setdefault(key, column)
        if set(REQUIRED) <= set(columns):
            return number, columns
    heads = "、".join(HEADINGS[key][0] for key in REQUIRED)
    raise UnreadableWorkbook(_("没有找到表头。表头要有：%(heads)s。请用模板填写。") % {"heads": heads})


def _row(
    places: dict[str, str], texts: dict[str, str], communities: dict[str, int], deputies: Sequence[Deputy]
) -> tuple[SheetRow | None, list[CellError]]:
    wrong: list[tuple[str, str]] = []
    said = texts["said"]
    if sum(character.isalnum() for character in said) < SHORTEST_SAID:
        wrong.append(("said", _("请写清楚反映的内容，至少%d个字。") % SHORTEST_SAID))
    limits = {"said": SAID_LENGTH, "answer": ANSWER_LENGTH, "place": PLACE_LENGTH, "name": NAME_LENGTH}
    wrong += [(key, _("超过%d字。") % limit) for key, limit in limits.items() if len(texts.get(key, "")) > limit]
    phone = normalised_phone(texts.get("phone", ""))
    if phone and not (phone.isascii() and phone.isdecimal() and 7 <= len(phone) <= 12):
        wrong.append(("phone", _("电话应是11位手机号码，或者固定电话。")))
    people = texts.get("people", "").removesuffix("人") or "1"
    if not (people.isdecimal() and people.isascii() and len(people) < 5 and 1 <= int(people) <= MOST_PEOPLE):
        wrong.append(("people", _("人数应是1到%d。") % MOST_PEOPLE))
    groups = {_plain(str(label)): value for value, label in CategoryGroup.choices}
    category = texts.get("category", "")
    if category and _plain(category) not in groups:
        known = "、".join(str(label) for label in CategoryGroup.labels)
        wrong.append(("category", _("没有这个大类，可以写：%s。") % known))
    community = texts.get("community", "")
    if community and community not in communities:
        wrong.append(("community", _("没有“%s”这个社区（村）。") % community[:40]))
    by_name = {each.name: each.pk for each in deputies}
    names = [name for name in unicodedata.normalize("NFKC", texts.get("deputies", "")).replace(",", "、").split("、")
             if name.strip()]  # fmt: skip
    wrong += [("deputies", _("“%s”不在到站的代表里。") % name.strip()[:40])
              for name in names if name.strip() not in by_name]  # fmt: skip
    if found := words_never_said(texts.get("answer", "")):
        wrong.append(("answer", _("代表答复写已反映、已转办或者当场说明的内容，不写“%s”。") % found[0]))
    if wrong:
        return None, [CellError(places.get(key, ""), text) for key, text in wrong]
    row = SheetRow(
        said=said, name=texts.get("name", ""), phone=phone, people=int(people),
        category_group=groups.get(_plain(category), CategoryGroup.UNSURE.value),
        community=communities.get(community), place=texts.get("place", ""),
        deputies=tuple(by_name[name.strip()] for name in names), answer=texts.get("answer", ""), cells=places,
    )  # fmt: skip
    return row, []


def records_template() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = _("来访记录")
    sheet.append([known[0] for known in HEADINGS.values()])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = 36 if cell.value in ("反映内容", "当场答复") else 16
    sheet.freeze_panes = "A2"
    notes = book.create_sheet(_("填写说明"))
    for line in (
        _("一行写一批来访群众。只有“反映内容”必须填写；来访人、电话可以不填，人数不填算1人。"),
        _("接待代表写到站代表的姓名，几位用顿号分开；不填就是这场到站的全部代表。"),
        _("当场答复写当时说的话。没有当场答复的，导入后再转入台账、作为居民建议提出，或者告知其他渠道。"),
    ):
        notes.append([line])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip(" \t\r\n\u3000\ufeff")

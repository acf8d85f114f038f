"""Somebody who reads everything that is public of the evaluations and subtracts: knows nothing of how it is made.

A cell is what some page prints of one leg: how many ratings, of which value, for a selection of kind, place, unit and
time. Cells of one leg whose selections lie in one another may be subtracted, on one day or between two days.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations
from typing import Any

from bs4 import BeautifulSoup
from defusedxml import ElementTree
from django.test import Client

LEGS = {"居民评议": "resident", "议事代表测评": "member", "社会监督": "public"}
ALWAYS = (date.min, date.max)
WORDS = re.compile(r"评价(\d+)份.*?满意 (\d+)（.*?基本满意 (\d+)（.*?不满意 (\d+)（", re.DOTALL)
SHARE = re.compile(r"(?P<percent>[\d.]+%)（(?P<part>\d+)/(?P<whole>\d+)）")
Span = tuple[date, date]


@dataclass(frozen=True)
class Selection:
    """`place` is a prefix of the division's path of codes; `unit` None is all; `pooled` what names no unit."""

    kind: str
    leg: str
    place: str = ""
    unit: str | None = None
    span: Span = ALWAYS
    publication: int | None = None

    def holds(self, other: "Selection") -> bool:
        return (
            (self.kind, self.leg) == (other.kind, other.leg)
            and other.place.startswith(self.place)
            and self.unit in (None, other.unit)
            and self.span[0] <= other.span[0]
            and other.span[1] <= self.span[1]
            and self.publication in (None, other.publication)
        )

    def is_apart(self, other: "Selection") -> bool:
        """Nothing is in both."""
        units = self.unit is not None and other.unit is not None and self.unit != other.unit
        places = not (self.place.startswith(other.place) or other.place.startswith(self.place))
        spans = self.span[1] < other.span[0] or other.span[1] < self.span[0]
        rows = self.publication is not None and other.publication not in (None, self.publication)
        return units or places or spans or rows


@dataclass(frozen=True)
class Seen:
    """`counts` by value, or only how many ratings where the page tells no more."""

    selection: Selection
    answered: int
    counts: tuple[int, int, int] | None
    where: str
    day: int = 0


@dataclass
class Attacker:
    """`labels`: the words for each kind; `places`: code → path of codes, as anybody may look them up."""

    labels: dict[str, str]
    places: dict[str, str]
    units: dict[str, str]  # the number in an address → name
    client: Client = field(default_factory=Client)
    seen: list[Seen] = field(default_factory=list)

    def read(self, address: str) -> str:
        answer = self.client.get(address, headers={"cache-control": "no-cache"})
        assert answer.status_code == 200, address
        return answer.content.decode("utf-8-sig")

    # --- The formats ------------------------------------------------------------------------------------------------
    def look(self, query: str, day: int = 0, formats: Iterable[str] = ("page", "json", "csv", "feed")) -> None:
        """Everything that the formats print for one selection."""
        asked = dict(pair.split("=") for pair in query.split("&") if pair)
        base = Selection("", "", self.places.get(asked.get("division", ""), ""), self.units.get(asked.get("unit", "")),
                         _span(asked.get("period", "")))  # fmt: skip
        for name in formats:
            for selection, answered, counts in getattr(self, f"_{name}")(query, base):
                self.seen.append(Seen(selection, answered, counts, f"{name}?{query}", day))

    def _page(self, query: str, base: Selection) -> Iterator[tuple[Selection, int, tuple[int, int, int]]]:
        main = self.read(f"/evaluations/?{query}").partition("<main")[2].partition("</main>")[0]
        soup = BeautifulSoup(main, "lxml")
        kinds = {words: kind for kind, words in self.labels.items()}
        for section in soup.select("section[aria-labelledby^=kind-]"):
            for row in section.select("table.rating-table tbody tr"):
                numbers = [cell.get_text(" ").split()[0] for cell in row.select("td")]
                if len(numbers) > 1:
                    found = (int(numbers[3]), int(numbers[4]), int(numbers[5]))
                    kind = kinds[section.h2.get_text()]
                    yield _at(base, kind=kind, leg=LEGS[row.th.get_text()]), int(numbers[0]), found
        for name in ("by-unit", "by-year"):
            for row in soup.select(f"section[aria-labelledby={name}] table tbody tr"):
                label, kind, *cells = row.find_all(["th", "td"])
                for cell in cells:
                    if words := WORDS.search(cell.get_text("；")):
                        where = (
                            {"unit": label.get_text()} if name == "by-unit" else {"span": _span(label.get_text()[:4])}
                        )
                        leg = {"kind": kinds[kind.get_text()], "leg": LEGS[cell["data-label"]]}
                        yield _at(base, **leg, **where), int(words[1]), _three(words)
        for card in soup.select("section[aria-labelledby=publications] article"):
            if words := WORDS.search(card.get_text("；")):
                yield _at(base, publication=_number(card.a["href"])), int(words[1]), _three(words)

    def _json(self, query: str, base: Selection) -> Iterator[tuple[Selection, int, tuple[int, int, int]]]:
        address = f"/evaluations/data.json?{query}"
        body = json.loads(self.read(address))
        for group in ("totals", "units", "years"):
            for line in body[group]:
                where = _where(group, line["label"])
                for leg in line["legs"]:
                    if "values" in leg:
                        yield _at(base, kind=line["kind"], leg=leg["source"], **where), *_of(leg)
        while True:
            for row in body["publications"]:
                if row["figures"]:
                    on = date.fromisoformat(row["published_on"])
                    selection = Selection(
                        row["kind"], row["figures"]["source"], self.places[row["division"]], row["unit"] or "未分单位",
                        (on, on), row["id"],
                    )  # fmt: skip
                    yield selection, *_of(row["figures"])
            if not body["next"]:
                return
            body = json.loads(self.read(body["next"]))

    def _csv(self, query: str, base: Selection) -> Iterator[tuple[Selection, int, tuple[int, int, int]]]:
        kinds = {words: kind for kind, words in self.labels.items()}
        for line in csv.reader(io.StringIO(self.read(f"/evaluations/table.csv?{query}"))):
            if line[0] in ("合计", "单位", "年度") and line[4].isdigit():
                where = _where(line[0], line[1])
                found = (int(line[7]), int(line[9]), int(line[11]))
                yield _at(base, kind=kinds[line[2]], leg=LEGS[line[3]], **where), int(line[4]), found

    def _feed(self, query: str, base: Selection) -> Iterator[tuple[Selection, int, tuple[int, int, int]]]:
        name = "{http://www.w3.org/2005/Atom}"
        for entry in ElementTree.fromstring(self.read(f"/evaluations/feed/?{query}")).iter(f"{name}entry"):
            if words := WORDS.search(entry.findtext(f"{name}summary") or ""):
                link = entry.find(f"{name}link")
                assert link is not None
                yield _at(base, publication=_number(link.get("href") or "")), int(words[1]), _three(words)

    def look_at_the_ledger(self, code: str, day: int = 0) -> None:
        """满意率 of the ledger's own statistics: by unit and in all."""
        place, query = self.places.get(code, ""), f"?division={code}" if code else ""
        for line in csv.reader(io.StringIO(self.read(f"/ledger/statistics/table.csv{query}"))):
            if line[0] in ("合计", "承办单位") and (found := SHARE.fullmatch(line[-1])):
                unit = line[1] if line[0] == "承办单位" else None
                selection = Selection("ledger", "resident", place, unit)
                self.seen.append(Seen(selection, int(found["whole"]), None, f"statistics{query}", day))

    # --- The attack -------------------------------------------------------------------------------------------------
    def finds(self) -> list[str]:
        """Cells of one to four ratings, and differences that come to one to four."""
        cells = {(each.selection, each.day, each.answered, each.counts): each for each in self.seen}
        placed = {
            (s.selection.publication): s.selection for s in self.seen if s.selection.kind and s.selection.publication
        }
        known = []
        for each in cells.values():
            selection = each.selection
            if selection.publication and not selection.kind:  # a card or an entry: the JSON says where it belongs
                selection = placed.get(selection.publication, selection)
            known.append(Seen(selection, each.answered, each.counts, each.where, each.day))
        found = [f"{each.where}: {each.answered} in {each.selection}" for each in known if 0 < each.answered < 5]
        found += [
            f"{each.where} does not add up" for each in known if each.counts and sum(each.counts) != each.answered
        ]
        known = list(
            {(each.selection, each.day, each.answered): each for each in known if each.selection.kind}.values()
        )
        for whole in known:
            inside = [each for each in known if each is not whole and each.day <= whole.day
                      and whole.selection.holds(each.selection)]  # fmt: skip
            for part in inside:
                found += self._told(whole, [part])
            # several parts that have nothing in common, of one day: two, three, and as many as fit
            for day in {each.day for each in inside} & {whole.day, whole.day - 1}:
                parts = [each for each in inside if each.day == day and each.selection != whole.selection][:12]
                for size in (2, 3):
                    for group in combinations(parts, size):
                        if all(a.selection.is_apart(b.selection) for a, b in combinations(group, 2)):
                            found += self._told(whole, list(group))
                fitting: list[Seen] = []
                for each in sorted(parts, key=lambda part: -part.answered):
                    if all(each.selection.is_apart(other.selection) for other in fitting):
                        fitting.append(each)
                found += self._told(whole, fitting) if fitting else []
        return found

    def _told(self, whole: Seen, parts: list[Seen]) -> list[str]:
        rest = whole.answered - sum(part.answered for part in parts)
        if rest == 0 or rest >= 5:
            return []
        names = " - ".join(f"{part.where} {part.selection} ({part.answered})" for part in parts)
        return [f"{whole.where} {whole.selection} ({whole.answered}) - {names} = {rest}"]


def _where(group: str, label: str) -> dict[str, Any]:
    if group in ("units", "单位"):
        return {"unit": label}
    return {"span": _span(label[:4])} if group in ("years", "年度") else {}


def _span(key: str) -> Span:
    if not key:
        return ALWAYS
    year, quarter = int(key[:4]), key.partition("-Q")[2]
    if not quarter:
        return date(year, 1, 1), date(year, 12, 31)
    month = 3 * int(quarter)
    return date(year, month - 2, 1), date(year, month, 31 if month in (3, 12) else 30)


def _at(base: Selection, **changes: object) -> Selection:
    """The years stand side by side whatever period was asked for: a span of the cell's own replaces it."""
    return replace(base, **changes)  # type: ignore[arg-type]  # names of fields


def _three(words: re.Match[str]) -> tuple[int, int, int]:
    return int(words[2]), int(words[3]), int(words[4])


def _of(leg: dict[str, object]) -> tuple[int, tuple[int, int, int]]:
    values = leg["values"]
    assert isinstance(values, dict)
    counts = tuple(values[name]["count"] for name in ("satisfied", "basically_satisfied", "dissatisfied"))
    return int(str(leg["answered"])), counts  # type: ignore[return-value]  # three values


def _number(address: str) -> int:
    return int(address.rstrip("/").rsplit("/", 1)[1])

"""Published figures, ready to show: one place builds the cells that page, table, JSON and feed print.

Every figure here is a sum of whole publications (rules/batches.py says why). The legs stand side by side, the kinds
apart: nothing is added up over either.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Max, Sum
from django.utils.translation import gettext as _

from portal.accounts.models import HandlingUnit
from portal.jurisdictions.models import Division
from portal.trail.subjects import subjects_of

from ..models import QUESTIONS, SOURCES, VALUES, Publication, PublishedTotal, Round
from ..querysets import PublicationQuerySet, PublishedTotalQuerySet
from ..registry import kind_of, kinds
from ..rules import StarSum, percent_in_words
from ..rules.periods import Period
from ..states import STARRED, Value

BAR_WIDTH = 400  # of the drawing, stretched to the page
Key = tuple[Any, ...]


@dataclass(frozen=True)
class Chosen:
    """What an address asks for; None asks for everything."""

    division: Division | None = None
    unit: HandlingUnit | None = None
    kind: str = ""
    period: Period | None = None

    def rows(self) -> PublicationQuerySet:
        rows: PublicationQuerySet = self._narrowed(Publication.objects.all())
        return rows

    def totals(self, *, of_all_time: bool = False) -> PublishedTotalQuerySet:
        """The same selection of what publications add up to."""
        rows: PublishedTotalQuerySet = self._narrowed(PublishedTotal.objects.all(), of_all_time=of_all_time)
        return rows

    def _narrowed(self, rows: Any, *, of_all_time: bool = False) -> Any:
        if self.division is not None:
            rows = rows.in_division(self.division)
        if self.unit is not None:
            rows = rows.filter(unit=self.unit)
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.period is not None and not of_all_time:
            rows = rows.in_period(self.period)
        return rows


@dataclass(frozen=True)
class Share:
    """One of the three values: its count, the rate in words, and where its bar stands."""

    value: str
    label: str
    count: int
    percent: str
    start: int
    width: int


@dataclass(frozen=True)
class Cell:
    """Published ratings of one leg in one group. Empty, or five and more."""

    source: str
    counts: tuple[int, int, int] = (0, 0, 0)
    invited: int = 0
    answered_of_invited: int = 0  # those of publications that have a roll
    publications: int = 0
    stars: dict[str, StarSum] = field(default_factory=dict)

    def __add__(self, other: "Cell") -> "Cell":
        stars = dict(self.stars)
        for question, tally in other.stars.items():
            stars[question] = stars[question] + tally if question in stars else tally
        satisfied, basically, dissatisfied = (a + b for a, b in zip(self.counts, other.counts, strict=True))
        return Cell(
            self.source,
            (satisfied, basically, dissatisfied),
            self.invited + other.invited,
            self.answered_of_invited + other.answered_of_invited,
            self.publications + other.publications,
            stars,
        )

    @property
    def label(self) -> str:
        return str(dict(SOURCES)[self.source])

    @property
    def answered(self) -> int:
        return sum(self.counts)

    @property
    def is_shown(self) -> bool:
        return self.answered > 0

    @property
    def response(self) -> str:
        """“65.0%”; empty without a roll."""
        return percent_in_words(self.answered_of_invited, self.invited)

    @cached_property
    def shares(self) -> list[Share]:
        found, start = [], 0
        for value, label, count in zip(Value, dict(VALUES).values(), self.counts, strict=True):
            end = start + count
            left, right = (BAR_WIDTH * edge // (self.answered or 1) for edge in (start, end))
            percent = percent_in_words(count, self.answered)
            found.append(Share(value.value, str(label), count, percent, left, right - left))
            start = end
        return found

    @property
    def star_means(self) -> list[tuple[str, str]]:
        """(question, “4.3”). How many gave stars is not told: with the ratings it would leave those who gave none."""
        words = dict(QUESTIONS)
        return [
            (str(words[question.value]), f"{mean // 10}.{mean % 10}")
            for question in STARRED
            if question in self.stars and (mean := self.stars[question].mean_tenths) is not None
        ]

    @property
    def lines(self) -> list[str]:
        """The whole cell in words, for pages and feeds."""
        if not self.is_shown:
            return [_("样本不足")]
        found = [_("评价%d份") % self.answered]
        if self.invited:
            found.append(_("应评%(invited)d人，回应率%(rate)s") % {"invited": self.invited, "rate": self.response})
        found += [f"{share.label} {share.count}（{share.percent}）" for share in self.shares]
        found += [_("%(question)s %(mean)s星") % {"question": q, "mean": mean} for q, mean in self.star_means]
        return found

    @property
    def table_cells(self) -> list[str]:
        """In the order of `table_headings`."""
        if not self.is_shown:
            return [_("样本不足"), *[""] * (len(table_headings()) - 1)]
        means = dict(self.star_means)
        shares = [text for share in self.shares for text in (str(share.count), share.percent)]
        return [
            str(self.answered), str(self.invited) if self.invited else "", self.response, *shares,
            *(means.get(str(dict(QUESTIONS)[question.value]), "") for question in STARRED),
        ]  # fmt: skip

    @property
    def as_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {"source": self.source, "label": self.label}
        if not self.is_shown:
            return found | {"note": _("样本不足")}
        return found | {
            "answered": self.answered,
            "invited": self.invited or None,
            "response_rate": self.response or None,
            "values": {share.value: {"count": share.count, "percent": share.percent} for share in self.shares},
            "stars": dict(self.star_means),
        }


def table_headings() -> list[str]:
    shares = [text for _value, label in VALUES for text in (str(label), _("%s占比") % label)]
    stars = [_("%s（星）") % dict(QUESTIONS)[question.value] for question in STARRED]
    return [_("评价数"), _("应评人数"), _("回应率"), *shares, *stars]


@dataclass(frozen=True)
class Line:
    """One group of one kind with its three legs, side by side."""

    label: str
    kind: str
    cells: tuple[Cell, ...]
    key: str = ""

    @property
    def kind_label(self) -> str:
        return label_of(self.kind)

    @property
    def shown(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.is_shown]


@dataclass(frozen=True)
class Evaluations:
    """`totals`: one line per kind. `as_of`: the day of the newest publication in the selection."""

    as_of: date | None
    totals: list[Line]
    units: list[Line]
    years: list[Line]


def label_of(kind: str) -> str:
    try:
        return str(kind_of(kind).label)
    except KeyError:
        return kind


def definition_of(kind: str) -> str:
    try:
        return str(kind_of(kind).definition)
    except KeyError:
        return ""


def published_figures(chosen: Chosen) -> Evaluations:
    """A constant number of queries. The years stand beside one another whatever period was asked for."""
    of_all_time, of_period = chosen.totals(of_all_time=True), chosen.totals()
    totals, units, years = _summed(of_period), _summed(of_period, "unit"), _summed(of_all_time, "year")
    if chosen.kind and (chosen.kind,) not in totals:
        totals[chosen.kind,] = {}
    names = HandlingUnit.objects.in_bulk({unit for _kind, unit in units if unit is not None})
    order = {kind.key: place for place, kind in enumerate(kinds())}
    unit_lines = [
        Line(names[unit].name if unit else _("未分单位"), kind, _legs(cells), str(unit or ""))
        for (kind, unit), cells in units.items()
    ]
    return Evaluations(
        as_of=of_period.aggregate(latest=Max("latest"))["latest"],
        totals=sorted(
            (Line(label_of(kind), kind, _legs(cells), kind) for (kind,), cells in totals.items()),
            key=lambda line: (order.get(line.kind, 99), line.kind),
        ),
        units=sorted(unit_lines, key=lambda line: (order.get(line.kind, 99), not line.key, line.label)),
        years=[
            Line(_("%d年") % year, kind, _legs(cells), str(year))
            for (kind, year), cells in sorted(
                years.items(), key=lambda pair: (order.get(pair[0][0], 99), pair[0][0], -pair[0][1])
            )
        ],
    )


def _legs(cells: dict[str, Cell]) -> tuple[Cell, ...]:
    return tuple(cells.get(source, Cell(source)) for source, _label in SOURCES)


def _summed(rows: PublishedTotalQuerySet, *by: str) -> dict[Key, dict[str, Cell]]:
    """The legs of every kind, apart by `by` as well; one query."""
    names = ["satisfied", "basically", "dissatisfied", "invited", "answered_of_invited", "publications"]
    names += [f"{question.value}_{part}" for question in STARRED for part in ("sum", "answered")]
    found: dict[Key, dict[str, Cell]] = defaultdict(dict)
    sums = rows.filter(publications__gt=0).values("kind", "source", *by).order_by()
    for row in sums.annotate(**{f"all_{name}": Sum(name) for name in names}):
        of = {name: row[f"all_{name}"] for name in names}
        stars = {each.value: StarSum(of[f"{each.value}_sum"], of[f"{each.value}_answered"]) for each in STARRED}
        found[row["kind"], *(row[name] for name in by)][row["source"]] = Cell(
            row["source"],
            (of["satisfied"], of["basically"], of["dissatisfied"]),
            of["invited"],
            of["answered_of_invited"],
            of["publications"],
            {key: stars_of for key, stars_of in stars.items() if stars_of.answered},
        )
    return found


def cell_of(publication: Publication) -> Cell:
    """One publication as a cell of its own; empty where only the class was published."""
    if not publication.shows_counts:
        return Cell(publication.source)
    return Cell(
        publication.source,
        (publication.satisfied, publication.basically, publication.dissatisfied),
        publication.invited or 0,
        publication.answered if publication.invited is not None else 0,
        1,
        {question: tally.added_up for question, tally in publication.star_tallies.items()},
    )


def with_titles(publications: Iterable[Publication]) -> list[Publication]:
    """Each with `.shown_title`: that of its matter only while anybody may see it. Constant queries."""
    rows = list(publications)
    subjects: dict[int, tuple[str, str]] = {}
    keys: dict[str, set[str]] = defaultdict(set)
    titled = [row.pk for row in rows if row.title]
    for pk, kind, key in Round.objects.filter(publication__in=titled).values_list(
        "publication", "subject_kind", "subject_key"
    ):
        if kind and key:
            subjects[pk] = (kind, key)
            keys[kind].add(key)
    known = {kind: subjects_of(kind, sorted(listed)) for kind, listed in keys.items()}
    visitor: Any = AnonymousUser()
    for row in rows:
        kind, key = subjects.get(row.pk, ("", ""))
        subject = known.get(kind, {}).get(key)
        is_hidden = subject is not None and not subject.visible_to(visitor)
        setattr(row, "shown_title", _plain_title(row) if is_hidden else title_of(row))  # noqa: B010 - for the page
    return rows


def title_of(publication: Publication) -> str:
    """What was rated, in a line, as it was published; for pages that anybody reads see `with_titles`."""
    return publication.title or _plain_title(publication)


def _plain_title(publication: Publication) -> str:
    words = {"kind": label_of(publication.kind), "number": publication.round_count}
    if publication.round_count == 1:
        return _("%(kind)s：一轮评价") % words
    return _("%(kind)s：%(number)d轮评价合并") % words


def periods_published() -> list[Period]:
    """Years and their quarters that hold a publication, the newest first; one query."""
    rows = PublishedTotal.objects.order_by().values_list("year", "quarter")
    found: list[Period] = []
    for year, quarter in sorted(set(rows.distinct()), reverse=True):
        if Period(year) not in found:
            found.append(Period(year))
        found.append(Period(year, quarter))
    return found


def units_published(division: Division | None) -> Any:
    """Units of which something was published, in the place."""
    rows = PublishedTotal.objects.filter(unit__isnull=False).order_by()
    if division is not None:
        rows = rows.in_division(division)
    return HandlingUnit.objects.filter(pk__in=rows.values("unit")).order_by("name")


def totals_add_up() -> bool:
    """Whether the totals are those of the publications, by kind and leg; two queries."""
    shown = Publication.objects.filter(shows_counts=True)
    names = ("satisfied", "basically", "dissatisfied", "invited")

    def sums(rows: Any) -> dict[Key, Key]:
        found = rows.values("kind", "source").order_by().annotate(**{f"all_{name}": Sum(name) for name in names})
        return {(row["kind"], row["source"]): tuple(row[f"all_{name}"] or 0 for name in names) for row in found}

    return sums(shown) == sums(PublishedTotal.objects.filter(publications__gt=0))

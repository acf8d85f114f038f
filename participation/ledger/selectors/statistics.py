"""The tables of the statistics page: stored figures with names, rates and what is withheld."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.evaluations.rules import percent_in_words
from portal.accounts.models import HandlingUnit
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import full_names

from ..models import Category, LedgerFigure
from ..rules.figures import percent

Dimension = LedgerFigure.Dimension
BAR_WIDTH = 400  # of the drawing, stretched to the page

# what a column counts, in the words under the tables and in the CSV
DEFINITIONS = [
    (gettext_lazy("收到"), gettext_lazy("已公开的台账事项，含历史导入，不含作废和隐去的。")),
    (gettext_lazy("已交办"), gettext_lazy("交给承办单位的事项；历史导入没有交办。")),
    (gettext_lazy("答复率"), gettext_lazy("已有公开答复的事项 ÷ 收到的事项。")),
    (
        gettext_lazy("1、3、6个月内答复"),
        gettext_lazy(
            "自交办之日（历史导入自留言之日）起算，当日不计，届满日遇休息日顺延到下一个工作日；÷ 有起算日的答复。"
            "别处答复、没有交给本级单位的，没有交办之日，不计。"
        ),
    ),
    (
        gettext_lazy("答复用时中位数"),
        gettext_lazy("上述两个日期相隔的天数，由短到长排在正中的一个；括号里是参与计算的件数。"),
    ),
    (
        gettext_lazy("按期率"),
        gettext_lazy("在最后时限内办成的事项 ÷ 有办理时限且已办成或已超期的事项。没有规定时限的不计。"),
    ),
    (gettext_lazy("超期未办结"), gettext_lazy("有办理时限、已过最后时限而没有办成的事项，从时限次日起计。")),
    (
        gettext_lazy("满意率"),
        gettext_lazy(
            "满意和基本满意 ÷ 已公布的居民评议，与“评议公开”一致；评价满5份才分批公布，还没有公布的写“样本不足”。"
            "没有评价的不算满意；评价人选择公开的评价不计入；按类别不统计。"
        ),
    ),
]


@dataclass(frozen=True)
class StatisticsLine:
    label: str
    figure: Any
    bar: int = 0
    replied_bar: int = 0

    @property
    def labelled(self) -> list[tuple[str, str]]:
        return list(zip([str(label) for label in columns_of(self.figure.dimension)], self.cells, strict=True))

    @property
    def large(self) -> list[dict[str, str]]:
        """For `{% figures %}`: the rate large, its parts small beneath."""
        found = []
        for label, cell in self.labelled:
            value, _bracket, note = cell.rstrip("）").partition("（")
            found.append({"label": label, "value": value, "note": note})
        return found

    def rate(self, part: int, whole: int) -> str:
        """“75%（3/4）”; a dash without a denominator."""
        value = percent(part, whole)
        return "—" if value is None else _("%(rate)d%%（%(part)d/%(whole)d）") % {
            "rate": value, "part": part, "whole": whole,
        }  # fmt: skip

    @property
    def cells(self) -> list[str]:
        row = self.figure
        months = [self.rate(part, row.timed) for part in (row.within_1, row.within_3, row.within_6)]
        median_days = "—" if row.median_days is None else _("%(days)g（%(n)d件）") % {
            "days": row.median_days, "n": row.timed,
        }  # fmt: skip
        cells = [
            str(row.received), str(row.assigned), self.rate(row.replied, row.received), *months, median_days,
            self.rate(row.on_time, row.decided), str(row.overdue_open), self.satisfaction,
        ]  # fmt: skip
        return cells[: len(columns_of(row.dimension))]

    @property
    def satisfaction(self) -> str:
        """“92.3%（12/13）” of whole published batches."""
        row = self.figure
        if not row.rated:
            return _("样本不足")
        parts = {"rate": percent_in_words(row.satisfied, row.rated), "part": row.satisfied, "whole": row.rated}
        return _("%(rate)s（%(part)d/%(whole)d）") % parts


COLUMN_LABELS = [
    gettext_lazy("收到"), gettext_lazy("已交办"), gettext_lazy("答复率"), gettext_lazy("1个月内答复"),
    gettext_lazy("3个月内答复"), gettext_lazy("6个月内答复"), gettext_lazy("答复用时中位数（天）"),
    gettext_lazy("按期率"), gettext_lazy("超期未办结"), gettext_lazy("满意率"),
]  # fmt: skip


def columns_of(dimension: str) -> list[Any]:
    """A batch of ratings has no category."""
    return COLUMN_LABELS[:-1] if dimension == Dimension.CATEGORY else COLUMN_LABELS


@dataclass(frozen=True)
class StatisticsTable:
    title: str
    head: str
    key: str
    lines: list[StatisticsLine]

    @property
    def columns(self) -> list[Any]:
        return columns_of(Dimension.CATEGORY if self.key == "category" else Dimension.TOTAL)


@dataclass(frozen=True)
class Statistics:
    as_of: date | None
    total: StatisticsLine | None
    tables: list[StatisticsTable]


def statistics_of(division: Division | None) -> Statistics:
    """Ready rows for a place (None: the site), in a constant number of queries."""
    rows = list(LedgerFigure.objects.filter(division=division))
    total = next((row for row in rows if row.dimension == Dimension.TOTAL), None)
    if total is None:
        return Statistics(None, None, [])
    below = LedgerFigure.objects.filter(dimension=Dimension.TOTAL, division__isnull=False).select_related("division")
    levels = [Division.Level.SUBDISTRICT, Division.Level.TOWNSHIP]
    places = below.filter(division__level__in=levels)
    if division is not None:
        places = places.filter(division__path__startswith=division.path).exclude(division=division)
    near = list(places)
    names = full_names(row.division for row in near if row.division)
    units = [row for row in rows if row.dimension == Dimension.UNIT]
    unit_names = {str(unit.pk): unit.name for unit in HandlingUnit.objects.filter(pk__in=[row.key for row in units])}
    categories = dict(Category.choices)
    tables = [
        StatisticsTable(_("按街道（乡镇）"), _("街道（乡镇）"), "division",
                        _lines([(names[row.division_id], row) for row in near if row.division_id])),
        StatisticsTable(_("按承办单位"), _("承办单位"), "unit",
                        _lines([(unit_names.get(row.key, row.key), row) for row in units])),
        StatisticsTable(_("按类别"), _("类别"), "category",
                        _lines([(str(categories.get(row.key, row.key)), row) for row in rows
                                if row.dimension == Dimension.CATEGORY])),
    ]  # fmt: skip
    [whole] = _lines([(_("合计"), total)])
    return Statistics(total.as_of, whole, [table for table in tables if table.lines])


def _lines(named: Iterable[tuple[str, LedgerFigure]]) -> list[StatisticsLine]:
    listed = sorted(named, key=lambda pair: (-pair[1].received, pair[0]))
    most = max((row.received for _label, row in listed), default=0) or 1
    return [
        StatisticsLine(
            label,
            row,
            bar=max(BAR_WIDTH * row.received // most, 1),
            replied_bar=BAR_WIDTH * row.replied // most,
        )
        for label, row in listed
    ]

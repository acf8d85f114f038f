"""Published evaluations to take along: tables that open in Excel and WPS, and JSON for programs."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from participation.moderation.exports import Row, csv_lines

from .models import Publication
from .selectors import (
    Chosen,
    Evaluations,
    Line,
    Published,
    cell_of,
    definition_of,
    label_of,
    published_figures,
    result_in_words,
    table_headings,
    with_titles,
)

MOST = 2000  # publications in one file, the newest


def evaluations_csv(chosen: Chosen) -> HttpResponse:
    found = published_figures(chosen)
    listed = with_titles(chosen.rows().for_list()[:MOST])
    return _as_file(_table(found, listed), "evaluations.csv")


def _table(found: Evaluations, listed: Sequence[Any]) -> Iterator[Row]:
    yield [_("截至"), found.as_of.isoformat() if found.as_of else "—"]
    yield [_("分组"), _("名称"), _("评价类别"), _("评价主体"), *table_headings()]
    for group, lines in ((_("合计"), found.totals), (_("单位"), found.units), (_("年度"), found.years)):
        for line in lines:
            for cell in line.cells:
                yield [group, line.label, line.kind_label, cell.label, *cell.table_cells]
    yield [
        _("公布"), _("评价内容"), _("评价类别"), _("评价主体"), *table_headings(), _("公布日期"), _("被评价单位"),
        _("等次"), _("谁来评"),
    ]  # fmt: skip
    for row in listed:
        cell = cell_of(row)
        figures = cell.table_cells if row.shows_counts else [_("不公布票数"), *[""] * (len(table_headings()) - 1)]
        yield [
            _("公布"), row.shown_title, label_of(row.kind), cell.label, *figures, row.published_on.isoformat(),
            row.unit.name if row.unit else "", result_in_words(row), row.raters,
        ]  # fmt: skip
    for row in listed:
        for each in row.corrections.all():
            yield [_("更正"), row.shown_title, each.on.isoformat(), each.text]
    for line in found.totals:
        yield [_("口径"), line.label, definition_of(line.kind)]


def publication_csv(found: Published) -> HttpResponse:
    row = found.row
    figures = found.cell.table_cells if row.shows_counts else [_("不公布票数")]
    lines: list[Row] = [
        [_("评价内容"), found.title],
        [_("评价类别"), found.kind_label],
        [_("评价主体"), found.cell.label],
        [_("谁来评"), row.raters],
        [_("被评价单位"), row.unit.name if row.unit else ""],
        [_("公布日期"), row.published_on.isoformat()],
        *([label, text] for label, text in zip(table_headings(), figures, strict=False)),
        [_("等次"), found.result],
        [_("等次规则"), found.rule],
        [_("口径"), row.definition],
        *([_("更正"), each.on.isoformat(), each.text] for each in found.corrections),
    ]
    return _as_file(lines, f"evaluation-{row.pk}.csv")


def evaluations_json(chosen: Chosen, rows: Iterable[Publication], next_page: str) -> JsonResponse:
    found = published_figures(chosen)
    body = {
        "as_of": found.as_of,
        "division": chosen.division.code if chosen.division else None,
        "unit": chosen.unit.name if chosen.unit else None,
        "period": chosen.period.key if chosen.period else None,
        "totals": [_line(line) for line in found.totals],
        "units": [_line(line) for line in found.units],
        "years": [_line(line) for line in found.years],
        "publications": [publication_as_json(row) for row in with_titles(rows)],
        "next": next_page or None,
        "definitions": {line.kind: definition_of(line.kind) for line in found.totals},
    }
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


def publication_as_json(row: Any) -> dict[str, Any]:
    return {
        "id": row.pk,
        "title": row.shown_title,
        "kind": row.kind,
        "division": row.division.code if row.division else None,
        "unit": row.unit.name if row.unit else None,
        "is_pooled": row.is_pooled,
        "published_on": row.published_on,
        "raters": row.raters,
        "result": row.result or None,
        "figures": cell_of(row).as_json if row.shows_counts else None,
        "corrections": [{"on": each.on, "text": each.text} for each in row.corrections.all()],
        "definition": row.definition,
        "url": row.get_absolute_url(),
    }


def _line(line: Line) -> dict[str, Any]:
    return {"label": line.label, "kind": line.kind, "legs": [cell.as_json for cell in line.cells]}


def _as_file(rows: Iterable[Row], name: str) -> HttpResponse:
    response = HttpResponse("".join(csv_lines(rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

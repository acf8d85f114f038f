"""评议公开: the three legs side by side, every format from the same cells, nothing that a visitor may not see."""

import csv
import io
import json
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from participation.evaluations import services
from participation.evaluations.models import PublishedTotal, Round
from participation.evaluations.rules import ClassRule
from participation.evaluations.rules.periods import Period, period_of
from participation.evaluations.selectors import Chosen, published_figures, rule_in_words, totals_add_up
from participation.evaluations.services.totals import rebuild_totals
from participation.ledger import services as ledger_services
from portal.jurisdictions.models import Division
from tests.conftest import Cast
from tests.factories import ledger as items
from tests.factories.evaluations import publication, round_for
from tests.factories.proposals import subdistrict

pytestmark = pytest.mark.django_db


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def rows_of(client: Client, address: str) -> list[list[str]]:
    body = text_of(client, address)
    assert body[0] == "\ufeff"
    return list(csv.reader(io.StringIO(body[1:])))


@pytest.mark.parametrize("key", ["", "2026-Q5", "26", "2026-", "２０２６", "9999", "2026-q1"])
def test_a_period_that_is_none_is_none(key: str) -> None:
    assert period_of(key) is None


def test_the_fourth_quarter_ends_with_the_year() -> None:
    assert Period(2025, 4).until == Period(2025).until == date(2026, 1, 1)


def test_the_legs_are_never_added_up(client: Client) -> None:
    publication((6, 3, 1), source="resident")
    publication((7, 0, 0), source="member")
    [line] = published_figures(Chosen()).totals
    assert [(cell.source, cell.counts) for cell in line.cells] == [
        ("resident", (6, 3, 1)), ("member", (7, 0, 0)), ("public", (0, 0, 0)),
    ]  # fmt: skip
    page = text_of(client, "/evaluations/")
    assert "样本不足" in page
    assert "17份" not in page


def test_every_format_prints_the_same_cell(client: Client) -> None:
    stars = {"speed": [0, 0, 0, 4, 2]}
    row = publication((6, 3, 1), invited=13, stars=stars)
    words = "评价10份；应评13人，回应率76.9%；满意 6（60.0%）；基本满意 3（30.0%）；不满意 1（10.0%）；办理速度 4.3星"
    cells = ["10", "13", "76.9%", "6", "60.0%", "3", "30.0%", "1", "10.0%", "", "", "4.3"]
    figures = {
        "source": "resident", "label": "居民评议", "answered": 10, "invited": 13, "response_rate": "76.9%",
        "values": {
            "satisfied": {"count": 6, "percent": "60.0%"},
            "basically_satisfied": {"count": 3, "percent": "30.0%"},
            "dissatisfied": {"count": 1, "percent": "10.0%"},
        },
        "stars": {"办理速度": "4.3"},
    }  # fmt: skip
    assert words in text_of(client, "/evaluations/")
    assert words in text_of(client, "/evaluations/feed/")
    table = rows_of(client, "/evaluations/table.csv")
    assert [line[4:16] for line in table if line[0] == "公布" and line[1] == row.title] == [cells]
    body = json.loads(text_of(client, "/evaluations/data.json"))
    assert body["publications"][0]["figures"] == body["totals"][0]["legs"][0] == figures


def test_a_correction_stands_beside_the_figure_in_every_format(client: Client, cast: Cast) -> None:
    """Whoever takes the file or the feed along learns of it as well; the feed tells it as news."""
    row = publication((6, 3, 1), published_on=date(2026, 2, 3))
    services.correct_publication(publication=row, by=cast.director, text="应评人数应为11人")
    day = timezone.localdate()
    assert "更正：应评人数应为11人" in text_of(client, "/evaluations/")
    assert ["更正", row.title, day.isoformat(), "应评人数应为11人"] in rows_of(client, "/evaluations/table.csv")
    [listed] = json.loads(text_of(client, "/evaluations/data.json"))["publications"]
    assert listed["corrections"] == [{"on": day.isoformat(), "text": "应评人数应为11人"}]
    feed = text_of(client, "/evaluations/feed/")
    assert (f"{day.isoformat()}更正：应评人数应为11人" in feed, f"<updated>{day.isoformat()}" in feed) == (True, True)


def test_a_place_includes_what_lies_below_it_and_an_unknown_one_shows_nothing(client: Client) -> None:
    here = subdistrict()
    other = Division.objects.exclude(path__startswith=here.path).filter(level=here.level).first()
    assert other is not None
    publication(title="本街道的评价", division=here)
    publication(title="别处的评价", division=other)
    page = text_of(client, f"/evaluations/?division={here.code}")
    assert ("本街道的评价" in page, "别处的评价" in page) == (True, False)
    county = here.code[:6] + "000000"
    assert "本街道的评价" in text_of(client, f"/evaluations/?division={county}")
    assert "本街道的评价" not in text_of(client, "/evaluations/?division=999999999999")
    assert client.get("/evaluations/data.json?division=999999999999").status_code == 404


def test_the_years_stand_beside_one_another_whatever_the_period(client: Client) -> None:
    publication((5, 0, 0), published_on=date(2025, 11, 3))
    publication((9, 0, 0), published_on=date(2026, 2, 3))
    found = published_figures(Chosen(period=Period(2026)))
    assert [(line.key, line.cells[0].counts) for line in found.years] == [("2026", (9, 0, 0)), ("2025", (5, 0, 0))]
    assert [line.cells[0].counts for line in found.totals] == [(9, 0, 0)]


def test_the_page_costs_the_same_for_one_row_and_for_thirty(client: Client) -> None:
    publication()
    text_of(client, "/evaluations/")
    with CaptureQueriesContext(connection) as one:
        text_of(client, "/evaluations/?kind=ledger")
    for day in range(1, 29):
        publication(published_on=date(2024 + day % 3, 3, day))
    with CaptureQueriesContext(connection) as many:
        text_of(client, "/evaluations/?kind=ledger")
    assert len(many) == len(one)


def test_only_the_class_is_shown_where_the_counts_are_not_published(client: Client) -> None:
    row = publication((0, 0, 0), shows_counts=False, invited=None, result="satisfied", class_rule=ClassRule().as_json())
    page = text_of(client, row.get_absolute_url())
    assert "按规定只公布等次，不公布票数。" in page
    assert "评价结果" not in page
    table = dict(line[:2] for line in rows_of(client, f"/evaluations/{row.pk}/table.csv"))
    assert (table["等次"], table["评价数"]) == ("满意", "不公布票数")
    assert published_figures(Chosen()).totals == []


@pytest.mark.once
def test_the_rule_says_what_exactly_half_is() -> None:
    assert rule_in_words(ClassRule(half_counts=False)).endswith("恰好半数不算达到。")
    assert rule_in_words(ClassRule(2, 3)).startswith("满意票达到名册人数2/3的，为满意")


def test_a_correction_stands_dated_below_the_figures_as_they_were(client: Client, cast: Cast) -> None:
    row = publication((6, 3, 1))
    services.correct_publication(publication=row, by=cast.director, text="=1+1 纸质票漏计一张")
    page = text_of(client, row.get_absolute_url())
    assert "纸质票漏计一张" in page
    assert "上面的数字保持公布时的样子。" in page
    [correction] = [line for line in rows_of(client, f"/evaluations/{row.pk}/table.csv") if line[0] == "更正"]
    assert correction[2] == "'=1+1 纸质票漏计一张"


def test_the_matters_behind_a_figure_are_those_that_anybody_may_see(client: Client, cast: Cast) -> None:
    shown = items.opened(title="滨江路路灯", proposers=(cast.resident,))
    secret = items.opened(
        title="不公开的这件事", proposers=(cast.resident,), is_confidential=True, confidential_reason="提出人要求"
    )
    assert (shown.is_readable, secret.is_readable) == (True, False)
    row = publication(round_count=2, title="")
    for item in (shown, secret):
        round_ = round_for(cast.resident, subject_kind="ledger_item", subject_key=item.reference)
        Round.objects.filter(pk=round_.pk).update(publication=row)
    page = text_of(client, row.get_absolute_url())
    assert shown.get_absolute_url() in page
    assert (secret.reference in page, "不公开的这件事" in page) == (False, False)
    assert "每轮各多少份不公布" in page


def test_what_is_hidden_later_is_named_no_more(client: Client, cast: Cast) -> None:
    item = items.opened(title="滨江路路灯", proposers=(cast.resident,))
    row = publication(title=item.title)
    round_ = round_for(cast.resident, subject_kind="ledger_item", subject_key=item.reference)
    Round.objects.filter(pk=round_.pk).update(publication=row)
    pages = ["", "table.csv", "data.json", "feed/", f"{row.pk}/", f"{row.pk}/table.csv"]
    assert [item.title in text_of(client, f"/evaluations/{page}") for page in pages] == [True] * 6
    ledger_services.set_hidden(item=item, by=cast.committee, is_hidden=True, reason="复核")
    assert [item.title in text_of(client, f"/evaluations/{page}") for page in pages] == [False] * 6


def test_totals_follow_the_publications_and_are_mended_from_them(cast: Cast) -> None:
    publication(stars={"solved": [0, 0, 0, 4, 4]})
    publication((9, 0, 0), invited=None, source="member")
    publication((0, 0, 0), shows_counts=False, invited=None, kind="appraisal")
    [line] = published_figures(Chosen(kind="ledger")).totals
    assert [(cell.counts, cell.invited, cell.answered_of_invited) for cell in line.shown] == [
        ((5, 2, 1), 10, 8),
        ((9, 0, 0), 0, 0),
    ]
    assert line.cells[0].star_means == [("解决程度", "4.5")]
    assert totals_add_up()
    PublishedTotal.objects.update(satisfied=99)
    assert not totals_add_up()
    rebuild_totals()
    assert totals_add_up()
    assert published_figures(Chosen(kind="ledger")).totals == [line]

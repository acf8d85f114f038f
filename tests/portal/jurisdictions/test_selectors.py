"""Divisions by key, their labels, and the terms in force."""

from datetime import date

import pytest

from portal.jurisdictions.models import Division, TermsPeriod
from portal.jurisdictions.selectors import (
    ancestors,
    descendants,
    division_by_code,
    full_name,
    full_names,
    term,
    terms_by_division,
    terms_in_force,
    terms_kept,
)
from portal.jurisdictions.terms import UnknownTerm

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> dict[str, Division]:
    rows = [
        ("430000000000", "湖南省", "province", None),
        ("430100000000", "长沙市", "city", "430000000000"),
        ("430111000000", "雨花区", "county", "430100000000"),
        ("430111012000", "东山街道", "subdistrict", "430111000000"),
        ("430111012001", "联兴村", "community", "430111012000"),
        ("430300000000", "湘潭市", "city", "430000000000"),
        ("430381000000", "湘乡市", "county", "430300000000"),
        ("430381004000", "东山街道", "subdistrict", "430381000000"),
    ]
    made: dict[str, Division] = {}
    for code, name, level, parent in rows:
        made[code] = Division.objects.create(code=code, name=name, level=level, parent=made.get(parent or ""))
    return made


def value(content: object, **more: object) -> dict[str, object]:
    return {"value": content, **more}


def test_the_path_is_filled_from_the_parent(tree: dict[str, Division]) -> None:
    assert tree["430111012001"].path == "430000000000/430100000000/430111000000/430111012000/430111012001/"


def test_two_divisions_of_one_name_are_told_apart_by_code_and_label(tree: dict[str, Division]) -> None:
    assert division_by_code("430111012000") == tree["430111012000"]
    assert full_name(tree["430111012000"]) == "长沙市雨花区东山街道"
    assert full_name(tree["430381004000"]) == "湘潭市湘乡市东山街道"


def test_an_unknown_or_empty_code_is_nobody(tree: dict[str, Division]) -> None:
    assert [division_by_code(code) for code in ("", "999999999999", "东山街道")] == [None, None, None]


def test_labels_of_many_divisions_take_one_query(
    tree: dict[str, Division], django_assert_num_queries: pytest.FixtureRequest
) -> None:
    communities = list(Division.objects.filter(level__in=["community", "subdistrict"]))
    with django_assert_num_queries(1):
        labels = full_names(communities)
    assert sorted(labels.values()) == ["湘潭市湘乡市东山街道", "长沙市雨花区东山街道", "长沙市雨花区东山街道联兴村"]


def test_descendants_leave_the_division_itself_out_and_within_keeps_it(tree: dict[str, Division]) -> None:
    district = tree["430111000000"]
    assert [d.code for d in descendants(district)] == ["430111012000", "430111012001"]
    assert [d.code for d in Division.objects.within(district)] == ["430111000000", "430111012000", "430111012001"]


def test_ancestors_run_from_the_top_down(tree: dict[str, Division]) -> None:
    assert [d.name for d in ancestors(tree["430111012000"])] == ["湖南省", "长沙市", "雨花区"]


def test_a_division_without_a_code_lends_its_parents_nine_digits(tree: dict[str, Division]) -> None:
    new = Division.objects.create(local_id="L1", name="新街道", level="community", parent=tree["430381004000"])
    assert (new.key, new.nine_digits, division_by_code("L1")) == ("L1", "430381004", new)


def test_without_a_period_the_default_holds(tree: dict[str, Division]) -> None:
    assert term(tree["430111012000"], "return_workdays") == 3
    assert term(None, "return_workdays") == 3
    assert terms_in_force(tree["430111012000"]).entry("quorum_num").period is None


def test_each_key_comes_from_the_nearest_ancestor_that_states_it(tree: dict[str, Division]) -> None:
    TermsPeriod.objects.create(
        division=tree["430100000000"], values={"quorum_num": value(2), "quorum_den": value(3), "term_years": value(5)}
    )
    near = TermsPeriod.objects.create(division=tree["430111012000"], values={"term_years": value(3)})
    terms = terms_in_force(tree["430111012001"])
    assert (terms.quorum_num, terms["quorum_den"], terms.term_years) == (2, 3, 3)
    assert terms.entry("term_years").period == near
    assert term(tree["430381004000"], "quorum_num") is None


def test_a_nearer_older_period_outranks_a_newer_one_further_up(tree: dict[str, Division]) -> None:
    TermsPeriod.objects.create(
        division=tree["430111000000"], starts_on=date(2020, 1, 1), values={"term_years": value(4)}
    )
    TermsPeriod.objects.create(
        division=tree["430100000000"], starts_on=date(2025, 1, 1), values={"term_years": value(5)}
    )
    assert term(tree["430111012000"], "term_years", on=date(2026, 1, 1)) == 4


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2025, 3, 27), 1), (date(2025, 3, 28), 2), (date(2026, 1, 1), 2), (date(2026, 1, 2), 3)],
)
def test_a_period_holds_from_its_first_day(tree: dict[str, Division], day: date, expected: int) -> None:
    for starts_on, years in ((None, 1), (date(2025, 3, 28), 2), (date(2026, 1, 2), 3)):
        TermsPeriod.objects.create(
            division=tree["430381000000"], starts_on=starts_on, values={"term_years": value(years)}
        )
    assert term(tree["430381004000"], "term_years", on=day) == expected


def test_a_stated_none_hides_what_is_stated_further_up(tree: dict[str, Division]) -> None:
    TermsPeriod.objects.create(division=tree["430300000000"], values={"limit_months": value(6)})
    TermsPeriod.objects.create(division=tree["430381000000"], values={"limit_months": value(None, is_confirmed=False)})
    entry = terms_in_force(tree["430381004000"]).entry("limit_months")
    assert (entry.value, entry.is_confirmed, entry.shown) == (None, False, "未规定")


def test_an_unregistered_key_is_refused(tree: dict[str, Division]) -> None:
    with pytest.raises(UnknownTerm):
        term(tree["430111012000"], "no_such_term")


def test_terms_of_many_divisions_take_one_query(
    tree: dict[str, Division], django_assert_num_queries: pytest.FixtureRequest
) -> None:
    TermsPeriod.objects.create(division=tree["430100000000"], values={"term_years": value(5)})
    divisions = list(tree.values())
    with django_assert_num_queries(1):
        terms = terms_by_division(divisions)
    assert terms[tree["430111012001"].pk].term_years == 5


def test_one_request_asks_once_per_division_and_day(
    tree: dict[str, Division], django_assert_num_queries: pytest.FixtureRequest
) -> None:
    division = tree["430111012000"]
    with django_assert_num_queries(2):
        with terms_kept():
            term(division, "term_years")
            term(division, "quorum_num")
        term(division, "term_years")

"""All 108 clauses, word for word, and whom they bind."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from portal.jurisdictions.clauses import (
    Finding,
    Severity,
    Verdict,
    binds,
    clause,
    clauses,
    clauses_binding,
    evaluate,
    register_evaluator,
    registry,
)
from portal.jurisdictions.models import Division
from portal.jurisdictions.services.terms import apply_preset
from portal.jurisdictions.terms import definitions
from portal.jurisdictions.terms.presets import PRESETS

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
SEED_FILES = {"changsha": "changsha_2026-02-27.txt", "xiangxiang": "xiangxiang_2025-03-28.txt"}


def plain(text: str) -> str:
    """Without blanks, emphasis, quotation marks and editorial brackets; punctuation of one width."""
    text = re.sub(r"[\s*“”‘’]|\[.*?\]", "", text)
    return text.translate(str.maketrans(",:;()", "，：；（）"))


def test_there_are_exactly_108_clauses_with_complete_ids() -> None:
    ids = [f"C{n:02d}" for n in range(1, 52)] + [f"X{n:02d}" for n in range(1, 58)]
    assert list(clauses()) == ids
    assert len(ids) == 108


@pytest.mark.parametrize("clause_id", list(clauses()))
def test_every_quote_stands_in_its_document(clause_id: str) -> None:
    chosen = clause(clause_id)
    file = SEEDS / SEED_FILES[chosen.document.key]
    if not file.exists():
        pytest.skip("../shared/seeds is not on this machine: the source documents are not part of the repository")
    text = plain(file.read_text(encoding="utf-8"))
    assert chosen.quotes
    for quote in chosen.quotes:
        at = 0
        for part in re.split("…+", quote):
            found = text.find(plain(part), at)
            assert found >= 0, part
            at = found


def test_every_clause_has_a_section_and_a_severity() -> None:
    assert [c.id for c in clauses().values() if not c.section or c.severity not in Severity] == []


def test_every_parameter_is_a_term() -> None:
    assert {key for c in clauses().values() for key in c.parameters} - definitions().keys() == set()


def test_every_clause_that_a_term_or_a_preset_names_exists() -> None:
    named = {term.clause for term in definitions().values()}
    named |= {value.clause for preset in PRESETS.values() for value in preset.values.values()}
    assert named - {""} - clauses().keys() == set()


def test_a_preset_stands_on_clauses_of_its_own_document() -> None:
    for preset in PRESETS.values():
        foreign = {v.clause for v in preset.values.values() if v.clause and clause(v.clause).document.key != preset.key}
        assert foreign == set()


def test_a_document_binds_only_where_the_terms_adopt_it(changsha: Division, xiangxiang: Division) -> None:
    apply_preset(division=changsha, preset="changsha")
    apply_preset(division=xiangxiang, preset="xiangxiang")
    day = date(2026, 3, 10)
    assert {c.id[0] for c in clauses_binding(changsha, day)} == {"C"}
    assert {c.id[0] for c in clauses_binding(xiangxiang, day)} == {"X"}
    assert (len(clauses_binding(changsha, day)), len(clauses_binding(xiangxiang, day))) == (51, 57)


@pytest.mark.parametrize(("day", "expected"), [(date(2025, 3, 27), False), (date(2025, 3, 28), True)])
def test_xiangxiang_binds_from_the_day_it_came_into_force(xiangxiang: Division, day: date, expected: bool) -> None:
    apply_preset(division=xiangxiang, preset="xiangxiang")
    assert binds(clause("X01"), xiangxiang, day) is expected


def test_the_day_of_changshas_document_is_unknown_and_none_is_given() -> None:
    assert clause("C01").document.in_force_from is None


@pytest.fixture
def no_evaluators() -> Iterator[None]:
    kept = dict(registry._evaluators)
    registry._evaluators.clear()
    yield
    registry._evaluators.clear()
    registry._evaluators.update(kept)


def test_an_evaluator_is_asked_only_where_its_clause_binds(
    changsha: Division, xiangxiang: Division, no_evaluators: None
) -> None:
    apply_preset(division=xiangxiang, preset="xiangxiang")
    met = [Finding(Verdict.MET, "已开会")]
    register_evaluator("X01", lambda division, on: met)
    day = date(2026, 3, 10)
    assert evaluate("X01", xiangxiang, day) == met
    assert evaluate("X01", changsha, day) == [Finding(Verdict.NOT_APPLICABLE, "")]
    assert evaluate("X02", xiangxiang, day) == []


def test_two_evaluators_of_one_clause_and_unknown_clauses_are_refused(no_evaluators: None) -> None:
    register_evaluator("X01", lambda division, on: [])
    with pytest.raises(ValueError, match="two evaluators"):
        register_evaluator("X01", lambda division, on: [])
    with pytest.raises(KeyError):
        register_evaluator("X99", lambda division, on: [])

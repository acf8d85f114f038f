"""What a code says about itself, paths, numbers, phone lines. No database."""

from datetime import date

import pytest

from portal.jurisdictions import rules


@pytest.mark.parametrize(
    ("code", "name", "level", "parent"),
    [
        ("430000000000", "湖南省", "province", ""),
        ("430100000000", "长沙市", "city", "430000000000"),
        ("430381000000", "湘乡市", "county", "430300000000"),
        ("430381001000", "望春门街道", "subdistrict", "430381000000"),
        ("430381100000", "山枣镇", "township", "430381000000"),
        ("430381001001", "某社区", "community", "430381001000"),
    ],
)
def test_a_code_tells_its_level_and_parent(code: str, name: str, level: str, parent: str) -> None:
    assert (rules.level_of_code(code, name), rules.parent_code_of(code)) == (level, parent)


@pytest.mark.parametrize(
    "code", ["", "43038100100", "4303810010000", "43038100100x", "４３０３８１００１０００", "430381001000\n"]
)
def test_a_code_of_another_shape_is_refused(code: str) -> None:
    assert not rules.code_is_well_formed(code)


def test_paths_run_up_to_the_root() -> None:
    assert rules.paths_up("43/4301/430111/") == ["43/4301/430111/", "43/4301/", "43/"]


@pytest.mark.parametrize(
    ("starts_on", "has_begun", "is_backdated"),
    [
        (None, True, True),
        (date(2026, 3, 9), True, True),
        (date(2026, 3, 10), True, False),
        (date(2026, 3, 11), False, False),
    ],
)
def test_a_period_that_begins_today_has_begun_but_is_not_backdated(
    starts_on: date | None, has_begun: bool, is_backdated: bool
) -> None:
    today = date(2026, 3, 10)
    assert rules.period_has_begun(starts_on, today) is has_begun
    assert rules.start_is_backdated(starts_on, today) is is_backdated


def test_phone_lines_keep_their_label_and_dial_digits_only() -> None:
    lines = rules.phone_lines("值班室 0731-12345678\n\n12345\n（没有号码）\n投诉：０７３１－8765 4321")
    assert [(line.label, line.number, line.dial) for line in lines] == [
        ("值班室", "0731-12345678", "073112345678"),
        ("", "12345", "12345"),
        ("投诉", "0731-8765 4321", "073187654321"),
    ]

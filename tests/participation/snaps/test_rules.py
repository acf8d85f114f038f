import pytest

from participation.snaps.rules import format_number, in_pixels, is_box, is_number, number_series, position_of, title_of


def test_a_number_runs_per_division_and_year() -> None:
    number = format_number(number_series("430381001000", 2026), 7)
    assert (number, is_number(number), is_number("JY-430381001-2026-000007")) == (
        "SP-430381001-2026-000007",
        True,
        False,
    )


def test_a_rectangle_covers_every_pixel_it_touches_and_stays_inside() -> None:
    assert in_pixels((10.0, 10.0, 33.3, 80.0), 101, 60) == (10, 6, 44, 54)
    assert [is_box(box) for box in ((0, 0, 100, 100), (50, 0, 51, 10), (10, 10, 0, 5), (-1, 0, 5, 5))] == [
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize("typed", ["", "1;2", "91.00000,10.00000", "<b>", "27.1,181.5"])
def test_what_is_no_position_is_none(typed: str) -> None:
    assert position_of(typed) == ""
    assert position_of("27.73250,112.53100") == "27.73250,112.53100"


def test_the_title_is_the_first_clause() -> None:
    assert title_of("路灯不亮。晚上看不清") == "路灯不亮"

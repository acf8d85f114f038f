import pytest

from portal.lookup.rules import Asked, asked_code, asked_number, code_from_digest

FULL = Asked(number="JY-430381001-2026-000123")


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("JY-430381001-2026-000123", FULL),
        (" jy-430381001-2026-000123 ", FULL),
        ("ＪＹ－４３０３８１００１－２０２６－０００１２３", FULL),
        ("JY4303810012026000123", FULL),
        ("JY 430381001 2026 000123", FULL),
        ("JY—430381001—2026—000123", FULL),
        ("受理编号：JY-430381001-2026-000123", FULL),
        ("000123", Asked(last_six="000123")),
        ("０００１２３", Asked(last_six="000123")),
        ("123", Asked(last_six="000123")),
        ("0001234", None),
        ("JY-430381001-2026-0123", None),
        ("路灯", None),
        ("", None),
    ],
)
def test_a_number_is_understood_as_people_type_it(typed, asked):
    assert asked_number(typed) == asked


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("123456", "123456"),
        ("１２３ ４５６", "123456"),
        ("123-456", "123456"),
        ("12345", ""),
        ("1234567", ""),
        ("一二三", ""),
        ("١٢٣٤٥٦", ""),
    ],
)
def test_a_code_is_six_digits(typed, code):
    assert asked_code(typed) == code


def test_a_code_keeps_its_leading_zeros():
    assert code_from_digest(bytes(32)) == "000000"

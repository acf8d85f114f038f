from datetime import date

import pytest

from portal.accounts import rules

D = date.fromisoformat


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("13800000001", "13800000001"),
        ("+86 138-0000-0001", "13800000001"),
        ("008613800000001", "13800000001"),
        ("１３８ ００００ ０００１", "13800000001"),
        ("(0731) 5678 1234", "073156781234"),
        ("+860731-56781234", "073156781234"),
        ("", ""),
    ],
)
def test_sloppy_numbers_are_understood(typed, number):
    assert rules.normalised_phone(typed) == number


@pytest.mark.parametrize(("number", "answer"), [("13800000001", True), ("12800000001", False), ("1380000000", False)])
def test_a_mobile_has_eleven_digits(number, answer):
    assert rules.is_mobile(number) is answer


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张**"),
        ("欧阳文", "欧阳**"),
        ("欧阳", "欧**"),
        ("阿依古丽·买买提", "阿依古丽**"),
        (" 㮾 梨", "㮾**"),
        ("", ""),
    ],
)
def test_a_name_is_masked_to_its_surname(name, masked):
    assert rules.masked_name(name) == masked


@pytest.mark.parametrize(
    ("real_name", "nickname", "shows", "shown"),
    [
        ("", "", False, "居民"),
        ("张三", "", False, "居民 张**"),
        ("张三", "小河边", False, "居民 张**"),
        ("张三", "小河边", True, "小河边"),
        ("张三", "", True, "居民 张**"),
    ],
)
def test_the_nickname_is_shown_only_if_ticked(real_name, nickname, shows, shown):
    assert rules.shown_name(real_name=real_name, nickname=nickname, shows_nickname=shows) == shown


@pytest.mark.parametrize(
    ("nickname", "word"),
    [
        ("湘乡人大", "人大"),
        ("街 道 办-小王", "街道办"),
        ("ＡＤＭＩＮ", "admin"),
        ("客\u200b服", "客服"),
        ("小河边", ""),
    ],
)
def test_a_nickname_may_not_pass_for_an_organ(nickname, word):
    assert rules.reserved_word_in(nickname) == word


@pytest.mark.parametrize(
    ("a", "b", "answer"),
    [
        (("2026-01-01", "2026-03-31"), ("2026-04-01", None), False),
        (("2026-01-01", "2026-04-01"), ("2026-04-01", None), True),
        (("2026-01-01", None), ("2025-01-01", "2025-12-31"), False),
        (("2026-01-01", None), ("2030-01-01", None), True),
    ],
)
def test_periods_include_both_ends(a, b, answer):
    def ends(period):
        return D(period[0]), D(period[1]) if period[1] else None

    assert rules.periods_overlap(*ends(a), *ends(b)) is answer
    assert rules.periods_overlap(*ends(b), *ends(a)) is answer


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("director", "unit", True),
        ("unit", "committee", True),
        ("director", "committee", False),
        ("clerk", "unit", False),
    ],
)
def test_nobody_serves_the_committee_and_a_unit(one, other, answer):
    assert rules.duties_conflict(one, other) is answer


def test_nobody_appoints_administrators_auditors_or_superiors():
    assert rules.appointable_by(["director", "admin", "committee"]) & {"admin", "auditor", "superior"} == set()
    assert rules.appointable_by(["committee", "clerk"]) == frozenset()


def test_a_path_names_everything_above():
    assert rules.paths_up("43/4303/430381/") == ["43/", "43/4303/", "43/4303/430381/"]

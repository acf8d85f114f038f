import pytest

from participation.ledger.rules.categories import GROUPS, always_diverts, group_of
from participation.ledger.rules.diversion import CHANNELS, suggested_channels
from participation.ledger.rules.similarity import likely_words, likeness
from participation.proposals.models import Category, CategoryGroup
from participation.proposals.rules.message_rows import BadValue, clean_moment
from participation.proposals.rules.naming import (
    format_number,
    generated_title,
    is_number,
    number_series,
    short_number,
    words_after_title,
)


def test_a_number_is_prefix_division_year_and_six_digits():
    assert format_number(number_series("430381001000", 2026), 123) == "JY-430381001-2026-000123"


def test_a_division_without_a_code_counts_under_zeros():
    assert number_series("", 2026) == "JY-000000000-2026"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("JY-430381001-2026-000123", True),
        ("JY-430381001-2026-1000000", True),
        ("JY-43-2026-000123", False),
        ("", False),
    ],
)
def test_numbers_are_recognised(text, is_one):
    assert is_number(text) is is_one


def test_the_short_number_is_what_a_caller_reads_out():
    assert short_number("JY-430381001-2026-000123") == "000123"


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("路灯坏了", "路灯坏了"),
        ("路灯坏了。请修。", "路灯坏了"),
        ("路灯坏了！真的", "路灯坏了"),
        ("\n  第一行\n第二行", "第一行"),
        ("字" * 25, "字" * 25),
        ("字" * 26, "字" * 24 + "…"),
    ],
)
def test_a_title_left_out_is_the_first_clause_of_the_body(body, title):
    assert generated_title(body) == title


def test_the_groups_hold_each_of_the_24_labels_once_and_name_every_choice():
    labels = [label for members in GROUPS.values() for label in members]
    assert (sorted(labels), len(labels)) == (sorted(set(Category.values) - {"unsorted"}), 24)
    assert set(CategoryGroup.values) == {*GROUPS, "unsure"}


def test_eight_plain_groups_beside_discipline_and_unsure():
    assert len(set(CategoryGroup.values) - {"discipline", "unsure"}) == 8


def test_a_label_names_its_group():
    assert [group_of("transport"), group_of("finance"), group_of("unsorted")] == ["roads", "business_land", "unsure"]


def test_discipline_always_diverts():
    assert [
        always_diverts(category="cadre_discipline"),
        always_diverts(group="discipline"),
        always_diverts(category="housing", group="housing"),
    ] == [True, True, False]


def test_the_channels_have_the_right_phones():
    assert {key: channel.phone for key, channel in CHANNELS.items()} == {
        "hotline": "12345",
        "petition": "12345",
        "police": "110",
        "court": "12368",
        "discipline": "12388",
    }


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("邻居打人我要报警", "police"),
        ("法院判决不执行，申请强制执行", "court"),
        ("某主任受贿违纪", "discipline"),
        ("多次信访没有结果", "petition"),
        ("路灯坏了", None),
    ],
)
def test_the_text_hints_at_a_channel_and_never_decides(text, first):
    assert (suggested_channels(text) or [None])[0] == first


def test_the_discipline_category_suggests_12388_first():
    assert suggested_channels("法院判决", is_discipline_category=True) == ["discipline", "court"]


def test_filler_is_no_matter():
    assert likely_words("我们希望你们能") == []


def test_the_same_matter_is_likelier_than_another():
    asked = "小区电梯加装费用怎么分摊"
    assert likeness(asked, "老旧小区加装电梯，一楼费用如何分摊") > likeness(asked, "公交线路调整后不方便")
    assert likeness(asked, "") == 0.0


@pytest.mark.parametrize(
    ("title", "body", "beside"),
    [
        ("路灯坏了", "路灯坏了。晚上看不见。", "晚上看不见。"),
        ("路灯坏了", "路灯坏了", ""),
        ("修路灯", "路灯坏了。晚上看不见。", "路灯坏了。晚上看不见。"),
        ("路" * 24 + "…", "路" * 30, "…" + "路" * 6),
        ("", "路灯坏了", "路灯坏了"),
    ],
)
def test_a_title_made_of_the_body_is_not_said_twice(title, body, beside):
    assert words_after_title(title, body) == beside


@pytest.mark.parametrize(
    ("cell", "moment"),
    [(43529.5, "2019-03-05T12:00:00"), (43529, "2019-03-05T00:00:00"), ("43529.25", "2019-03-05T06:00:00")],
)
def test_a_date_whose_cell_lost_its_format_is_a_date(cell, moment):
    assert clean_moment(cell).isoformat() == moment


@pytest.mark.parametrize("cell", [7, 123456, "12345", -43529, "43529x"])
def test_a_number_that_is_no_day_of_our_time_is_refused(cell):
    with pytest.raises(BadValue):
        clean_moment(cell)


@pytest.mark.parametrize(
    ("asked", "other", "is_alike"),
    [
        ("东风小区七栋楼下有一个井盖松动了，请尽快修好", "请在东风小区建集中充电桩，价格贴出来，请尽快", False),
        ("滨江花园小区有人半夜唱歌", "滨江花园小区楼梯灯坏了一半", False),
        ("建设街的树枝挡住了窗户", "建设街边停车占了盲道", False),
        ("东风小区七栋楼下有一个井盖松动了", "书院街中段有个井盖松了，怕踩翻", True),
        ("建设街的路灯不亮", "东风路路灯不亮，看不见路", True),
        ("桃源小区没有地方给电动车充电", "请在新湘苑建集中充电桩，电动车有三十辆，充电要走十几分钟", True),
    ],
)
def test_the_same_place_alone_is_not_the_same_matter(asked, other, is_alike):
    assert (likeness(asked, other) >= 0.2) is is_alike

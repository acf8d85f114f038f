"""Recall per kind through the disguises people use, and what must be left alone. No database; own fixtures."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.wording.rules.personal_data import (
    REPLACEMENTS,
    find_personal_data,
    id_number_is_valid,
    luhn_is_valid,
    mask,
)


def found(text: str, is_official: bool = False) -> list[tuple[str, str]]:
    return [(hit.kind, text[hit.start : hit.end]) for hit in find_personal_data(text, is_official)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("请打13812345678。", [("mobile", "13812345678")]),
        ("电话138 1234 5678谢谢", [("mobile", "138 1234 5678")]),
        ("电话138-1234-5678", [("mobile", "138-1234-5678")]),
        ("电话(138)1234、5678", [("mobile", "138)1234、5678")]),
        ("电话１３８１２３４５６７８", [("mobile", "１３８１２３４５６７８")]),
        ("+86 138 1234 5678", [("mobile", "+86 138 1234 5678")]),
        ("8613812345678", [("mobile", "8613812345678")]),
        ("一三八一二三四五六七八", [("mobile", "一三八一二三四五六七八")]),
        ("幺三八1234伍陆柒捌", [("mobile", "幺三八1234伍陆柒捌")]),
        ("①③⑧①②③④⑤⑥⑦⑧", [("mobile", "①③⑧①②③④⑤⑥⑦⑧")]),
        ("1\u200b3\u200b812345678", [("mobile", "1\u200b3\u200b812345678")]),
        ("微信wx或13812345678/13987654321", [("mobile", "13812345678"), ("mobile", "13987654321")]),
        ("身份证11010519491231002X的", [("id_card", "11010519491231002X")]),
        ("110105 19491231 002x", [("id_card", "110105 19491231 002x")]),
        ("身份证号：110105194912310021", [("id_card", "110105194912310021")]),
        ("老证130503670401001。", [("id_card", "130503670401001")]),
        ("卡号6222 0200 0000 0000 000", [("bank_card", "6222 0200 0000 0000 000")]),
        ("6222-0200-0000-0000-000", [("bank_card", "6222-0200-0000-0000-000")]),
        ("车牌湘A12345乱停", [("plate", "湘A12345")]),
        ("湘AD12345", [("plate", "湘AD12345")]),
        ("湘A·F1234D", [("plate", "湘A·F1234D")]),
        ("湘 C 1 2 3 4 挂", [("plate", "湘 C 1 2 3 4 挂")]),
        ("粵B12345", [("plate", "粵B12345")]),
        ("写信给 zhang.san@example.com 吧", [("email", "zhang.san@example.com")]),
        ("ｚｈａｎｇ＠ｑｑ．ｃｏｍ", [("email", "ｚｈａｎｇ＠ｑｑ．ｃｏｍ")]),
        ("zhang [at] qq.com", [("email", "zhang [at] qq.com")]),
        ("138\n0013\n8000", [("mobile", "138\n0013\n8000")]),
        ("138📞0013📞8000", [("mobile", "138📞0013📞8000")]),
        ("我家电话0731-84412345", [("landline", "0731-84412345")]),
        ("（0731）84412345", [("landline", "（0731）84412345")]),
        ("联系电话：8441 2345", [("landline", "8441 2345")]),
        ("座机010 64412345转803", [("landline", "010 64412345转803")]),
        ("社区让我打我家里的座机0731-84412345", [("landline", "0731-84412345")]),
    ],
)
def test_personal_data_is_found_where_it_stands(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "请拨打12345热线，火警119，报警110，400-123-4567，95598",
        "街道办公室电话0731-84412345",
        "单位电话：0731-84412345",
        "物业服务中心 0731-84412345 一直没人接",
        "详询可致电县人社局(联系电话：0735-5537633)",
        "2019/5/10 14:56:53 发布",
        "2026年3月10日，共1380000元，138平方米",
        "电费 180 360 720 元，水4.23一吨",
        "合同编号 20190510145653001234",
        "订单号123456789012345678",
        "A2区5G基站离3栋太近，G2栋320",
        "新增停车位12345个，云计算B12345678平台",
        "受理编号 JY-430381001-2026-000123",
        "一三五单号限行，二四六双号限行，二〇二六年一月一日起",
        "邮箱 jiedao@changsha.gov.cn",
        "面积：8441.2345亩",
        "[手机号已隐去]",
    ],
)
def test_public_numbers_and_ordinary_figures_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_units_reply_keeps_its_landline_but_not_a_persons() -> None:
    assert found("如有疑问请致电0731-84412345。", is_official=True) == []
    assert found("如有疑问请致电0731-84412345。") == [("landline", "0731-84412345")]
    assert found("您反映人李先生0731-84412345", is_official=True) == [("landline", "0731-84412345")]
    assert found("联系人13812345678", is_official=True) == [("mobile", "13812345678")]


def test_masking_replaces_in_place_and_a_second_time_changes_nothing() -> None:
    masked = mask("我是张三，电话138 1234 5678，邮箱a@b.com。")
    assert masked.text == "我是张三，电话[手机号已隐去]，邮箱[邮箱已隐去]。"
    assert [(hit.kind, hit.start, hit.end) for hit in masked.hits] == [("mobile", 7, 20), ("email", 23, 30)]
    assert mask(masked.text).text == masked.text
    assert mask(masked.text).hits == ()


def test_check_digits() -> None:
    assert id_number_is_valid("11010519491231002X")
    assert not id_number_is_valid("110105194912310021")
    assert not id_number_is_valid("99010519491231002X")
    assert not id_number_is_valid("11010519491331002X")
    assert luhn_is_valid("6222020000000000000")
    assert not luhn_is_valid("6222020000000000001")


# --- every kind through every disguise ------------------------------------------------------------------------
DIGITS = {"full": "０１２３４５６７８９", "spelt": "零一二三四五六七八九", "capital": "零壹贰叁肆伍陆柒捌玖"}
gaps = st.text(st.sampled_from(" 　-－—.·\u200b\u200d\ufeff\u2060"), max_size=3)


def full_width(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def with_check_digit(body: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


def with_luhn(body: str) -> str:
    return next(body + str(last) for last in range(10) if luhn_is_valid(body + str(last)))


mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
id_cards = st.builds(
    lambda area, born, order: with_check_digit(f"{area}{born:%Y%m%d}{order:03}"),
    st.sampled_from(["430103", "430381", "110105", "440304"]),
    st.dates(date(1930, 1, 1), date(2020, 1, 1)),
    st.integers(0, 999),
)
bank_cards = st.from_regex(r"62[0-9]{13,16}", fullmatch=True).map(with_luhn)
plates = st.from_regex(r"[湘粤京]([A-HJ-N][0-9]{5}|[A-H]D[0-9]{5}|[A-H][A-HJ-NP-Z][0-9]{4})", fullmatch=True)
emails = st.from_regex(r"[a-z][a-z0-9]{2,8}@[a-z]{2,6}\.(com|cn|net)", fullmatch=True)
landlines = st.from_regex(r"07(31|32)-[2-8][0-9]{6,7}", fullmatch=True)
AROUND = ("大家好，我反映一下小区电梯的事情：", "。谢谢！")


def the_only_hit(number: str, kind: str) -> None:
    text = AROUND[0] + number + AROUND[1]
    hits = find_personal_data(text)
    assert [(hit.kind, text[hit.start : hit.end]) for hit in hits] == [(kind, number)]
    assert mask(text).text == AROUND[0] + REPLACEMENTS[kind] + AROUND[1]


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        ("mobile", mobiles),
        ("id_card", id_cards),
        ("bank_card", bank_cards),
        ("plate", plates),
        ("email", emails),
        ("landline", landlines),
    ],
)
def test_plain_and_full_width_forms_are_found_whole(kind: str, numbers: st.SearchStrategy[str]) -> None:
    @settings(max_examples=60)
    @given(numbers)
    def run(number: str) -> None:
        the_only_hit(number, kind)
        the_only_hit(full_width(number), kind)

    run()


@pytest.mark.parametrize(("kind", "numbers"), [("mobile", mobiles), ("id_card", id_cards), ("bank_card", bank_cards)])
def test_separators_anywhere_do_not_hide_a_number(kind: str, numbers: st.SearchStrategy[str]) -> None:
    @settings(max_examples=60)
    @given(numbers, st.data())
    def run(number: str, data: st.DataObject) -> None:
        parts = [char + data.draw(gaps) for char in number[:-1]]
        the_only_hit("".join(parts) + number[-1], kind)

    run()


@given(mobiles, st.data())
def test_spelt_out_digits_do_not_hide_a_mobile_number(number: str, data: st.DataObject) -> None:
    spelt = "".join(data.draw(st.sampled_from(list(DIGITS.values())))[int(digit)] for digit in number)
    the_only_hit(spelt, "mobile")


@given(st.text())
def test_any_text_can_be_masked_and_hits_never_overlap(text: str) -> None:
    masked = mask(text)
    ends = [0]
    for hit in masked.hits:
        assert ends[-1] <= hit.start < hit.end <= len(text)
        ends.append(hit.end)


@pytest.mark.parametrize(
    "text", ["1 " * 5000, "1-" * 5000, "a@" * 5000, "a." * 5000 + "@", "0731" * 3000, "湘A" * 4000]
)
def test_hostile_text_takes_no_longer_than_a_second(text: str) -> None:
    start = time.perf_counter()
    find_personal_data(text)
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize("name", ["张三", "王五", "李四", "第一", "小六"])
def test_a_name_that_ends_in_a_numeral_hides_no_number(name):
    assert mask(f"{name}13812345678").text == f"{name}[手机号已隐去]"

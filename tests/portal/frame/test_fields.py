"""Fields take what people really type, and refuse the rest with a sentence that helps."""

import pytest
from django.core.exceptions import ValidationError

from portal.frame.fields import CodeField, CountedCharField, NormalisedCharField, PhoneField


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("　加装电梯　", "加装电梯"),
        ("ＡＢ１２３", "AB123"),
        ("电梯，好不好？", "电梯，好不好？"),
        ("电\u200b梯\ufeff", "电梯"),
        ("ａ＠ｂ.cn", "a@b.cn"),
    ],
)
def test_text_is_normalised_and_chinese_punctuation_stays(typed: str, kept: str) -> None:
    assert NormalisedCharField().clean(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13812345678", "13812345678"),
        ("１３８ １２３４ ５６７８", "13812345678"),
        ("+86 138-1234-5678", "13812345678"),
        ("008613812345678", "13812345678"),
        ("12000000000", "12000000000"),
        ("（0731）8866 0000", "073188660000"),
        ("0731—88660000", "073188660000"),
        ("88660000", "88660000"),
        ("400 810 8888", "4008108888"),
    ],
)
def test_phone_numbers_as_people_write_them(typed: str, kept: str) -> None:
    assert PhoneField().clean(typed) == kept


@pytest.mark.parametrize(
    "typed", ["123", "1381234567", "138123456789", "abc", "0731", "１３８x２３４５６７８", "٠٧٣١٨٨٦٦٠٠٠٠"]
)
def test_other_numbers_are_refused(typed: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        PhoneField().clean(typed)
    assert refusal.value.messages == ["请填写11位手机号码，或带区号的固定电话，如 0731-88660000"]


def test_a_landline_is_refused_where_a_code_must_be_sent() -> None:
    with pytest.raises(ValidationError) as refusal:
        PhoneField(mobile_only=True).clean("0731-88660000")
    assert refusal.value.messages == ["请填写11位手机号码"]


def test_an_optional_phone_may_be_empty() -> None:
    assert PhoneField(required=False).clean("  ") == ""


@pytest.mark.parametrize(("typed", "kept"), [("４８２ ９１３", "482913"), ("482-913", "482913")])
def test_a_code_is_six_digits_however_typed(typed: str, kept: str) -> None:
    assert CodeField().clean(typed) == kept


@pytest.mark.parametrize("typed", ["48291", "4829133", "48291a", "四八二九一三"])
def test_a_code_that_is_not_six_digits_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        CodeField().clean(typed)
    assert refusal.value.messages == ["请填写6位数字"]


def test_a_long_text_says_by_how_much_and_a_line_break_counts_once() -> None:
    field = CountedCharField(count_limit=4)
    assert field.clean("一二\r\n三") == "一二\r\n三"
    with pytest.raises(ValidationError) as refusal:
        field.clean("一二三四五六")
    assert refusal.value.messages == ["超出2个字，请缩短到4字以内"]

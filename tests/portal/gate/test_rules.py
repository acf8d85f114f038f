import pytest

from portal.gate import rules


@pytest.mark.parametrize(
    ("number", "words"), [(0, "零"), (8, "八"), (10, "十"), (11, "十一"), (18, "十八"), (20, "二十"), (42, "四十二")]
)
def test_numbers_are_said_as_spoken(number, words):
    assert rules.in_words(number) == words
    assert rules.normalised_answer(words) == str(number)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("8", "8"),
        ("８", "8"),
        (" 0 8 ", "8"),
        ("=8", "8"),
        ("等于八", "8"),
        ("八。", "8"),
        ("两", "2"),
        ("abc", "abc"),
        ("", ""),
    ],
)
def test_an_answer_is_understood_as_typed(typed, meant):
    assert rules.normalised_answer(typed) == meant


@pytest.mark.parametrize(("challenge", "words"), [("3+5=", "三加五等于几？"), ("9-9=", "九减九等于几？")])
def test_the_words_ask_what_the_image_asks(challenge, words):
    assert rules.question_in_words(challenge) == words


def test_a_challenge_that_cannot_be_said_is_refused():
    with pytest.raises(ValueError, match=r"3\*5="):
        rules.question_in_words("3*5=")

"""The word list through separators, invisible characters and traditional forms; the database only for the list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.wording.models import WordEntry
from portal.wording.rules import Hit, Matcher, Word, compact
from portal.wording.selectors import matcher, word_hits

LIST = Matcher(
    [Word("代开发票", "review", "advertising"), Word("混蛋", "note", "abuse"), Word("sb", "review", "abuse")]
)
gaps = st.text(st.sampled_from(" 　-*.，\u200b\u200d\ufeff"), max_size=3)


def found(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in LIST.hits(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("专业代开发票，量大从优", ["代开发票"]),
        ("代 开 發 票", ["代 开 發 票"]),
        ("代\u200b开*发*票", ["代\u200b开*发*票"]),
        ("代。开。发。票。", ["代。开。发。票"]),
        ("请他代开。发票丢了", []),
        ("你这混 蛋", ["混 蛋"]),
        ("ＳＢ一个", ["ＳＢ"]),
        ("usb接口坏了", []),
        ("S.B！", ["S.B"]),
        ("蛋炒饭", []),
        ("", []),
    ],
)
def test_words_are_found_through_disguises_and_not_across_sentences(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@given(st.lists(gaps, min_size=3, max_size=3), st.text(max_size=20))
def test_any_mild_separators_still_match_and_offsets_slice_the_original(between: list[str], before: str) -> None:
    spelt = "代" + between[0] + "开" + between[1] + "发" + between[2] + "票"
    text = before + "\n" + spelt
    assert spelt in [text[hit.start : hit.end] for hit in LIST.hits(text)]


@given(
    st.tuples(*(st.sampled_from(forms) for forms in ("代", "开開", "发發", "票"))),
    st.lists(gaps, min_size=3, max_size=3),
    st.text("路灯。ａ1\u200b㎡ﬁ", max_size=12),
)
def test_traditional_forms_with_separators_after_letters_that_unfold_to_several(
    signs: tuple[str, ...], between: list[str], before: str
) -> None:
    spelt = "".join(sign + gap for sign, gap in zip(signs, [*between, ""], strict=True))
    assert found(f"{before}\n{spelt}") == [spelt]


@given(st.sampled_from([("s", "b"), ("Ｓ", "ｂ"), ("ｓ", "B")]), gaps)
def test_full_width_latin_is_found_and_offsets_slice_the_original(letters: tuple[str, str], gap: str) -> None:
    first, last = letters
    assert found(f"你{first}{gap}{last}吗") == [f"{first}{gap}{last}"]


def test_of_two_forms_of_one_word_the_stronger_level_counts() -> None:
    twice = Matcher([Word("賭博", "note"), Word("赌博", "block"), Word("赌 博", "review")])
    assert twice.hits("网络赌博") == [Hit(2, 4, "", "block", "赌博")]


def test_a_longer_hit_covers_a_shorter_one_only_at_its_own_level_or_below() -> None:
    weaker_inside = Matcher([Word("发票", "note"), Word("代开发票", "review")])
    assert [hit.word for hit in weaker_inside.hits("代开发票")] == ["代开发票"]
    stronger_inside = Matcher([Word("发票", "block"), Word("代开发票", "review")])
    assert [hit.word for hit in stronger_inside.hits("代开发票")] == ["代开发票", "发票"]


def test_an_entry_of_signs_alone_matches_nothing() -> None:
    assert compact("。，*") == ""
    assert Matcher([Word("***", "block")]).hits("***") == []


@pytest.mark.django_db
def test_the_list_is_read_anew_when_it_changes(django_assert_num_queries) -> None:
    WordEntry.objects.all().delete()
    entry = WordEntry.objects.create(word="刷单", level="review", kind="advertising")
    assert word_hits("兼职刷单") == [Hit(2, 4, "advertising", "review", "刷单")]
    with django_assert_num_queries(1):
        assert matcher().hits("无") == []
    entry.is_active = False
    entry.save()
    assert word_hits("兼职刷单") == []
    WordEntry.objects.all().delete()
    assert word_hits("兼职刷单") == []

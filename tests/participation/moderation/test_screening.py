"""Why a text is read first, and what the reviewer sees of the differences."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from participation.moderation.rules import count_in_words, share_in_words
from participation.moderation.rules.differences import differences
from participation.moderation.rules.screening import AuthorFacts, ReviewReason, reasons_for_review

KNOWN = AuthorFacts(published=3, days_registered=40, recent=1)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("看 https://example.com/a", ReviewReason.LINK),
        ("上 www.abc.example 看看", ReviewReason.LINK),
        ("打折 abc123.top 快来", ReviewReason.LINK),
        ("加微信 abcd12345", ReviewReason.LINK),
        ("ＶＸ：ａｂｃｄ１２３４５", ReviewReason.LINK),
        ("QQ群号:123456789", ReviewReason.LINK),
        ("打我 0731 8866 0000", ReviewReason.NUMBER),
        ("１３９－１２３４－５６７８", ReviewReason.NUMBER),
    ],
)
def test_a_pattern_sends_to_review(text: str, reason: ReviewReason) -> None:
    assert reason in reasons_for_review(text, [], KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "建议在东门装灯。",
        "2026年5月1日以后再装",
        "3栋2单元，12345也打过",
        "路宽3.5米，长120米",
        "K12路公交改线",
    ],
)
def test_plain_words_of_a_known_author_do_not(text: str) -> None:
    assert reasons_for_review(text, ["note"], KNOWN) == frozenset()


@pytest.mark.parametrize(
    ("author", "reason"),
    [
        (AuthorFacts(published=0, days_registered=40, recent=1), ReviewReason.FIRST),
        (AuthorFacts(published=3, days_registered=2, recent=1), ReviewReason.NEW_ACCOUNT),
        (AuthorFacts(published=3, days_registered=40, recent=5), ReviewReason.BURST),
        (AuthorFacts(published=3, days_registered=40, recent=1, repeats=2), ReviewReason.REPEATED),
    ],
)
def test_who_writes_counts_as_well(author: AuthorFacts, reason: ReviewReason) -> None:
    assert reasons_for_review("建议装灯", [], author) == {reason}


@pytest.mark.parametrize(
    ("level", "reason"),
    [("block", ReviewReason.WORD), ("review", ReviewReason.WORD), ("personal", ReviewReason.PERSONAL)],
)
def test_a_listed_word_and_personal_data_send_to_review(level: str, reason: ReviewReason) -> None:
    assert reasons_for_review("建议装灯", [level], KNOWN) == {reason}


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_differences_hold_both_texts_and_nothing_else(original: str, public: str) -> None:
    pieces = differences(original, public)
    if original == public:
        assert pieces == []
        return
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == original
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == public


def test_long_texts_are_compared_by_sentences() -> None:
    original = "第一句。" * 1000 + "联系人张三。"
    pieces = differences(original, "第一句。" * 1000)
    assert [piece.text for piece in pieces if piece.kind == "gone"] == ["联系人张三。"]


def test_small_figures_are_not_named() -> None:
    assert (count_in_words(4), count_in_words(5)) == ("不足5", "5")
    assert (share_in_words(1, 19), share_in_words(1, 20), share_in_words(1, 3 * 20)) == ("—", "5.0%", "1.7%")


def test_real_messages_are_rarely_held_up_by_a_pattern(shared_data: Path) -> None:
    """3,571 real messages without mobile or ID numbers: what is held is landlines and links, one in thirty."""
    held = total = 0
    for name in ("messages_with_votes.xlsx", "messages_with_replies.xlsx"):
        rows = load_workbook(shared_data / name, read_only=True).active.iter_rows(min_row=2, values_only=True)  # type: ignore[union-attr]  # it has a sheet
        for _number, _user, title, _at, body, *_rest in rows:
            total += 1
            held += bool(reasons_for_review(f"{title} {body}", [], KNOWN))
    assert total > 3000
    assert held / total < 0.035

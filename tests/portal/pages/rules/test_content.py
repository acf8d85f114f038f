"""What is found in a text before it is published, and whether it blocks."""

import pytest

from portal.pages.rules.content import Piece, check, is_vague
from portal.wording.rules import Matcher, Word

WORDS = Matcher([Word("秘密代号", "block"), Word("震惊", "review"), Word("加微信", "note")])


def codes(text: str, **kwargs: bool) -> list[tuple[str, bool]]:
    return [(found.code, found.blocks) for found in check([Piece("body", "正文", text, 0, **kwargs)], WORDS)]


def test_words_that_are_only_the_pictures_title_are_asked_about() -> None:
    piece = Piece("body", "图片", "测试照片", 0, is_alt=True, picture_title="测试照片")
    assert [(found.code, found.blocks) for found in check([piece], Matcher([]))] == [("alt_is_title", False)]


@pytest.mark.parametrize("words", ["点击这里", "更多", " 查看 详情》》 ", "这里", "Click here", "附件"])
def test_words_that_say_nothing_about_the_target_are_vague(words: str) -> None:
    assert is_vague(words) is True


@pytest.mark.parametrize("words", ["2026年议事工作计划", "查看全部建议", "附件1：报名表", "更多接待时间"])
def test_words_that_name_the_target_are_not(words: str) -> None:
    assert is_vague(words) is False


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("联系张先生13812345678", [("personal_block", True)]),
        ("身份证430381199001011235", [("personal_block", True)]),
        ("请拨打12345或街道办公室0731-52345678", []),
        ("邮箱 zhangsan@example.com", [("personal_review", False)]),
        ("秘密代号甲", [("word_block", True)]),
        ("震惊！", [("word_review", False)]),
        ("加微信", []),
    ],
)
def test_personal_data_and_listed_words_by_level(text: str, found: list[tuple[str, bool]]) -> None:
    assert codes(text) == found


def test_links_are_judged_by_their_words_and_html_is_read_as_text() -> None:
    html = (
        '<p>方案见<a href="/a/">这里</a>，<a href="/b/"><b>停车方案比较表</b></a>。</p><p>138&nbsp;1234&nbsp;5678</p>'
    )
    assert codes(html, is_html=True) == [("vague_link", True), ("personal_block", True)]


@pytest.mark.parametrize(
    ("alt", "found"),
    [
        ("", [("no_alt", True)]),
        ("IMG_2034", [("alt_is_file_name", True)]),
        ("微信图片_20260310", [("alt_is_file_name", True)]),
        ("现场.jpg", [("alt_is_file_name", True)]),
        ("居民围着展板看停车方案", []),
    ],
)
def test_a_picture_needs_words_that_are_not_its_file_name(alt: str, found: list[tuple[str, bool]]) -> None:
    assert codes(alt, is_alt=True) == found


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p> </p>", [("no_words", True)]),
        ("<p>&nbsp;\u3000</p><ul><li>&#8203;</li></ul>", [("no_words", True)]),
        ("<p>三月十日开会。</p><p></p>", []),
    ],
)
def test_a_paragraph_without_words_is_none(html: str, found: list[tuple[str, bool]]) -> None:
    assert codes(html, is_html=True) == found

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search.text import Term, highlight, index_text, index_tokens, match_places, query_terms


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("加装电梯", ["加装", "装电", "电梯", "梯"]),
        ("Ａ2区", ["a2", "2区", "区"]),
        ("电,梯", ["电", "梯"]),
        ("𠮷里", ["u020bb7里", "里"]),
        ("。_ ", []),
    ],
)
def test_every_character_begins_one_token(text: str, tokens: list[str]) -> None:
    assert index_tokens(text) == tokens


def test_each_character_is_also_indexed_alone() -> None:
    assert index_text("电梯,电") == "电梯 梯 电 uu梯 uu电"


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("加装电梯", [Term(("加装", "装电", "电梯"))]),
        ("梯", [Term(("uu梯",))]),
        ("𠮷", [Term(("uuu020bb7",))]),
        ("电,梯", [Term(("电", "梯"), is_open=True)]),
        ("老旧,小区", [Term(("老旧", "旧", "小区"))]),
        ("电梯 电梯 ＡＢ", [Term(("电梯",)), Term(("ab",))]),
        ('"', []),
        ("", []),
    ],
)
def test_a_query_becomes_phrases(query: str, terms: list[Term]) -> None:
    assert query_terms(query) == terms


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("老旧小区加装电梯", "电梯", "老旧小区加装<mark>电梯</mark>"),
        ("Ａ２区的a2区", "A2区", "<mark>Ａ２区</mark>的<mark>a2区</mark>"),
        ("無障礙坡道", "无障碍", "<mark>無障礙</mark>坡道"),
        ("电\u200b梯", "电梯", "<mark>电\u200b梯</mark>"),
        ("老旧、小区", "老旧,小区", "<mark>老旧、小区</mark>"),
        ("电梯电梯", "电梯", "<mark>电梯电梯</mark>"),
        ("<b>电梯</b>&", "电梯 b", "&lt;<mark>b</mark>&gt;<mark>电梯</mark>&lt;/<mark>b</mark>&gt;&amp;"),
        ("<script>", "", "&lt;script&gt;"),
        ("电梯", '"', "电梯"),
        ("A+B", "a+b", "<mark>A+B</mark>"),
    ],
)
def test_the_words_are_marked_in_the_original(text: str, query: str, marked: str) -> None:
    assert highlight(text, query) == marked


def test_a_snippet_surrounds_the_first_match() -> None:
    text = "甲" * 50 + "电梯" + "乙" * 50
    assert highlight(text, "电梯", width=12) == "…甲甲甲甲<mark>电梯</mark>乙乙乙乙乙乙…"
    assert highlight(text, "丙", width=5) == "甲甲甲甲甲…"
    assert highlight("短文电梯", "电梯", width=12) == "短文<mark>电梯</mark>"
    assert highlight("甲" * 9 + "电梯", "电梯", width=6) == "…甲甲甲甲<mark>电梯</mark>"


@given(st.text(), st.text(max_size=10))
def test_marking_loses_and_invents_nothing(text: str, query: str) -> None:
    places = match_places(text, query)
    assert places == sorted(places)
    assert all(0 <= start < end <= len(text) for start, end in places)
    plain = highlight(text, query).replace("<mark>", "").replace("</mark>", "")
    assert plain == highlight(text, "")

from hypothesis import given
from hypothesis import strategies as st

from portal.hanzi.rules import fold, fold_with_origins


def test_forms_that_look_alike_fold_to_one() -> None:
    assert fold("ＡＢＣ１２３") == "abc123"
    assert fold("①❷⑶𝟒٥") == "12(3)45"
    assert fold("電\u200b梯\ufe0f改\u00ad造") == "电梯改造"
    assert fold("Café") == fold("Cafe\u0301") == "cafe"
    assert fold("湘\u3164鄉") == "湘 乡"


def test_rare_characters_of_real_names_stay() -> None:
    assert fold("㮾梨街道育塅乡") == "㮾梨街道育塅乡"
    assert fold("𠮷") == "𠮷"


def test_a_place_leads_back_to_the_original() -> None:
    folded = fold_with_origins("㈱电\u200b\u200b梯")
    assert folded.text == "(株)电梯"
    assert folded.span(0, 3) == (0, 1)
    assert folded.span(3, 5) == (1, 5)


@given(st.text())
def test_folding_is_stable_and_has_one_origin_per_character(text: str) -> None:
    folded = fold_with_origins(text)
    assert folded.text == fold(text) == fold(folded.text)
    assert len(folded.text) == len(folded.origins)
    assert folded.origins == sorted(folded.origins)
    assert all(index < len(text) for index in folded.origins)

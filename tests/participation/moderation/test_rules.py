from participation.moderation.rules import MarkedPiece, marked_pieces, needs_reason
from participation.moderation.states import MOVES, ReviewState, Verb, may_become


def hit(start, end, level="note"):
    return {"start": start, "end": end, "level": level, "kind": "k"}


def test_the_original_is_cut_at_the_hits():
    assert marked_pieces("abcdef", [hit(1, 3)]) == [
        MarkedPiece("a"),
        MarkedPiece("bc", "note", "k"),
        MarkedPiece("def"),
    ]


def test_of_overlapping_hits_the_more_severe_wins():
    pieces = marked_pieces("abcdef", [hit(0, 4, "block"), hit(2, 6, "note")])
    assert [(p.text, p.level) for p in pieces] == [("abcd", "block"), ("ef", "note")]


def test_the_pieces_are_the_whole_text_whatever_the_hits():
    for hits in ([], [hit(-1, 3)], [hit(3, 99)], [hit(2, 2)], [hit(0, 6, "block"), hit(0, 6, "personal")]):
        assert "".join(p.text for p in marked_pieces("abcdef", hits)) == "abcdef"
    assert marked_pieces("", []) == []


def test_four_verbs_need_a_reason():
    assert {verb for verb in Verb if needs_reason(verb)} == {Verb.RETURN, Verb.REJECT, Verb.TRANSFER, Verb.HIDE}


def test_a_decided_review_comes_back_only_from_a_return_an_edit_or_a_granted_appeal():
    comes_back = {state for state in ReviewState if may_become(state, ReviewState.WAITING)}
    assert comes_back == {
        ReviewState.RETURNED,
        ReviewState.PUBLISHED,
        ReviewState.REJECTED,
        ReviewState.DIVERTED,
    }
    assert set(MOVES) == set(ReviewState)

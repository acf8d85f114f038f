"""The verbs of a round. Owners call them after asking their own permissions."""

from .answering import forget_words, give_answer, join_open_roll
from .closing import close_due_rounds, close_round, confirm_result
from .comments import release_comment, review_comment, take_comment
from .opening import NewRound, add_rater, open_round
from .paper import count_paper, hand_out_paper
from .publishing import correct_publication, publish_due, publish_round

__all__ = [
    "NewRound", "add_rater", "close_due_rounds", "close_round", "confirm_result", "correct_publication", "count_paper",
    "forget_words", "give_answer", "hand_out_paper", "join_open_roll", "open_round", "publish_due", "publish_round",
    "release_comment", "review_comment", "take_comment",
]  # fmt: skip

"""Reads of rounds, what waits to be published, and what was published."""

from .publication import Published, publication_shown, result_in_words, rule_in_words
from .published import (
    Cell,
    Chosen,
    Evaluations,
    Line,
    cell_of,
    definition_of,
    label_of,
    periods_published,
    published_figures,
    table_headings,
    title_of,
    totals_add_up,
    units_published,
    with_titles,
)
from .rolls import RollEntry, match_roll
from .rounds import (
    has_answered,
    in_chunks,
    paper_agreed,
    rater_of,
    result_of,
    stars_of_rounds,
    tally_of,
    tally_of_rounds,
)
from .waiting import waiting_rounds

__all__ = [
    "Cell",
    "Chosen",
    "Evaluations",
    "Line",
    "Published",
    "RollEntry",
    "cell_of",
    "definition_of",
    "has_answered",
    "in_chunks",
    "label_of",
    "match_roll",
    "paper_agreed",
    "periods_published",
    "publication_shown",
    "published_figures",
    "rater_of",
    "result_in_words",
    "result_of",
    "rule_in_words",
    "stars_of_rounds",
    "table_headings",
    "tally_of",
    "tally_of_rounds",
    "title_of",
    "totals_add_up",
    "units_published",
    "waiting_rounds",
    "with_titles",
]

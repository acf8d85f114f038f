"""Words of a list in free text, through separators, invisible characters, full width and traditional forms."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import ahocorasick_rs

from portal.hanzi.rules import fold, fold_with_origins

LEVELS = ("block", "review", "note")  # strongest first
MAX_GAP = 3
_SENTENCE_END = frozenset("。！!？?;；…\n\r")


@dataclass(frozen=True, slots=True)
class Word:
    word: str
    level: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """`text[start:end]` of the original is this entry of the list."""

    start: int
    end: int
    kind: str
    level: str
    word: str


def compact(text: str) -> str:
    """A word as it is compared: folded, letters and digits only."""
    return re.sub(r"[\W_]+", "", fold(text))


class Matcher:
    """Built once from a list and used for many texts."""

    def __init__(self, words: Iterable[Word]) -> None:
        by_form: dict[str, Word] = {}
        for word in words:
            form = compact(word.word)
            known = by_form.get(form)
            if form and (known is None or LEVELS.index(word.level) < LEVELS.index(known.level)):
                by_form[form] = word
        self._forms = list(by_form)
        self._words = list(by_form.values())
        self._automaton = ahocorasick_rs.AhoCorasick(self._forms) if self._forms else None

    def hits(self, text: str) -> list[Hit]:
        """In order of place; a hit inside a longer one of at least the same level is left out."""
        if self._automaton is None:
            return []
        folded = fold_with_origins(text)
        places = [place for place, char in enumerate(folded.text) if char.isalnum()]
        bare = "".join(folded.text[place] for place in places)
        found = []
        for index, start, end in self._automaton.find_matches_as_indexes(bare, overlapping=True):
            if _is_one_word(folded.text, places[start:end], self._forms[index]):
                word = self._words[index]
                span = folded.span(places[start], places[end - 1] + 1)
                found.append(Hit(*span, kind=word.kind, level=word.level, word=word.word))
        found.sort(key=lambda hit: (hit.start, -hit.end))
        return [hit for hit in found if not any(_covers(other, hit) for other in found)]


def _is_one_word(text: str, places: list[int], form: str) -> bool:
    """Not stitched together from two sentences, nor cut out of a longer Latin word."""
    gaps = [text[before + 1 : after] for before, after in pairwise(places)]
    if any(len(gap) > MAX_GAP for gap in gaps):
        return False
    # 操。你。妈 is one word spelt out; 操场旁。你妈 is two sentences: a full stop counts only as a regular separator.
    if not all(gaps) and any(_SENTENCE_END & set(gap) for gap in gaps):
        return False
    before = text[places[0] - 1 : places[0]] if places[0] else ""
    after = text[places[-1] + 1 : places[-1] + 2]
    if _is_latin(before) and _is_latin(form[0]):
        return False
    return not (_is_latin(after) and _is_latin(form[-1]))


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _covers(other: Hit, hit: Hit) -> bool:
    is_longer = other.start <= hit.start and hit.end <= other.end and (other.start, other.end) != (hit.start, hit.end)
    return is_longer and LEVELS.index(other.level) <= LEVELS.index(hit.level)

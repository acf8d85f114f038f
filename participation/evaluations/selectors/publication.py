"""One publication with what stands behind it, as anybody may see it."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.translation import gettext as _

from participation.moderation.selectors import NOTE
from participation.moderation.states import ReviewState
from portal.trail.subjects import Subject, subjects_of

from ..models import VALUES, Correction, EvaluationComment, Publication, Round
from ..rules import ClassRule
from .published import Cell, Line, cell_of, label_of, with_titles

_WORDS = ("key", "text", "review__outcome")


@dataclass(frozen=True)
class Words:
    """One 评价意见 that is public, or a line that says that it was hidden, with the note for the public."""

    key: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class Published:
    """The figures, the class with its rule, what was corrected, and the matters behind them."""

    row: Publication
    title: str
    kind_label: str
    cell: Cell
    result: str
    rule: str
    corrections: list[Correction]
    subjects: list[Subject]
    notes: list[str]
    comments: list[Words]

    @property
    def line(self) -> Line:
        """For the same table and chart as the sums."""
        return Line(self.title, self.row.kind, (self.cell,))


def publication_shown(pk: int) -> Published | None:
    rows: list[Any] = with_titles(Publication.objects.for_list().filter(pk=pk))
    if not rows:
        return None
    [row] = rows
    return Published(
        row=row,
        title=row.shown_title,
        kind_label=label_of(row.kind),
        cell=cell_of(row),
        result=result_in_words(row),
        rule=rule_in_words(ClassRule(**row.class_rule)) if row.class_rule and row.result else "",
        corrections=list(row.corrections.all()),
        subjects=_subjects(row),
        notes=_notes(row),
        comments=_comments(row),
    )


def _subjects(row: Publication) -> list[Subject]:
    """What an anonymous visitor may see of it; the rest is left out, and not counted either."""
    keys: dict[str, list[str]] = defaultdict(list)
    for kind, key in Round.objects.filter(publication=row).values_list("subject_kind", "subject_key").order_by("pk"):
        if kind and key not in keys[kind]:
            keys[kind].append(key)
    visitor: Any = AnonymousUser()
    found = []
    for kind, listed in keys.items():
        known = subjects_of(kind, listed)
        found += [known[key] for key in listed if key in known and known[key].visible_to(visitor)]
    return [subject for subject in found if subject.title and not subject.is_confidential]


def _comments(row: Publication) -> list[Words]:
    """What moderators published or hid since, by random key; none where only the class is public. One query."""
    if not row.shows_counts:
        return []
    shown = Q(is_public=True) | Q(review__state=ReviewState.HIDDEN)
    rows = EvaluationComment.objects.filter(shown, round__publication=row).order_by("key")
    return [Words(key, text, str(outcome.get(NOTE, ""))) for key, text, outcome in rows.values_list(*_WORDS)]


def _notes(row: Publication) -> list[str]:
    found = []
    if row.is_pooled:
        found.append(_("几个单位的评价各不足5份，季度结束后合并公布，不分单位。"))
    elif row.round_count > 1:
        found.append(_("其中每轮评价不足5份，同一单位的合并满5份后一起公布；每轮各多少份不公布。"))
    if not row.shows_counts:
        found.append(_("按规定只公布等次，不公布票数。"))
    return found


def result_in_words(row: Publication) -> str:
    """等次; empty where the kind has none."""
    return str(dict(VALUES).get(row.result, ""))


def rule_in_words(rule: ClassRule) -> str:
    """等次规则: the shares are of the frozen roll, not of the answers (decisions.md 24)."""
    share = _("半数") if (rule.numerator, rule.denominator) == (1, 2) else f"{rule.numerator}/{rule.denominator}"
    words = _(
        "满意票达到名册人数%(share)s的，为满意；满意票不足、加上基本满意达到%(share)s的，为基本满意；仍达不到的，为不满意。"
    ) % {"share": share}
    tie = _("恰好%(share)s算达到。") if rule.half_counts else _("恰好%(share)s不算达到。")
    return words + tie % {"share": share}

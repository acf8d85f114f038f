"""Letters in sight of a person: those of the own divisions, and what was issued to the own unit."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.moderation.selectors import scope_of
from portal.accounts.models import HandlingUnit
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import terms_in_force
from portal.trail.selectors import histories_of
from portal.workdays.rules import day_in_words

from ..models import LedgerItem, Letter, LetterItem
from ..rules.letter_words import issuer_words, letter_words, prefix_words
from ..rules.letters import CARRIES_ASSIGNMENT, COUNCIL_SOURCES, LetterAction, LetterKind, LetterState, kind_carries
from ..states import WITH_UNIT, State
from .clocks import clocks_of
from .sheet import ratings_of
from .work import for_clocks

OUT = (
    LetterState.ISSUED, LetterState.RECEIVED, LetterState.RETURNED, LetterState.SUPERSEDED, LetterState.VOIDED,
)  # fmt: skip


def letters_in_scope(user: Any, permission: str, units: Sequence[int]) -> Any:
    rows = Letter.objects.select_related("division", "unit", "drafted_by", "reviewed_by", "signed_by")
    scope = scope_of(user, permission)
    if scope is None:
        return rows
    mine = Q(unit__in=list(units), state__in=OUT)
    for division in scope:
        mine |= Q(division__path__startswith=division.path)
    return rows.filter(mine)


def letters_of(item: LedgerItem) -> Any:
    """What left about this item, or is being written."""
    rows = LetterItem.objects.filter(item=item).exclude(letter__state=LetterState.CANCELLED)
    return rows.select_related("letter__unit").order_by("letter__drafted_at")


def items_for_letter(rows: Any, unit: HandlingUnit, kind: str) -> list[LedgerItem]:
    """Of `rows`, what a letter of this kind may carry to this unit; the oldest first, at most 200."""
    states = [State.CLOSED_OFF] if kind == LetterKind.CLOSE_OFF else sorted(WITH_UNIT)
    found = rows.filter(unit=unit, state__in=states).order_by("assigned_on", "pk")
    if kind in CARRIES_ASSIGNMENT:
        ended = [LetterState.CANCELLED, LetterState.VOIDED]
        lines = LetterItem.objects.filter(item=OuterRef("pk"), assignment__state__in=["sent", "signed_for"])
        found = found.exclude(Exists(lines.exclude(letter__state__in=ended)))
    found = found[:200]
    return [item for item in found if kind_carries(kind, item.source)]


def likely_kind(items: Sequence[LedgerItem]) -> str:
    if items and all(item.state == State.CLOSED_OFF for item in items):
        return LetterKind.CLOSE_OFF
    if items and all(item.source in COUNCIL_SOURCES for item in items):
        return LetterKind.OPINION
    return LetterKind.ASSIGNMENT


def first_words(kind: str, name: str, items: Sequence[LedgerItem], division: Division | None) -> dict[str, str]:
    """Issuer and 代字 as in the last letter of the place, else from its name; title and body from the kind."""
    rows = for_clocks(LedgerItem.objects.filter(pk__in=[item.pk for item in items]))
    days = [clock.due.date for clock in clocks_of(list(rows)).values() if clock.due]
    last_day = day_in_words(max(days)) if days else ""
    terms = terms_in_force(division or (items[0].division if items else None), timezone.localdate())
    title, body = letter_words(
        kind,
        name=name,
        count=len(items),
        title=items[0].title if items else "",
        last_day=last_day,
        return_workdays=int(terms.return_workdays),
        meets=bool(terms.face_to_face_required),
    )
    words = {"title": title, "body": body}
    if division is None:
        return words
    last = Letter.objects.filter(division=division).exclude(state=LetterState.CANCELLED).order_by("-pk")
    same = last.filter(kind=kind).first() or last.first()
    if same is not None:
        return words | {"issuer": same.issuer, "prefix": same.prefix}
    county = division.parent.name if division.parent else ""
    return words | {"issuer": issuer_words(county, division.name), "prefix": prefix_words(county, division.name)}


NEXT_OF_LETTER = {
    LetterState.DRAFTING: gettext_lazy("核对后送审（人大街道工委）"),
    LetterState.REVIEWING: gettext_lazy("由拟稿人以外的工委工作人员审核"),
    LetterState.SIGNING: gettext_lazy("由人大街道工委主任签发"),
    LetterState.SIGNED: gettext_lazy("印发（人大街道工委）"),
    LetterState.RETURNED: gettext_lazy("重新交办后另行文"),
}


def letter_next_step(letter: Letter, user: Any) -> str:
    """What comes next and who does it; the drafter reads that somebody else reviews."""
    state = LetterState(letter.state)
    if state == LetterState.ISSUED:
        return _("由%s签收") % letter.unit.name
    words = str(NEXT_OF_LETTER.get(state, ""))
    if state == LetterState.REVIEWING and letter.drafted_by_id == user.pk:
        words += _("（您是拟稿人，不能审核自己拟的公文）")
    return words


def letter_version(letter: Letter) -> str:
    """Changes with every step and every word of a letter and its annex."""
    words = [letter.state, letter.title, letter.body, letter.copy_to, str(letter.scan), str(letter.is_scan_public)]
    words += [f"{line.item_id}:{line.note}" for line in letter.lines.all()]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:20]


# --- The annex table ----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class AnnexRow:
    """One line of the annex; `cells` stand under `annex_heads` of the letter's kind."""

    position: int
    item: LedgerItem
    cells: tuple[str, str, str]


def annex_heads(kind: str) -> tuple[str, str, str]:
    if kind == LetterKind.CLOSE_OFF:
        return _("办结日期"), _("满意度"), _("销号日期")
    return _("来源"), _("办结时限"), _("办理要求")


def annex_of(letter: Letter) -> list[AnnexRow]:
    """What the unit shall do by when; of a 销号单 how it ended. A constant number of queries."""
    lines = list(letter.lines.select_related("item__division", "item__community"))
    ratings = ratings_of([line.item_id for line in lines]) if letter.kind == LetterKind.CLOSE_OFF else {}
    return [AnnexRow(line.position, line.item, _cells(letter.kind, line, ratings)) for line in lines]


def _cells(kind: str, line: LetterItem, ratings: dict[int, str]) -> tuple[str, str, str]:
    item = line.item
    if kind == LetterKind.CLOSE_OFF:
        return _words(item.completed_on), ratings.get(item.pk, "") or _("未评价"), _words(item.closed_off_on)
    return str(item.get_source_display()), _words(line.due_on), line.note or "—"


def _words(day: date | None) -> str:
    return day_in_words(day) if day else "—"


# --- What the public sees of a letter -----------------------------------------------------
def is_all_readable(letter: Letter) -> bool:
    """Whether anybody may read every matter that the letter names."""
    return not letter.lines.exclude(item__in=LedgerItem.objects.readable()).exists()


def public_letters(item: LedgerItem) -> list[Letter]:
    """What left about this item, with `has_open_title`: whether all its matters are public; one query."""
    hidden = LetterItem.objects.filter(letter=OuterRef("pk")).exclude(item__in=LedgerItem.objects.readable())
    rows = Letter.objects.filter(lines__item=item, state__in=OUT).select_related("unit")
    return list(rows.annotate(has_open_title=~Exists(hidden)).order_by("issued_on", "pk"))


def letter_entries(letters: Sequence[Letter]) -> list[tuple[Any, Letter]]:
    """(entry of the trail, letter) of each that was issued or voided; one query, none without letters."""
    if not letters:
        return []
    by_key = {str(letter.pk): letter for letter in letters}
    entries = histories_of("letter", by_key, [LetterAction.ISSUE, LetterAction.VOID])
    return [(entry, by_key[entry.subject_key]) for entry in entries]

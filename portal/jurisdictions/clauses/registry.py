"""条款: what the two source documents say, clause by clause, whom it binds, and who can tell whether it is met.

Features register an evaluator per clause in `AppConfig.ready()`; a clause without one is shown as text only.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from django.utils.translation import gettext as _

from ..models import Division
from ..selectors import terms_in_force
from ..terms.registry import StrOrPromise
from ..terms.standard import DOCUMENTS


class Severity(StrEnum):
    """What the modal verb of the clause asks of the software (domain.md 2.1)."""

    HARD = "hard"  # 应当、须、不得: the step is refused
    SOFT = "soft"  # 一般、原则上、力求: a warning, passed with a recorded reason
    REMIND = "remind"  # a duty over time: reminders, then a mark
    CONFIG = "config"  # carried out by how the jurisdiction is set up
    INFO = "info"  # shown, nothing is checked

    @property
    def label(self) -> str:
        return {
            "hard": _("必须"),
            "soft": _("一般应当"),
            "remind": _("定期提醒"),
            "config": _("按口径设置"),
            "info": _("仅供了解"),
        }[self.value]


class Verdict(StrEnum):
    """What an evaluator found. NOT_APPLICABLE: not bound here or then. UNCONFIRMED: 口径待确认, no colour."""

    MET = "met"
    DUE = "due"
    NOT_MET = "not_met"
    UNCONFIRMED = "unconfirmed"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class Document:
    """A source document. `in_force_from` is None where the day is not known: then none may be printed."""

    key: str
    title: StrOrPromise
    in_force_from: date | None


@dataclass(frozen=True)
class Clause:
    """`quotes` are verbatim (…… marks what is left out, [] a character the print dropped); `parameters` term keys."""

    id: str
    section: str
    quotes: tuple[str, ...]
    severity: Severity
    parameters: tuple[str, ...] = ()

    @property
    def document(self) -> Document:
        return documents["changsha" if self.id.startswith("C") else "xiangxiang"]

    @property
    def quoted(self) -> str:
        """The text as it is printed, each quote in its own marks."""
        return "".join(f"“{quote}”" for quote in self.quotes)


@dataclass(frozen=True)
class Finding:
    """One thing an evaluator says about a division on a day, with the page where it can be seen or mended."""

    verdict: Verdict
    message: str
    url: str = ""


Evaluator = Callable[[Division, date], list[Finding]]

documents: Mapping[str, Document] = MappingProxyType(
    {
        "changsha": Document("changsha", DOCUMENTS["changsha"], in_force_from=None),
        # 第二十四条
        "xiangxiang": Document("xiangxiang", DOCUMENTS["xiangxiang"], in_force_from=date(2025, 3, 28)),
    }
)

_clauses: dict[str, Clause] = {}
_evaluators: dict[str, Evaluator] = {}


def register_clauses(clauses: list[Clause]) -> None:
    for clause in clauses:
        if _clauses.get(clause.id, clause) != clause:
            raise ValueError(f"Clause {clause.id} is registered twice with different text.")
        _clauses[clause.id] = clause


def clauses() -> Mapping[str, Clause]:
    """Every clause by id, C01 … C51, X01 … X57."""
    return MappingProxyType(_clauses)


def clause(clause_id: str) -> Clause:
    """Raises KeyError for an id that is in neither document."""
    return _clauses[clause_id]


def register_evaluator(clause_id: str, evaluate: Evaluator) -> None:
    """One evaluator per clause; it is asked only where the clause binds."""
    if clause_id not in _clauses:
        raise KeyError(clause_id)
    if _evaluators.get(clause_id, evaluate) is not evaluate:
        raise ValueError(f"Clause {clause_id} has two evaluators.")
    _evaluators[clause_id] = evaluate


def evaluated_clauses() -> list[str]:
    return sorted(_evaluators)


def binds(clause: Clause, division: Division, on: date) -> bool:
    """A clause binds only where the terms adopt its document, and not before that document is in force."""
    return _is_adopted(clause, terms_in_force(division, on).regulation_documents, on)


def clauses_binding(division: Division, on: date) -> list[Clause]:
    """The terms are read once, however many clauses there are."""
    adopted = terms_in_force(division, on).regulation_documents
    return [clause for clause in _clauses.values() if _is_adopted(clause, adopted, on)]


def _is_adopted(clause: Clause, adopted: Collection[str], on: date) -> bool:
    document = clause.document
    is_in_force = not document.in_force_from or on >= document.in_force_from
    return is_in_force and document.key in adopted


def evaluate(clause_id: str, division: Division, on: date) -> list[Finding]:
    """Findings of one clause; 不适用 where it does not bind, [] where nobody can tell yet."""
    if not binds(clause(clause_id), division, on):
        return [Finding(Verdict.NOT_APPLICABLE, "")]
    evaluator = _evaluators.get(clause_id)
    return evaluator(division, on) if evaluator else []

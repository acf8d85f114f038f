"""条款: the 108 clauses of the two source documents."""

from .changsha import CHANGSHA_CLAUSES
from .registry import (
    Clause,
    Document,
    Finding,
    Severity,
    Verdict,
    binds,
    clause,
    clauses,
    clauses_binding,
    documents,
    evaluate,
    evaluated_clauses,
    register_clauses,
    register_evaluator,
)
from .xiangxiang import XIANGXIANG_CLAUSES

register_clauses([*CHANGSHA_CLAUSES, *XIANGXIANG_CLAUSES])

__all__ = [
    "Clause",
    "Document",
    "Finding",
    "Severity",
    "Verdict",
    "binds",
    "clause",
    "clauses",
    "clauses_binding",
    "documents",
    "evaluate",
    "evaluated_clauses",
    "register_evaluator",
]

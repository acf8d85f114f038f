"""口径: what a term is. Features register definitions in `AppConfig.ready()`; values live in `TermsPeriod`."""

from .registry import TermDefinition, TermKind, UnknownTerm, definition, definitions, register_term

__all__ = ["TermDefinition", "TermKind", "UnknownTerm", "definition", "definitions", "register_term"]

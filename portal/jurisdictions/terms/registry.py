"""Typed definitions of terms and the check of one value against its definition."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as StrOrPromise
else:
    StrOrPromise = str | Promise


class TermKind(StrEnum):
    """How a value is typed: in Python, in the JSON of a period, and in the staff form."""

    INTEGER = "integer"
    BOOLEAN = "boolean"
    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"


class UnknownTerm(KeyError):
    """A key that no feature has registered: always a mistake in the code, never in the data."""


@dataclass(frozen=True)
class TermDefinition:
    """One setting of a jurisdiction.

    `default` holds where neither the division nor an ancestor says anything; None means "not stated" and is allowed
    only with `is_optional`: then nothing is enforced. `bounds` are inclusive. `choices` maps stored value to label.
    """

    key: str
    kind: TermKind
    label: StrOrPromise
    default: Any = None
    clause: str = ""
    unit: StrOrPromise = ""
    bounds: tuple[int, int] | None = None
    choices: Mapping[str, StrOrPromise] = field(default_factory=dict)
    is_optional: bool = False
    group: str = "general"
    help: StrOrPromise = ""

    def problem_with(self, value: Any) -> str:
        """Empty for a fit value, else a Chinese sentence saying what is expected."""
        if value is None or value == "":
            may_be_empty = self.kind == TermKind.TEXT and value == "" and not self.default
            return "" if self.is_optional or may_be_empty else _("请填写。")
        if self.kind == TermKind.INTEGER:
            return self._problem_with_integer(value)
        if self.kind == TermKind.BOOLEAN:
            return "" if isinstance(value, bool) else _("请选“是”或“否”。")
        if self.kind == TermKind.CHOICE:
            return "" if value in self.choices else _("请从列出的选项中选。")
        if self.kind == TermKind.CHOICES:
            fits = isinstance(value, list) and set(value) <= self.choices.keys() and len(set(value)) == len(value)
            return "" if fits else _("请从列出的选项中选。")
        if not isinstance(value, str) or len(value) > 200:
            return _("请填不超过200个字的文字。")
        return ""

    def _problem_with_integer(self, value: Any) -> str:
        if not isinstance(value, int) or isinstance(value, bool):
            return _("请填整数。")
        low, high = self.bounds or (0, 100_000)
        return "" if low <= value <= high else _("请填 %(low)d 到 %(high)d 之间的整数。") % {"low": low, "high": high}

    def display(self, value: Any) -> str:
        """The value in Chinese words, with its unit."""
        if value is None or value == "" or value == []:
            return _("未规定") if self.kind != TermKind.CHOICES else _("无")
        if self.kind == TermKind.BOOLEAN:
            return _("是") if value else _("否")
        if self.kind == TermKind.CHOICE:
            return str(self.choices.get(value, value))
        if self.kind == TermKind.CHOICES:
            return "、".join(str(self.choices.get(item, item)) for item in value)
        return f"{value}{self.unit}"


_definitions: dict[str, TermDefinition] = {}


def register_term(term: TermDefinition) -> None:
    """Called from `AppConfig.ready()`; the same definition twice is harmless, two different ones are refused."""
    if _definitions.get(term.key, term) != term:
        raise ValueError(f"Term {term.key!r} is registered twice with different definitions.")
    if problem := term.problem_with(term.default):
        raise ValueError(f"The default of term {term.key!r} does not fit: {problem}")
    _definitions[term.key] = term


def definition(key: str) -> TermDefinition:
    try:
        return _definitions[key]
    except KeyError:
        raise UnknownTerm(key) from None


def definitions() -> Mapping[str, TermDefinition]:
    return MappingProxyType(_definitions)

"""Kinds of evaluation: who owns a round registers its kind from `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class RoundKind:
    """What is rated. `definition` is the 口径 printed beside every figure of the kind.

    Where `is_automatic`, closed rounds are published by the job in batches; otherwise the owner publishes each round,
    after whatever its own rules ask for.
    """

    key: str
    label: Any
    definition: Any
    is_automatic: bool = True
    user_can_manage: Callable[[Any, Any], bool] = lambda user, round_: False  # paper, closing, confirming


_kinds: dict[str, RoundKind] = {}


def register_kind(kind: RoundKind) -> None:
    _kinds[kind.key] = kind


def kind_of(key: str) -> RoundKind:
    """Raises KeyError for a kind that nobody registered."""
    return _kinds[key]


def kinds() -> list[RoundKind]:
    return list(_kinds.values())

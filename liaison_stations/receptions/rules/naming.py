"""Names in public: a leading cadre's only once the session was held, unless the terms say otherwise (domain.md 8)."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Host:
    name: str
    is_leading_cadre: bool = False
    attended: bool | None = None
    substitute_for: str = ""


def names_in_public(hosts: Sequence[Host], *, is_held: bool, cadres_ahead: bool) -> list[str]:
    """After it was held: who came. Before: everybody, leading cadres as a number unless the terms let them be named."""
    if is_held:
        return [host.name for host in hosts if host.attended]
    shown = [host.name for host in hosts if cadres_ahead or not host.is_leading_cadre]
    hidden = len(hosts) - len(shown)
    return [*shown, f"领导干部代表{hidden}名"] if hidden else shown

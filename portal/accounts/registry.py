"""What features add to accounts from `AppConfig.ready()`: second facts, hand-overs, identity, secret forms."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.http import HttpRequest


@dataclass(frozen=True)
class SecondFact:
    """A fact that only the same person knows. `has(user)`: can it be asked; `check(user, answer)`: is it right."""

    name: str
    question: str
    has: Callable[[Any], bool]
    check: Callable[[Any, str], bool]


second_facts: dict[str, SecondFact] = {}
guarded_prefixes = ("/me/",)
guards: list[Callable[[HttpRequest], bool]] = []


def register_second_fact(
    name: str, question: str, *, has: Callable[[Any], bool], check: Callable[[Any, str], bool]
) -> None:
    """E.g. the last six digits of a 受理编号. Asked after a code log-in from a new device or after long disuse."""
    second_facts[name] = SecondFact(name, question, has, check)


def guard_address(shows_earlier_matters: Callable[[HttpRequest], bool]) -> None:
    """`shows_earlier_matters(request)`: this address shows the person's own earlier matters.

    It stays closed until the second fact is given; asked only while that is owed.
    """
    if shows_earlier_matters not in guards:
        guards.append(shows_earlier_matters)


secret_forms: list[Callable[[HttpRequest], bool]] = []


def never_keep_text_of(is_secret: Callable[[HttpRequest], bool]) -> None:
    """`is_secret(request)`: this POST is a secret answer. It never rests in a session: that would name its giver."""
    if is_secret not in secret_forms:
        secret_forms.append(is_secret)


# name → move(from_user, to_user, role, division) -> how many open items moved
movers: dict[str, Callable[..., int]] = {}


def register_hand_over(name: str, move: Callable[..., int]) -> None:
    """`move(from_user=, to_user=, role=, division=)` gives the open items of a post to its next holder.

    Runs in the transaction of the hand-over; must be safe to repeat.
    """
    movers[name] = move


class IdentityProvider(Protocol):
    """A way of checking who somebody is: a counter, a phone code, a national or provincial platform."""

    key: str  # one of User.Verification
    label: Any  # text, translated when it is shown

    def is_available(self) -> bool:
        """Whether this installation can use it now."""

    def check(self, *, user: Any, evidence: dict[str, Any]) -> bool:
        """Whether the evidence proves that `user` is who they say. Stores nothing."""


identity_providers: dict[str, IdentityProvider] = {}


def register_identity_provider(provider: IdentityProvider) -> None:
    identity_providers[provider.key] = provider

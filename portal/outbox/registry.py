"""What features and accounts tell the outbox: the kinds of messages there are, and how people are reached."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from .rules import IMMEDIATE, Contact


@dataclass(frozen=True)
class Kind:
    """A kind of message a person can switch off outside the site. `by_sms`: worth the price of a text message."""

    key: str
    label: str
    by_sms: bool = True
    has_link: bool = False  # the text message carries the address: the answer is given there
    is_listed: bool = True  # for everybody; a kind of a few posts has a row in 接收设置 for who received one
    usual: str = IMMEDIATE  # how often by mail while nothing else was chosen


kinds: dict[str, Kind] = {}


def register_kind(
    key: str,
    label: str,
    *,
    by_sms: bool = True,
    is_listed: bool = True,
    has_link: bool = False,
    usual: str = IMMEDIATE,
) -> None:
    kinds[key] = Kind(key, label, by_sms=by_sms, is_listed=is_listed, has_link=has_link, usual=usual)


def kind_of(key: str) -> Kind:
    """Unregistered kinds are told like any other; they only lack a row on the settings page."""
    return kinds.get(key) or Kind(key, key)


def contacts_from_user_rows(users: Iterable[Any]) -> dict[Any, Contact]:
    """Until accounts registers something better: the plain e-mail column; who cannot log in is told in person."""
    return {
        user.pk: Contact(email=user.email, in_person=not user.email and not user.has_usable_password())
        for user in users
    }


_resolve: list[Callable[[Iterable[Any]], dict[Any, Contact]]] = [contacts_from_user_rows]


def register_contacts(resolve: Callable[[Iterable[Any]], dict[Any, Contact]]) -> None:
    """`resolve(users)` answers {user.pk: Contact} in a constant number of queries; the last one registered counts."""
    _resolve.append(resolve)


def contacts_of(users: Iterable[Any]) -> dict[Any, Contact]:
    return _resolve[-1](users)


def contact_of(user: Any) -> Contact:
    return contacts_of([user]).get(user.pk) or Contact()


_operators: list[Callable[[], Iterable[Any]]] = []


def register_operators(resolve: Callable[[], Iterable[Any]]) -> None:
    """`resolve()` answers who keeps the installation running; the last one registered counts."""
    _operators.append(resolve)


def operators() -> Iterable[Any]:
    return _operators[-1]() if _operators else []


@dataclass(frozen=True)
class Absent:
    """Somebody without an account who is due an answer; `entered_by` wrote the words down (a user's key)."""

    name: str
    telephone: str
    entered_by: Any


_absent: dict[str, Callable[[str], list[Absent]]] = {}


def register_absent(subject_kind: str, resolve: Callable[[str], list[Absent]]) -> None:
    """`resolve(subject_key)` answers those without an account: asked when staff open the task, stored nowhere."""
    _absent[subject_kind] = resolve


def absent_people(subject_kind: str, subject_key: str) -> list[Absent]:
    resolve = _absent.get(subject_kind)
    return resolve(subject_key) if resolve else []

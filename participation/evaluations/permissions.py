"""Who works with rounds. Paper, closing and confirming are decided by the kind of the round."""

from typing import Any

from .models import Publication, Round
from .registry import kind_of

VIEW = "evaluations.see_rounds"
MANAGE = "evaluations.manage_rounds"

# Granted to roles by `apps.ready()`; each holds within the division of the role and below it.
ROLES: dict[str, frozenset[str]] = {
    VIEW: frozenset({"committee", "director", "superior", "auditor"}),
    MANAGE: frozenset({"committee", "director"}),
}


def _is_active(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active)


def user_can_open_rounds(user: Any) -> bool:
    return _is_active(user) and bool(user.has_perm(VIEW))


def user_can_read_answers(user: Any, round_: Round) -> bool:
    """The reasons of a named round, without names. Nobody reads single answers of a secret one."""
    return not round_.is_secret and _is_active(user) and bool(user.has_perm(MANAGE, round_.division))


def user_can_run_round(user: Any, round_: Round) -> bool:
    """Paper ballots, closing before the last day, confirming: never of a kind that is published by the job."""
    try:
        kind = kind_of(round_.kind)
    except KeyError:
        return False
    return _is_active(user) and not kind.is_automatic and bool(kind.user_can_manage(user, round_))


def user_can_correct(user: Any, publication: Publication) -> bool:
    return _is_active(user) and bool(user.has_perm(MANAGE, publication.division))

"""Opening a round, answering once, closing."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused

from .models import Answer, Rater, Round
from .states import NEEDS_REASON, RoundState, Value


@transaction.atomic
def open_round(*, users: Iterable[Any], keys: Iterable[str] = (), opened_on: date, closes_on: date) -> Round:
    """Ask these people; `keys` are for those without an account, whose answer staff enter."""
    opened = Round.objects.create(opened_on=opened_on, closes_on=closes_on)
    people = {user.pk: user for user in users}
    Rater.objects.bulk_create(Rater(round=opened, user=user) for user in people.values())
    Rater.objects.bulk_create(Rater(round=opened, key=key) for key in dict.fromkeys(keys))
    return opened


@transaction.atomic
def add_rater(*, round_: Round, user: Any = None, key: str = "") -> Rater:
    """Somebody who came later, by a merge; asking twice is harmless."""
    if user is not None:
        return Rater.objects.get_or_create(round=round_, user=user)[0]
    return Rater.objects.get_or_create(round=round_, key=key)[0]


@transaction.atomic
def give_answer(
    *, rater: Rater, value: str, reason: str = "", is_public: bool = False, entered_by: Any = None
) -> Answer:
    """Once per rater, while the round is open; 不满意 says why."""
    round_ = Round.objects.select_for_update().get(pk=rater.round_id)
    if round_.state != RoundState.OPEN or timezone.localdate() > round_.closes_on:
        raise Refused(_("评价已经截止。"))
    if value not in list(Value):
        raise Refused(_("请选择满意、基本满意或不满意。"))
    reason = reason.strip()
    if value in NEEDS_REASON and not reason:
        raise Refused(_("请说明不满意的理由，以便重新办理。"))
    try:
        with transaction.atomic():
            return Answer.objects.create(
                rater=rater,
                value=value,
                reason=reason,
                is_public=is_public,
                answered_at=timezone.now(),
                entered_by=entered_by,
            )
    except IntegrityError:
        raise Refused(_("您已经评价过。")) from None


@transaction.atomic
def close_round(*, round_: Round) -> bool:
    """True when this call closed it."""
    return bool(
        Round.objects.filter(pk=round_.pk, state=RoundState.OPEN).update(
            state=RoundState.CLOSED, closed_at=timezone.now()
        )
    )


def forget_reasons(user: Any) -> None:
    """A cancelled account's words go; that somebody rated, and how, stays."""
    Answer.objects.filter(rater__user=user).exclude(reason="").update(reason=_("（账号已注销，内容已删除）"))

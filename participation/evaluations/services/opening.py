"""Opening a round: the roll is copied, the rule and the questions are fixed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from portal.accounts.models import HandlingUnit
from portal.jurisdictions.models import Division
from portal.trail.services import record

from ..models import Rater, Round
from ..registry import kind_of
from ..rules import ClassRule
from ..states import Question, Roll, Source

SUBJECT_KIND = "evaluation_round"


@dataclass(frozen=True)
class NewRound:
    """What an owner hands over. `users` and `keys` are the roll as it stands today; empty for Roll.VERIFIED."""

    kind: str
    title: str
    division: Division
    opened_on: date
    closes_on: date
    source: Source = Source.RESIDENT
    roll: Roll = Roll.PROPOSERS
    unit: HandlingUnit | None = None
    subject_kind: str = ""
    subject_key: str = ""
    is_secret: bool = False
    questions: tuple[Question, ...] = ()
    class_rule: ClassRule | None = None
    users: Iterable[Any] = field(default=())
    keys: Iterable[str] = field(default=())


@transaction.atomic
def open_round(new: NewRound, *, by: Any = None) -> Round:
    """Ask these people; `keys` are for those without an account, whose answer staff enter.

    Raises Refused for a roll without anybody, KeyError for a kind that nobody registered.
    """
    kind_of(new.kind)
    users = {user.pk: user for user in new.users}
    keys = list(dict.fromkeys(new.keys))
    is_open_roll = new.roll == Roll.VERIFIED
    if not is_open_roll and not users and not keys:
        raise Refused(_("名册上没有人，不能开始评价。"))
    if new.closes_on < new.opened_on:
        raise Refused(_("截止日期不能早于开始日期。"))
    round_ = Round.objects.create(
        kind=new.kind,
        source=new.source,
        title=new.title[:200],
        division=new.division,
        unit=new.unit,
        subject_kind=new.subject_kind,
        subject_key=new.subject_key,
        roll=new.roll,
        roll_size=None if is_open_roll else len(users) + len(keys),
        is_secret=new.is_secret,
        questions=[question.value for question in new.questions],
        class_rule=new.class_rule.as_json() if new.class_rule else None,
        opened_on=new.opened_on,
        closes_on=new.closes_on,
    )
    if not is_open_roll:
        raters = [Rater(round=round_, user=user) for user in users.values()]
        Rater.objects.bulk_create(raters + [Rater(round=round_, key=key) for key in keys])
    record(
        subject_kind=SUBJECT_KIND, subject_key=str(round_.pk), verb="open", actor=by, to_state=round_.state,
        capacity="staff" if by is not None else "system",
        detail={"kind": new.kind, "source": round_.source, "roll_size": round_.roll_size, "of": new.subject_key},
    )  # fmt: skip
    return round_


@transaction.atomic
def add_rater(*, round_: Round, user: Any = None, key: str = "") -> Rater | None:
    """Somebody who came later, by a merge; asking twice is harmless. None once there is an answer: the roll stands."""
    row = Round.objects.select_for_update().get(pk=round_.pk)
    who = {"user": user} if user is not None else {"key": key}
    known = Rater.objects.filter(round=row, **who).first()
    if known is not None or row.is_frozen:
        return known
    row.roll_size = (row.roll_size or 0) + 1
    row.save(update_fields=["roll_size"])
    return Rater.objects.create(round=row, **who)

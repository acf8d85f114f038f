"""三种评价: opened with 办结, each leg in a round of its own (C38, decisions.md 4), closed with the reply."""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from participation.evaluations.services import NewRound, close_round, open_round
from participation.evaluations.states import Question, Roll, Source
from portal.accounts.selectors import users_of_unit, users_within
from portal.jurisdictions.selectors import terms_in_force

from ..models import LedgerItem, Party, Reply, ReplyRound
from ..rules.asking import last_rating_day
from ..selectors.clocks import terms_day
from .moves import ROUND_KIND, SUBJECT_KIND

QUESTIONS = (Question.SOLVED, Question.ATTITUDE, Question.SPEED, Question.COMMENT)
MEMBER = "member"


@dataclass(frozen=True)
class _Leg:
    source: Source
    roll: Roll
    users: list[Any] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    @property
    def has_raters(self) -> bool:
        return bool(self.roll == Roll.VERIFIED or self.users or self.keys)


def open_rounds(item: LedgerItem, reply: Reply) -> None:
    """The proposers always; the other two where `evaluation_sources` names them, of what anybody may read."""
    terms = terms_in_force(item.division, terms_day(item))
    wanted = {Source.RESIDENT, *(terms.evaluation_sources if item.is_readable else ())}
    today = timezone.localdate()
    closes_on = last_rating_day(
        replied_on=reply.signed_on or today, opened_on=today, rating_days=int(terms.rating_days or 15)
    )
    for leg in _legs(item):
        if not leg.has_raters or leg.source not in wanted:
            continue
        round_ = open_round(
            NewRound(
                kind=ROUND_KIND,
                source=leg.source,
                title=item.public_title,
                division=item.division,
                unit=item.unit,
                subject_kind=SUBJECT_KIND,
                subject_key=item.reference,
                roll=leg.roll,
                is_secret=leg.source != Source.RESIDENT,
                questions=QUESTIONS,
                users=leg.users,
                keys=leg.keys,
                opened_on=today,
                closes_on=closes_on,
            )
        )
        ReplyRound.objects.create(reply=reply, source=leg.source, round=round_)


def _legs(item: LedgerItem) -> list[_Leg]:
    """One person, one leg: who raised the matter rates as such and stands on no other roll."""
    parties = list(Party.objects.filter(item=item).select_related("user"))
    proposers = {party.user.pk: party.user for party in parties if party.user}
    absent = [f"party:{party.pk}" for party in parties if not party.user_id]
    members = users_within(MEMBER, item.division).exclude(pk__in=proposers)
    if item.unit is not None:  # nobody rates the own unit
        members = members.exclude(pk__in=users_of_unit(item.unit).values("pk"))
    return [
        _Leg(Source.RESIDENT, Roll.PROPOSERS, list(proposers.values()), absent),
        _Leg(Source.MEMBER, Roll.MEMBERS, list(members)),
        _Leg(Source.PUBLIC, Roll.VERIFIED),
    ]


def close_rounds(reply: Reply) -> None:
    """The reply no longer stands: whoever has not rated it will rate the next one."""
    for each in reply.rounds.select_related("round"):
        close_round(round_=each.round)

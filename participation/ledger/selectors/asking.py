"""“解决了吗？”: the link of one proposer, and whom staff still have to phone."""

from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from participation.evaluations.models import Rater
from participation.evaluations.states import RoundState, Source
from participation.moderation.selectors import scope_of

from ..models import CallBack, LedgerItem, Reply, ReplyRound
from ..states import CALLS_WAITING
from .legs import is_leg_open

SALT = "participation.ledger.solved"  # good for this one question only


@dataclass(frozen=True)
class Question:
    """What a link asks; it tells nothing about whom."""

    rater: Rater
    reply: Reply
    item: LedgerItem

    @property
    def is_answered(self) -> bool:
        return self.rater.answered_on is not None

    @property
    def is_open(self) -> bool:
        """The reply still stands, and its round is open."""
        return self.reply.leg == self.item.leg and is_leg_open(self.item, Source.RESIDENT, self.rater.round)


def link_of(rater: Rater, reply: Reply) -> str:
    token = signing.Signer(salt=SALT).sign_object([rater.pk, reply.pk])
    return reverse("ledger:solved", args=[token])


def question_of(token: str) -> Question | None:
    """None for what we did not sign, and where the account is gone."""
    try:
        rater_key, reply_key = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    rater = Rater.objects.select_related("round", "user").filter(pk=rater_key).first()
    rows = ReplyRound.objects.filter(reply=reply_key, round=rater.round_id if rater else None)
    row = rows.select_related("reply__item__division", "reply__item__unit", "reply__unit").first()
    if rater is None or row is None or (rater.user is not None and not rater.user.is_active):
        return None
    return Question(rater, row.reply, row.reply.item)


def calls_waiting(user: Any, permission: str) -> Any:
    """Whom to phone in the places of the user's posts; who has rated meanwhile is not phoned."""
    today = timezone.localdate()
    rows = CallBack.objects.filter(
        state__in=CALLS_WAITING, rater__answered_on=None, rater__round__state=RoundState.OPEN,
        rater__round__closes_on__gte=today, due_on__lte=today,
    )  # fmt: skip
    rows = rows.select_related(
        "party__user", "rater__round", "reply__unit", "reply__item__division", "reply__item__community",
        "reply__item__unit",
    ).order_by("rater__round__closes_on", "pk")  # fmt: skip
    scope = scope_of(user, permission)
    if scope is None:
        return rows
    near = Q(pk__in=[])
    for division in scope:
        near |= Q(reply__item__division__path__startswith=division.path)
        near |= Q(reply__item__community__path__startswith=division.path)
    return rows.filter(near)

"""Answering once. A secret answer is stored apart from who gave it."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused

from ..models import Answer, Rater, Round, SecretAnswer
from ..rules.counting import STARS
from ..states import NEEDS_REASON, STARRED, Channel, Question, Roll, Value
from .comments import forget_comments


@transaction.atomic
def join_open_roll(*, round_: Round, user: Any) -> Rater:
    """The place of a verified person in a round without a fixed roll. Raises PermissionDenied for anybody else."""
    if round_.roll != Roll.VERIFIED or not user.is_active or not user.is_verified:
        raise PermissionDenied
    return Rater.objects.get_or_create(round=round_, user=user)[0]


@transaction.atomic
def give_answer(
    *,
    rater: Rater,
    value: str,
    reason: str = "",
    is_public: bool = False,
    stars: Mapping[str, int] | None = None,
    comment: str = "",
    channel: Channel = Channel.WEB,
    entered_by: Any = None,
) -> Answer | None:
    """Once per rater, while the round is open; in a named round 不满意 says why. None is the answer of a secret round.

    Raises Refused. A secret round keeps neither reason nor author; the trail is told nothing of a single answer.
    """
    row = Round.objects.select_for_update().get(pk=rater.round_id)
    if not row.is_open:
        raise Refused(_("评价已经截止。"))
    if value not in list(Value):
        raise Refused(_("请选择满意、基本满意或不满意。"))
    reason, comment = reason.strip(), comment.strip()
    if not row.is_secret and value in NEEDS_REASON and not reason:
        raise Refused(_("请说明不满意的理由，以便重新办理。"))
    given = checked_stars(row, stars or {})
    if comment and Question.COMMENT not in row.questions:
        raise Refused(_("本次评价不收集文字意见。"))
    taken = Rater.objects.filter(pk=rater.pk, answered_on=None).update(
        answered_on=timezone.localdate(), channel=channel
    )
    if not taken:
        raise Refused(_("您已经评价过。"))
    if not row.is_frozen:
        Round.objects.filter(pk=row.pk).update(is_frozen=True)
    if row.is_secret:
        SecretAnswer.objects.create(round=row, value=value, stars=given, comment=comment)
        return None
    return Answer.objects.create(
        rater=rater,
        value=value,
        reason=reason,
        stars=given,
        comment=comment,
        is_public=is_public,
        channel=channel,
        answered_at=timezone.now(),
        entered_by=entered_by,
    )


def checked_stars(round_: Round, stars: Mapping[str, int]) -> dict[str, int]:
    """Those that were given, one to five, to questions that the round asks."""
    for question, number in stars.items():
        if question not in round_.questions or question not in STARRED or number not in range(1, STARS + 1):
            raise Refused(_("星级请选一到五颗星。"))
    return dict(stars)


def forget_words(user: Any) -> None:
    """A cancelled account's words go; that somebody rated, and how, stays."""
    gone = _("（账号已注销，内容已删除）")
    mine = Answer.objects.filter(rater__user=user)
    mine.exclude(reason="").update(reason=gone)
    mine.exclude(comment="").update(comment=gone)
    forget_comments(user, gone)

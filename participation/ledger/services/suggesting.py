"""商请代表提出代表建议: what an upper level must decide goes to deputies of that level (C31). A deputy answers whether
they put forward a suggestion; they handle nothing and close nothing (代表法 第三十一条)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from liaison_stations.deputies.models import Deputy
from liaison_stations.deputies.rules import UPPER_LEVELS
from liaison_stations.deputies.selectors import upper_deputies
from participation.moderation.rules import Refused
from participation.moderation.services import require_reason

from .. import notifications
from ..models import AskedDeputy, DeputySuggestion, LedgerItem, MatterLevel
from ..permissions import user_can_enter_for_deputy
from ..selectors.suggestions import open_suggestion
from ..states import Action, Routing
from .assigning import past_day
from .handling import required_text
from .moves import move, not_for, opened_for

NUMBER_LENGTH = 60


@transaction.atomic
def suggest_to_deputies(
    *,
    item: LedgerItem,
    by: Any,
    deputies: Iterable[Deputy],
    text: str,
    letter_number: str = "",
    on: date | None = None,
    precheck: str = "",
    precheck_on: date | None = None,
) -> DeputySuggestion:
    """商请: deputies of one upper level who serve the place, and what they are asked. Never for an own matter."""
    row = opened_for(item, by, Action.SUGGEST)
    if row.matter_level != MatterLevel.UPPER:
        raise Refused(_("“属于上级事权的……商请相应层级人大代表提出代表建议”：本事项属于本级，应交承办单位办理。"))
    chosen = _fit(row, deputies)
    level = chosen[0].level
    if len({deputy.level for deputy in chosen}) > 1:
        raise Refused(_("一次只商请同一层级的代表。"))
    day = past_day(on, row.raised_on)
    text = required_text(text, _("请填写商请内容。"))
    if bool(precheck.strip()) != (precheck_on is not None):
        raise Refused(_("提出前沟通协调要同时填写日期和事项。"))
    if precheck_on is not None:
        past_day(precheck_on, None)
    suggestion = DeputySuggestion.objects.create(
        item=row,
        leg=row.leg,
        level=level,
        text=text,
        letter_number=letter_number.strip()[:80],
        asked_on=day,
        asked_by=by,
        precheck=precheck.strip()[:100],
        precheck_on=precheck_on,
    )
    asked = _ask(suggestion, chosen, day)
    happening = move(
        row,
        Action.SUGGEST,
        by=by,
        capacity="committee",
        detail={"level": level, "deputies": len(asked), "on": day.isoformat(), "letter": suggestion.letter_number},
        routing=Routing.DEPUTIES.value,
        unit=None,
        owner_name="",
        signed_for_on=None,
    )
    notifications.suggested(row, asked, happening)
    return suggestion


@transaction.atomic
def ask_more_deputies(
    *, item: LedgerItem, by: Any, deputies: Iterable[Deputy], on: date | None = None
) -> list[AskedDeputy]:
    """Further deputies of the same level, about the same request."""
    row = opened_for(item, by, Action.ASK_MORE)
    suggestion = open_suggestion(row)
    chosen = _fit(row, deputies)
    if any(deputy.level != suggestion.level for deputy in chosen):
        raise Refused(_("一次只商请同一层级的代表。"))
    known = set(suggestion.asked.values_list("deputy", flat=True))
    if known & {deputy.pk for deputy in chosen}:
        raise Refused(_("所选代表里有已经商请过的。"))
    day = past_day(on, suggestion.asked_on)
    asked = _ask(suggestion, chosen, day)
    detail = {"level": suggestion.level, "deputies": len(asked), "on": day.isoformat()}
    happening = move(row, Action.ASK_MORE, by=by, capacity="committee", detail=detail)
    notifications.more_asked(row, asked, happening)
    return asked


def _fit(item: LedgerItem, deputies: Iterable[Deputy]) -> list[Deputy]:
    wanted = {deputy.pk for deputy in deputies}
    if not wanted:
        raise Refused(_("请选择要商请的代表。"))
    found = [deputy for deputy in upper_deputies(item.division) if deputy.pk in wanted]
    if len(found) != len(wanted):
        levels = "、".join(str(Deputy(level=level).get_level_display()) for level in UPPER_LEVELS)
        raise Refused(_("只能商请本辖区在任的上级人大代表（%s）。") % levels)
    return found


def _ask(suggestion: DeputySuggestion, deputies: list[Deputy], day: date) -> list[AskedDeputy]:
    return [AskedDeputy.objects.create(suggestion=suggestion, deputy=deputy, asked_on=day) for deputy in deputies]


def _opened(asked: AskedDeputy, by: Any, action: Action) -> tuple[LedgerItem, AskedDeputy, bool]:
    """The locked item and answer; by the deputy in the own name, or entered by the committee (由工委代录)."""
    row = opened_for(asked.suggestion.item, by, action)
    mine = AskedDeputy.objects.select_related("suggestion", "deputy__user", "deputy__congress").get(pk=asked.pk)
    if mine.suggestion.item_id != row.pk or mine.suggestion.ended_on is not None:
        raise Refused(_("这次商请已经收回。"))
    is_own = mine.deputy.user_id is not None and mine.deputy.user_id == by.pk
    if not is_own and not user_can_enter_for_deputy(by, row):
        raise not_for(action, row)
    return row, mine, not is_own


@transaction.atomic
def propose_suggestion(*, asked: AskedDeputy, by: Any, outside_number: str, on: date | None = None) -> AskedDeputy:
    """已提出代表建议, with the number under which the congress's own system knows it. Also after a first refusal."""
    row, mine, is_proxy = _opened(asked, by, Action.PROPOSE)
    if mine.state == AskedDeputy.State.PROPOSED:
        raise Refused(_("已经登记过代表建议编号。"))
    number = outside_number.strip()
    if not number:
        raise Refused(_("请填写代表建议编号。"))
    if len(number) > NUMBER_LENGTH:
        raise Refused(_("不能超过%d字。") % NUMBER_LENGTH)
    day = past_day(on, mine.asked_on)
    if not mine.deputy.is_in_office:
        raise Refused(_("代表任期已满，不能提出代表建议。"))
    mine.outside_number, mine.proposed_on, mine.reason = number, day, ""
    _answer(mine, AskedDeputy.State.PROPOSED, by, is_proxy)
    happening = move(
        row,
        Action.PROPOSE,
        by=by,
        capacity="proxy" if is_proxy else "deputy",
        detail={"number": number, "on": day.isoformat(), "level": mine.suggestion.level},
    )
    notifications.suggestion_made(row, mine, happening)
    return mine


@transaction.atomic
def decline_suggestion(*, asked: AskedDeputy, by: Any, reason: str) -> AskedDeputy:
    """不提出, with a reason that the committee reads; the public hears only what becomes of the matter."""
    row, mine, is_proxy = _opened(asked, by, Action.DECLINE)
    if mine.state != AskedDeputy.State.ASKED:
        raise Refused(_("已经答复过。"))
    mine.reason = required_text(require_reason(reason, _("请说明不提出的理由。")), _("请说明不提出的理由。"))
    _answer(mine, AskedDeputy.State.DECLINED, by, is_proxy)
    happening = move(row, Action.DECLINE, by=by, capacity="proxy" if is_proxy else "deputy")
    notifications.suggestion_declined(row, mine, happening)
    return mine


def _answer(mine: AskedDeputy, state: str, by: Any, is_proxy: bool) -> None:
    mine.state, mine.answered_on, mine.answered_by, mine.is_proxy = state, timezone.localdate(), by, is_proxy
    mine.save()

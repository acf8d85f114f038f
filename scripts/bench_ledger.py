"""The ledger's share of the bench database: N public items in every state, with replies and ratings, in bulk.

The rows are as the services would leave them, without trail and messages; what is kept beforehand (the days on which
something is due, the figures of the statistics) is computed by the portal's own jobs.
"""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

BATCH = 2000
BUSY = "430381001000"
Text = Callable[[], tuple[str, str]]


def fill(count: int, streets: list[Any], chance: random.Random, now: datetime, text: Text) -> None:
    from django.db import transaction
    from django.utils import timezone

    from participation.evaluations.models import Answer, Rater, Round
    from participation.ledger.models import Category, LedgerItem, Reply, ReplyRound
    from participation.ledger.services import refresh_due_days, refresh_statistics
    from participation.ledger.states import ANSWERED, State
    from portal.accounts.models import HandlingUnit

    states = [
        State.ASSIGNING, State.ASSIGNED, State.HANDLING, State.HANDLING, State.SIGN_OFF, State.REPLIED,
        State.COMPLETED, State.CLOSED_OFF, State.CLOSED_OFF, State.REPLIED_IMPORTED,
    ]  # fmt: skip
    resting = {State.ASSIGNING, State.REPLIED_IMPORTED}
    categories = [value for value in Category.values if value != "unsorted"]
    units = {
        street.pk: [HandlingUnit.objects.create(division=street, name=f"{street.name}示例单位{n}") for n in (1, 2)]
        for street in streets
    }

    busy = next(street for street in streets if street.code == BUSY)

    def item(number: int) -> Any:
        # a tenth of all in one street, so that its pages are full in the small database too
        street = busy if chance.random() < 0.1 else chance.choice(streets)
        state, when = chance.choice(states), now - timedelta(minutes=7 * number)
        raised, (title, summary) = timezone.localdate(when) - timedelta(days=chance.randrange(300)), text()
        is_with_unit = state not in resting
        replied = raised + timedelta(days=chance.randrange(3, 200)) if state in ANSWERED else None
        is_import = state == State.REPLIED_IMPORTED
        return LedgerItem(
            reference=f"TZ-{(street.code or '')[:9]}-2026-{number:06d}",
            source="import" if is_import else chance.choice(["deputy_suggestion", "visit", "reception"]),
            state=state, state_since=when, division=street, title=title, summary=summary, published_at=when,
            category=chance.choice(categories), unit=chance.choice(units[street.pk]) if is_with_unit else None,
            raised_on=raised, replied_on=replied,
            assigned_on=raised if is_with_unit else None, leg_started_on=raised if is_with_unit else None,
            signed_for_on=raised if is_with_unit and state != State.ASSIGNED else None,
            completed_on=replied if state in {State.COMPLETED, State.CLOSED_OFF} else None,
            closed_off_on=replied if state == State.CLOSED_OFF else None,
        )  # fmt: skip

    for start in range(0, count, BATCH):
        with transaction.atomic():
            rows = LedgerItem.objects.bulk_create(item(n) for n in range(start, min(start + BATCH, count)))
            replies = Reply.objects.bulk_create(
                Reply(
                    item=row, leg=1, unit=row.unit, kind="done", text="已经办好。", drafted_at=now,
                    signed_on=row.replied_on, is_imported=row.unit_id is None,
                )
                for row in rows
                if row.replied_on
            )  # fmt: skip
            rated = [reply for reply in replies if reply.item.state == State.CLOSED_OFF]
            rounds = Round.objects.bulk_create(
                Round(
                    opened_on=reply.signed_on, closes_on=reply.signed_on, state="closed", closed_at=now, roll_size=1,
                    division=reply.item.division, unit=reply.unit, subject_kind="ledger_item",
                    subject_key=reply.item.reference,
                )
                for reply in rated
            )  # fmt: skip
            ReplyRound.objects.bulk_create(
                ReplyRound(reply=reply, round=round_) for reply, round_ in zip(rated, rounds, strict=True)
            )
            raters = Rater.objects.bulk_create(Rater(round=round_, key="party:0") for round_ in rounds)
            answers = Answer.objects.bulk_create(
                Answer(rater=rater, value=chance.choice(["satisfied", "basically_satisfied"]), answered_at=now)
                for rater in raters
            )
            publish(dict(zip(rounds, (answer.value for answer in answers), strict=True)), now)
    refresh_due_days()
    refresh_statistics()


def publish(values: dict[Any, str], now: datetime) -> None:
    """Batches of at least five rounds of one unit; what is left of a unit waits."""
    from django.utils import timezone

    from participation.evaluations.models import Publication, Round
    from participation.evaluations.services.totals import add_to_totals

    by_unit: dict[int, list[Any]] = {}
    for round_ in values:
        by_unit.setdefault(round_.unit_id, []).append(round_)
    groups = [rounds for rounds in by_unit.values() if len(rounds) >= 5]
    batches = Publication.objects.bulk_create(
        Publication(
            kind="ledger", source="resident", division=rounds[0].division, unit_id=rounds[0].unit_id,
            published_on=timezone.localdate(now), round_count=len(rounds), invited=len(rounds), answered=len(rounds),
            satisfied=sum(values[each] == "satisfied" for each in rounds),
            basically=sum(values[each] != "satisfied" for each in rounds), definition="示例", raters="示例",
        )
        for rounds in groups
    )  # fmt: skip
    for batch, rounds in zip(batches, groups, strict=True):
        add_to_totals(batch)
        for each in rounds:
            each.publication = batch
    Round.objects.bulk_update([each for rounds in groups for each in rounds], ["publication"], batch_size=500)

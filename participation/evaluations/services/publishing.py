"""公布: whole rounds in batches of at least five ratings, once and for good (decisions.md 14)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.moderation.rules import Refused
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import terms_in_force
from portal.trail.services import record

from ..models import Correction, Publication, Round
from ..registry import kind_of
from ..rules import SMALLEST_CELL, Batch, batches_due, batches_of_quarter
from ..selectors import in_chunks, result_of, stars_of_rounds, tally_of, tally_of_rounds, waiting_rounds
from ..states import Roll, RoundState
from .closing import close_due_rounds
from .totals import add_to_totals

SUBJECT_KIND = "evaluation"
RATERS = {
    Roll.PROPOSERS: gettext_lazy("提出事项的居民"),
    Roll.MEMBERS: gettext_lazy("本辖区议事代表（议事员）"),
    Roll.LISTED: gettext_lazy("名册上的人（由举办方确定，住在或任职于本辖区）"),
    Roll.VERIFIED: gettext_lazy("已核验的居民"),
}


def publish_due(today: date | None = None) -> int:
    """Close what ran out and publish what makes five; safe to run twice or in parallel. How many batches.

    What is left at the end of a quarter goes together over the units of a place where `evaluation_pooling` says so.
    """
    day = today or timezone.localdate()
    close_due_rounds(day)
    made = sum(_publish(batch, day) for batch in batches_due(waiting_rounds()))
    left = waiting_rounds(closed_before=_quarter_start(day))
    pooling = _places_that_pool({each.place for each in left}, day)
    quarter = batches_of_quarter(each for each in left if each.place in pooling)
    return made + sum(_publish(batch, day) for batch in quarter)


def _quarter_start(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _places_that_pool(places: set[int | None], day: date) -> set[int]:
    rows = Division.objects.filter(pk__in=[place for place in places if place is not None])
    return {row.pk for row in rows if terms_in_force(row, day)["evaluation_pooling"] == "quarter"}


@transaction.atomic
def _publish(batch: Batch, day: date) -> bool:
    """False where somebody else has published one of the rounds meanwhile."""
    rounds: list[Round] = []
    for keys in in_chunks(sorted(batch.rounds)):
        rows = Round.objects.select_for_update().filter(pk__in=keys, publication=None)
        rounds += rows.order_by("pk")
    if len(rounds) != len(batch.rounds):
        return False
    first = rounds[0]
    is_alone = len(rounds) == 1
    _create(
        rounds,
        published_on=day,
        title=first.title if is_alone else "",
        unit_id=batch.pool.unit,
        is_pooled=not is_alone and batch.pool.unit is None and any(round_.unit_id for round_ in rounds),
    )
    return True


@transaction.atomic
def publish_round(
    *, round_: Round, by: Any, shows_counts: bool = True, published_on: date | None = None
) -> Publication:
    """One confirmed round of an owner that publishes itself; without counts only the class is made public.

    Raises Refused under five answers: 样本不足.
    """
    row = Round.objects.select_for_update().get(pk=round_.pk)
    if row.state != RoundState.CONFIRMED:
        raise Refused(_("结果确认后才能公布。"))
    if row.publication_id is not None:
        raise Refused(_("该评价已经公布。"))
    if not tally_of(row, with_public=False).is_enough:
        raise Refused(_("评价不足5份，样本不足，不能公布。"))
    return _create(
        [row],
        published_on=published_on or timezone.localdate(),
        title=row.title,
        unit_id=row.unit_id,
        is_pooled=False,
        shows_counts=shows_counts,
        result=result_of(row) or "",
        class_rule=row.class_rule,
        by=by,
    )


def _create(
    rounds: list[Round],
    *,
    published_on: date,
    title: str,
    unit_id: int | None,
    is_pooled: bool,
    shows_counts: bool = True,
    result: str = "",
    class_rule: Any = None,
    by: Any = None,
) -> Publication:
    first = rounds[0]
    counts = tally_of_rounds(rounds, with_public=False)
    has_roll = all(round_.roll_size is not None for round_ in rounds)
    created = Publication.objects.create(
        kind=first.kind,
        source=first.source,
        title=title,
        division_id=first.division_id,
        unit_id=unit_id,
        is_pooled=is_pooled,
        published_on=published_on,
        published_by=by,
        round_count=len(rounds),
        shows_counts=shows_counts,
        invited=counts.invited if has_roll and shows_counts else None,
        answered=counts.answered if shows_counts else 0,
        satisfied=counts.satisfied if shows_counts else 0,
        basically=counts.basically if shows_counts else 0,
        dissatisfied=counts.dissatisfied if shows_counts else 0,
        stars=_stars(rounds) if shows_counts else {},
        result=result,
        class_rule=class_rule,
        definition=str(kind_of(first.kind).definition),
        raters=str(RATERS[Roll(first.roll)]),
    )
    add_to_totals(created)
    for keys in in_chunks([round_.pk for round_ in rounds]):
        Round.objects.filter(pk__in=keys).update(publication=created)
    record(
        subject_kind=SUBJECT_KIND, subject_key=str(created.pk), verb="publish", actor=by,
        capacity="staff" if by is not None else "system",
        detail={"kind": created.kind, "source": created.source, "answered": created.answered,
                "satisfied": created.satisfied, "basically": created.basically,
                "dissatisfied": created.dissatisfied, "result": created.result},
    )  # fmt: skip
    return created


def _stars(rounds: list[Round]) -> dict[str, list[int]]:
    """A question under five answers is left out of the batch for good."""
    found = stars_of_rounds(rounds, with_public=False)
    return {key: list(stars.counts) for key, stars in sorted(found.items()) if stars.answered >= SMALLEST_CELL}


@transaction.atomic
def correct_publication(*, publication: Publication, by: Any, text: str) -> Correction:
    """更正: dated, below the figures, which stay as they were published."""
    if not text.strip():
        raise Refused(_("请填写更正内容。"))
    correction = Correction.objects.create(publication=publication, text=text.strip(), on=timezone.localdate(), by=by)
    record(
        subject_kind=SUBJECT_KIND, subject_key=str(publication.pk), verb="correct", actor=by, capacity="staff",
        reason=text.strip(),
    )  # fmt: skip
    return correction

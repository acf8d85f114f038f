"""Changing the terms of a division: only forwards, checked, and with before and after in the trail."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.trail.services import record

from .. import rules
from ..models import Division, TermsPeriod
from ..permissions import user_can_change_terms
from ..querysets import TermsPeriodQuerySet
from ..selectors import forget_terms, terms_by_division
from ..terms import definitions
from ..terms.consistency import contradictions
from ..terms.presets import PRESETS, StatedValue


class TermsRefused(Exception):
    """The change was refused and nothing was written: Chinese sentences by term key, "" for the whole."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = problems


def add_terms_period(
    *,
    division: Division,
    starts_on: date | None,
    values: Mapping[str, StatedValue],
    document_name: str = "",
    document_date: date | None = None,
    preset: str = "",
    reason: str = "",
    actor: Any = None,
) -> TermsPeriod:
    """States `values` for `division` from `starts_on`; what is planned for the same day already stays beside them.

    What has been in force is never rewritten: a start before today (or none) is taken only while the division has no
    period in use, its own or inherited, and then with a reason. Raises TermsRefused, or PermissionDenied for an actor
    without the right.
    """
    if actor is not None and not user_can_change_terms(actor, division):
        raise PermissionDenied
    with transaction.atomic():
        division = Division.objects.select_for_update().get(pk=division.pk)
        today = timezone.localdate()
        day = starts_on or date.min
        before = terms_by_division([division], day)[division.pk]
        problems = _value_problems(values, before)
        problems |= _start_problem(division, starts_on, today, reason)
        if problems:
            raise TermsRefused(problems)
        planned = division.terms_periods.filter(starts_on=starts_on, starts_on__gt=today).first()
        kept = planned.values if planned else {}
        stated = kept | {key: value.as_json() for key, value in values.items()}
        if planned:
            if stated == kept and document_name in ("", planned.document_name):
                return planned  # pressed twice
            document_name = document_name or planned.document_name
            document_date = document_date or planned.document_date
            planned.delete()
        period = TermsPeriod.objects.create(
            division=division,
            starts_on=starts_on,
            values=stated,
            preset=preset,
            document_name=document_name,
            document_date=document_date,
            created_by=actor,
        )
        changed = {key: value.value for key, value in values.items() if before[key] != value.value}
        record(
            subject_kind="division",
            subject_key=division.key,
            verb="terms_changed",
            actor=actor,
            reason=reason,
            detail={
                "starts_on": starts_on.isoformat() if starts_on else None,
                "preset": preset,
                "document": str(document_name),
                "stated": sorted(values),
                "before": {key: before[key] for key in changed},
                "after": changed,
            },
        )
        forget_terms()
    return period


def _value_problems(values: Mapping[str, StatedValue], before: Mapping[str, Any]) -> dict[str, str]:
    known = definitions()
    if unknown := sorted(values.keys() - known.keys()):
        return {"": _("不认识的口径：%(keys)s。") % {"keys": "、".join(unknown)}}
    if not values:
        return {"": _("没有改动任何口径。")}
    problems = {key: found for key, value in values.items() if (found := known[key].problem_with(value.value))}
    together = {**before, **{key: value.value for key, value in values.items()}}
    return problems or contradictions(together)


def _start_problem(division: Division, starts_on: date | None, today: date, reason: str) -> dict[str, str]:
    in_use = _in_use(division, today)
    if starts_on == today and division.terms_periods.filter(starts_on=today).exists():
        return {"starts_on": _("今天已经起用了一个时段，不能再改。请从明天或以后开始。")}
    if not rules.start_is_backdated(starts_on, today):
        return {}
    if in_use.exists():
        return {"starts_on": _("已经使用过的口径不能往回改。请填今天或以后的日期。")}
    if not reason.strip():
        return {"reason": _("补录以前的口径要写明理由。")}
    return {}


def _in_use(division: Division, today: date) -> TermsPeriodQuerySet:
    """Periods that already speak for this division, its own and those it inherits."""
    return TermsPeriod.objects.filter(division__path__in=rules.paths_up(division.path)).begun_by(today)


def withdraw_planned_period(*, period: TermsPeriod, reason: str, actor: Any = None) -> None:
    """Removes a period whose first day has not come; one in use can only be followed by another."""
    if actor is not None and not user_can_change_terms(actor, period.division):
        raise PermissionDenied
    with transaction.atomic():
        period = TermsPeriod.objects.select_for_update(of=("self",)).select_related("division").get(pk=period.pk)
        if rules.period_has_begun(period.starts_on, timezone.localdate()):
            raise TermsRefused({"": _("这个时段已经起用，不能撤销。")})
        if not reason.strip():
            raise TermsRefused({"": _("请填写撤销的理由，理由记入公开记录。")})
        record(
            subject_kind="division",
            subject_key=period.division.key,
            verb="terms_withdrawn",
            actor=actor,
            reason=reason.strip(),
            detail={
                "starts_on": period.starts_on.isoformat() if period.starts_on else None,
                "before": {key: stored["value"] for key, stored in period.values.items()},
            },
        )
        period.delete()
        forget_terms()


def apply_preset(*, division: Division, preset: str, actor: Any = None, reason: str = "") -> tuple[TermsPeriod, bool]:
    """States a preset for a division; (period, whether anything changed).

    On a division without terms it holds from the document's own day (or from the beginning where that is unknown);
    on one whose terms are in use, from today. The same preset twice changes nothing.
    """
    chosen = PRESETS[preset]
    stored = {key: value.as_json() for key, value in chosen.values.items()}
    with transaction.atomic():
        division = Division.objects.select_for_update().get(pk=division.pk)
        today = timezone.localdate()
        newest = division.terms_periods.begun_by(today).newest_first().first()
        if newest and newest.preset == preset and newest.values == stored:
            return newest, False
        starts_on = chosen.starts_on
        if rules.start_is_backdated(starts_on, today) and _in_use(division, today).exists():
            starts_on = today
        period = add_terms_period(
            division=division,
            starts_on=starts_on,
            values=chosen.values,
            document_name=str(chosen.document_name),
            preset=preset,
            reason=reason or _("套用预设“%(label)s”") % {"label": chosen.label},
            actor=actor,
        )
    return period, True

"""接待机制: chosen from a preset, changed line by line, confirmed. Sessions keep their facts whatever is chosen."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from portal.jurisdictions.models import Division
from portal.trail.services import record

from ..models import ReceptionScheme, SchemeRequirement
from ..permissions import user_can_keep_scheme
from ..rules.days import is_day_rule
from ..rules.presets import PRESETS
from ..rules.scheme import COUNT_UNITS, GUEST_MODES, HOST_ROLES, TASKS, VENUE_KINDS, Requirement
from .moves import lock_desk, required

SCHEME_KIND = "reception_scheme"


def adopt_preset(*, division: Division, preset: str, label: str, starts_on: date, by: Any) -> ReceptionScheme:
    """One of the five readings, not confirmed."""
    if preset not in PRESETS:
        raise Refused(_("请选择一种预设口径。"))
    return save_scheme(
        division=division, label=label, requirements=PRESETS[preset], starts_on=starts_on, by=by, preset=preset
    )


@transaction.atomic
def save_scheme(
    *,
    division: Division,
    label: str,
    requirements: Sequence[Requirement],
    starts_on: date,
    by: Any,
    preset: str = "",
    note: str = "",
) -> ReceptionScheme:
    """A new scheme from a day on; the one before ends the day before, so that past months are read as they were asked.

    A scheme of the very same first day is written over: it has asked for nothing yet, or was typed wrong.
    """
    if not user_can_keep_scheme(by, division):
        raise PermissionDenied
    lock_desk(division)
    label = required(label, _("请填写名称，例如：每月“1+4”进站点接待群众。"), 60)
    _check(requirements)
    ReceptionScheme.objects.filter(division=division, effective_from__lt=starts_on).in_force(starts_on).update(
        effective_to=starts_on - timedelta(days=1)
    )
    later = ReceptionScheme.objects.filter(division=division, effective_from__gt=starts_on).order_by("effective_from")
    following = later.first()
    row, is_new = ReceptionScheme.objects.update_or_create(
        division=division,
        effective_from=starts_on,
        defaults={
            "label": label, "preset": preset, "note": note.strip()[:200], "confirmed": False,
            "effective_to": following.effective_from - timedelta(days=1) if following else None,
        },
    )  # fmt: skip
    row.requirements.all().delete()
    SchemeRequirement.objects.bulk_create(
        SchemeRequirement(
            scheme=row, order=order, name=each.name, min_count=each.min_count, venue_kind=each.venue_kind,
            host_role=each.host_role, guest_roles=list(each.guest_roles), guest_mode=each.guest_mode,
            day_rule=each.day_rule, distinct_sites=each.distinct_sites, count_unit=each.count_unit,
            min_hosts=dict(each.min_hosts), tasks=list(each.tasks),
        )
        for order, each in enumerate(requirements)
    )  # fmt: skip
    _record(row, "adopt" if is_new else "change", by)
    return row


@transaction.atomic
def confirm_scheme(*, scheme: ReceptionScheme, by: Any, is_confirmed: bool = True) -> ReceptionScheme:
    """口径已确认: from now on the check judges, reminds, and shows the requirements' names."""
    row = ReceptionScheme.objects.select_for_update(of=("self",)).select_related("division").get(pk=scheme.pk)
    if not user_can_keep_scheme(by, row.division):
        raise PermissionDenied
    if row.confirmed != is_confirmed:
        row.confirmed = is_confirmed
        row.save()
        _record(row, "confirm" if is_confirmed else "unconfirm", by)
    return row


def _record(row: ReceptionScheme, verb: str, by: Any) -> None:
    record(
        subject_kind=SCHEME_KIND, subject_key=str(row.pk), verb=verb, actor=by, capacity="staff",
        detail={"division": row.division.key, "preset": row.preset, "from": row.effective_from.isoformat()},
    )  # fmt: skip


def _check(requirements: Sequence[Requirement]) -> None:
    if not requirements:
        raise Refused(_("至少要有一项要求。"))
    for each in requirements:
        if not each.name.strip() or each.min_count < 1:
            raise Refused(_("每项要求都要有名称和次数。"))
        known = each.venue_kind in VENUE_KINDS and each.guest_mode in GUEST_MODES and each.count_unit in COUNT_UNITS
        if not (known and {each.host_role, *each.min_hosts} <= set(HOST_ROLES) and set(each.tasks) <= set(TASKS)):
            raise Refused(_("“%s”里有不认识的选项。") % each.name)
        if not is_day_rule(each.day_rule):
            raise Refused(_("“%s”的日期规则写得不对。") % each.name)

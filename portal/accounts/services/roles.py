"""Giving, ending and handing over posts."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import rules
from ..models import HandingOver, HandlingUnit, Role, RoleAssignment, User
from ..permissions import user_can_give_role
from ..registry import movers
from ..selectors import forget_roles, roles_of
from .refusals import AccountRefused
from .users import end_sessions, locked, note


def capacity_of(actor: Any) -> str:
    """In which capacity somebody acts, for the trail: the highest of their posts, or superuser."""
    if actor is None:
        return ""
    held = {post.role for post in roles_of(actor)}
    return next((role for role in ("director", "admin", "committee", "clerk", "community") if role in held), "") or (
        "superuser" if actor.is_superuser else ""
    )


def _check_may_give(by: Any, role: str, division: Any, target: User) -> None:
    """`by` None is the system: a command on the machine, or the set-up."""
    if by is not None and not user_can_give_role(by, role, division, target, roles_of(by)):
        raise AccountRefused(_("您没有权限在这个范围内任免这个角色。"), "forbidden")


@transaction.atomic
def assign_role(
    *,
    user: User,
    role: str,
    division: Any,
    by: Any = None,
    unit: HandlingUnit | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    is_acting: bool = False,
    is_head: bool = False,
) -> RoleAssignment:
    """Appoint. The same post to the same end is returned as it is; X39 is checked under a lock on the person."""
    if role not in Role.values or role == Role.RESIDENT:
        raise AccountRefused(_("没有这个角色，或这个角色不用任命。"), "unknown_role")
    _check_may_give(by, role, division, user)
    person = locked(user)
    if not person.is_active:
        raise AccountRefused(_("账号已停用，不能任职。"), "inactive")
    day = starts_on or timezone.localdate()
    if ends_on is not None and ends_on < day:
        raise AccountRefused(_("结束日期早于开始日期。"), "ends_before_it_starts")
    existing = RoleAssignment.objects.filter(
        user=person, role=role, division=division, unit=unit, ends_on=ends_on, is_void=False
    ).first()
    if existing is not None:
        return existing
    assignment = RoleAssignment(
        user=person,
        role=role,
        division=division,
        unit=unit,
        starts_on=day,
        ends_on=ends_on,
        is_acting=is_acting,
        is_head=is_head and unit is not None,
        given_by=by,
    )
    try:
        assignment.full_clean()
    except ValidationError as error:
        raise AccountRefused("；".join(error.messages), _first_code(error)) from error
    assignment.save(force_insert=True)
    sync_groups(person)
    note(
        person, "role_given", actor=by, capacity=capacity_of(by), role=role, division=division.key,
        starts_on=day.isoformat(), ends_on=ends_on.isoformat() if ends_on else "", acting=is_acting,
        head=is_head and unit is not None,
    )  # fmt: skip
    forget_roles(user)
    return assignment


def _first_code(error: ValidationError) -> str:
    codes = [found.code for errors in error.error_dict.values() for found in errors if found.code]
    return str("X39" if "X39" in codes else (codes or ["invalid"])[0])


@transaction.atomic
def end_role(*, assignment: RoleAssignment, by: Any = None, on: date | None = None, reason: str = "") -> None:
    """`on` is the last day in office; without it the post ends at once. What would end before it began is void."""
    _check_may_give(by, assignment.role, assignment.division, assignment.user)
    person = locked(assignment.user)
    held = RoleAssignment.objects.get(pk=assignment.pk)
    last_day = on or timezone.localdate() - timedelta(days=1)
    if held.is_void or (held.ends_on is not None and held.ends_on <= last_day):
        return
    if last_day < held.starts_on:
        held.is_void, held.ends_on = True, held.starts_on
    else:
        held.ends_on = last_day
    held.save(update_fields=["ends_on", "is_void"])
    sync_groups(person)
    if last_day < timezone.localdate():
        end_sessions(user=person)
    note(
        person, "role_ended", actor=by, capacity=capacity_of(by), reason=reason, role=held.role,
        division=held.division.key, last_day=last_day.isoformat(),
    )  # fmt: skip
    assignment.refresh_from_db()
    forget_roles(assignment.user)


@transaction.atomic
def hand_over(
    *, from_user: User, to_user: User, role: str, division: Any, on: date | None = None, by: Any = None
) -> RoleAssignment:
    """One step: the one post ends the day before `on`, the other begins on that day, and open items move."""
    if from_user.pk == to_user.pk:
        raise AccountRefused(_("交出人和接手人是同一个人。"), "same_person")
    day = on or timezone.localdate()
    # one order for everybody, so that two hand-overs cannot wait for each other
    list(User.objects.select_for_update().filter(pk__in=[from_user.pk, to_user.pk]).order_by("pk"))
    held = (
        RoleAssignment.objects.not_over(day)
        .filter(user=from_user, role=role, division=division)
        .select_related("unit", "user", "division")
        .first()
    )
    if held is None:
        raise AccountRefused(_("交出人在这一天没有担任这个职务。"), "not_held")
    kept_until = held.ends_on
    end_role(assignment=held, by=by, on=day - timedelta(days=1), reason=_("交接"))
    given = assign_role(
        user=to_user, role=role, division=division, unit=held.unit, by=by, starts_on=day, ends_on=kept_until,
        is_acting=held.is_acting,
        is_head=held.is_head,
    )  # fmt: skip
    handing_over = HandingOver.objects.create(
        from_user=from_user, to_user=to_user, role=role, division=division, on=day
    )
    if day <= timezone.localdate():
        _move(handing_over)
    return given


def _move(handing_over: HandingOver) -> None:
    who = {
        "from_user": handing_over.from_user,
        "to_user": handing_over.to_user,
        "role": handing_over.role,
        "division": handing_over.division,
    }
    handing_over.moved = {name: move(**who) for name, move in movers.items()}
    handing_over.moved_at = timezone.now()
    handing_over.save(update_fields=["moved", "moved_at"])
    note(
        handing_over.to_user, "post_taken_over", role=handing_over.role, division=handing_over.division.key,
        moved=handing_over.moved, handed_by=handing_over.from_user.trail_id,
    )  # fmt: skip


def move_due_items() -> str:
    """The items of hand-overs agreed for a day that has come."""
    due = HandingOver.objects.filter(moved_at=None, on__lte=timezone.localdate()).values_list("pk", flat=True)
    moved = 0
    for pk in list(due):
        with transaction.atomic():
            row = HandingOver.objects.select_for_update().filter(pk=pk, moved_at=None).first()
            if row is not None:
                _move(row)
                moved += 1
    return f"{moved} posts handed over"


def sync_groups(user: User) -> None:
    """Wagtail gives page and collection rights to groups: one group per role, held as long as the post."""
    today = timezone.localdate()
    held = set(RoleAssignment.objects.current(today).filter(user=user).values_list("role", flat=True))
    wanted = {str(Role(role).label) for role in held if role in rules.STAFF_ROLES}
    ours = {str(Role(role).label) for role in rules.STAFF_ROLES}
    present = set(user.groups.filter(name__in=ours).values_list("name", flat=True))
    for name in sorted(wanted - present):
        user.groups.add(Group.objects.get_or_create(name=name)[0])
    if gone := present - wanted:
        user.groups.remove(*Group.objects.filter(name__in=gone))


def sync_all_groups() -> str:
    """Posts begin and end by date: once a day the groups follow."""
    people = User.objects.filter(role_assignments__isnull=False).distinct()
    for person in people.iterator():
        sync_groups(person)
    return "groups follow posts"

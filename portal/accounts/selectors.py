"""Reads over people, posts and units."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.jurisdictions.models import Division
from portal.jurisdictions.querysets import DivisionQuerySet
from portal.jurisdictions.selectors import site_profile
from portal.outbox.backends import is_available
from portal.trail.subjects import Subject, row_keys

from . import rules
from .models import CommitteePost, Consent, HandlingUnit, Role, RoleAssignment, User
from .querysets import CommitteePostQuerySet, RoleAssignmentQuerySet, UserQuerySet


def roles_of(user: Any, on: date | None = None) -> list[RoleAssignment]:
    """The posts that the user acts by on a day (today), with division and unit; none before the second factor."""
    return [] if getattr(user, "lacks_second_factor", False) else posts_of(user, on)


def posts_of(user: Any, on: date | None = None) -> list[RoleAssignment]:
    """The posts that the user holds on a day (today); asked once per request."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return []
    day = on or timezone.localdate()
    cached = getattr(user, "_roles_by_day", None)  # of the person, not of the lazy `request.user` around it
    if cached is None:
        user._roles_by_day = cached = {}
    if day not in cached:
        held = RoleAssignment.objects.current(day).filter(user=user).select_related("division", "unit")
        cached[day] = list(held)
    return list(cached[day])


def covers_the_site(division: Division) -> bool:
    """Whether a post in `division` reaches over the whole site; before the set-up nobody's does."""
    profile = site_profile()
    return profile is not None and profile.division is not None and profile.division.path.startswith(division.path)


def answers_for_the_site(division: Division, roles: Iterable[str]) -> bool:
    """Whether a post in `division` covers the site; where no post of these roles does, every one inside it counts.

    As long as the site has named no division of its own, all posts are inside it.
    """
    profile = site_profile()
    if profile is None or profile.division is None:
        return True
    if covers_the_site(division):
        return True
    if not division.path.startswith(profile.division.path):
        return False
    held = RoleAssignment.objects.current(timezone.localdate()).filter(role__in=list(roles), user__is_active=True)
    return not held.covering(profile.division).exists()


def forget_roles(user: Any) -> None:
    """After a change of posts in the same request."""
    user._roles_by_day = {}


def has_role(user: Any, *roles: str, division: Any = None, on: date | None = None) -> bool:
    """Whether the user holds one of the roles, in `division` or above it if one is given."""
    if Role.RESIDENT.value in roles and getattr(user, "is_authenticated", False) and user.is_active:
        return True
    return any(
        held.role in roles and (division is None or division.path.startswith(held.division.path))
        for held in roles_of(user, on)
    )


def is_staff_member(user: Any) -> bool:
    """Whether the strict rules for staff hold: idle time, two factors."""
    if not getattr(user, "is_authenticated", False):
        return False
    return bool(user.is_superuser) or any(held.role in rules.STAFF_ROLES for held in posts_of(user))


def users_with_role(role: str, division: Any, on: date | None = None) -> UserQuerySet:
    """Active users who hold the role in the division or above it."""
    held = RoleAssignment.objects.current(on or timezone.localdate()).filter(role=role).covering(division)
    return User.objects.active().filter(pk__in=held.values("user"))


def users_within(role: str, division: Any, on: date | None = None) -> UserQuerySet:
    """Active users who hold the role in the division or below it; anywhere without one."""
    held = RoleAssignment.objects.current(on or timezone.localdate()).filter(role=role)
    if division is not None:
        held = held.within([division])
    return User.objects.active().filter(pk__in=held.values("user"))


def administrators() -> UserQuerySet:
    """Who keeps the installation running."""
    return users_within(Role.ADMIN, None)


def users_of_unit(unit: HandlingUnit, on: date | None = None) -> UserQuerySet:
    """Active users who work for the handling unit."""
    held = RoleAssignment.objects.current(on or timezone.localdate()).filter(unit=unit)
    return User.objects.active().filter(pk__in=held.values("user"))


def units_of(user: Any, on: date | None = None) -> list[HandlingUnit]:
    return [held.unit for held in roles_of(user, on) if held.unit is not None]


def divisions_of(user: Any, *roles: str, on: date | None = None) -> list[Any]:
    """The divisions (without those below) where the user holds one of the roles."""
    return list({held.division_id: held.division for held in roles_of(user, on) if held.role in roles}.values())


def appointable_roles(user: Any) -> list[tuple[str, str]]:
    """Choices of roles that the user may give somewhere."""
    if user.is_superuser:
        return [(value, str(label)) for value, label in Role.choices if value != Role.RESIDENT.value]
    allowed = rules.appointable_by(held.role for held in roles_of(user))
    return [(value, str(label)) for value, label in Role.choices if value in allowed]


def assignments_manageable_by(user: Any) -> RoleAssignmentQuerySet:
    """The posts that the user may see on the staff screen: those of the own divisions."""
    rows = RoleAssignment.objects.select_related("user", "division", "unit", "given_by")
    if user.is_superuser:
        return rows
    return rows.within(divisions_of(user, *rules.APPOINTS))


def staff_manageable_by(user: Any) -> UserQuerySet:
    """People with a post in the own divisions; a superuser sees everybody who has or had one."""
    held = assignments_manageable_by(user)
    people = User.objects.filter(pk__in=held.values("user"))
    return people if user.is_superuser else people.filter(is_superuser=False)


def consents_of(user: Any) -> QuerySet[Consent]:
    return Consent.objects.filter(user=user)


def names_shown(users: Iterable[User]) -> dict[Any, str]:
    return {user.pk: user.display_name for user in users}


def has_real_name(user: Any) -> bool:
    return bool(user.real_name)


def surname_is_right(user: Any, answer: str) -> bool:
    return bool(user.real_name) and rules.surname_of(user.real_name) == rules.normalised(answer)


def accounts_as_subjects(keys: list[str]) -> dict[str, Subject]:
    """An account's entries are shown to the person and to whoever exports the record."""

    def visible_to(owner_pk: int) -> Any:
        return lambda user: user.is_authenticated and (user.pk == owner_pk or user.has_perm("trail.export_entry"))

    return {
        person.trail_id: Subject("account", person.trail_id, str(_("账号")), "/me/", visible_to(person.pk))
        for person in User.objects.filter(trail_id__in=keys).only("pk", "trail_id")
    }


def open_doors() -> list[str]:
    """The doors by code that this installation can serve now, the phone first."""
    return [door for door, channel in (("phone", "sms"), ("email", "email")) if is_available(channel)]


def divisions_in_scope(user: Any, roles: Iterable[str] = tuple(rules.APPOINTS)) -> DivisionQuerySet:
    """Where the user has one of the roles (those who appoint); everywhere for superusers and the machine (None)."""
    rows = Division.objects.all()
    if user is None or user.is_superuser:
        return rows
    wanted = Q(pk__in=[])
    for division in divisions_of(user, *roles):
        wanted |= Q(path__startswith=division.path)
    return rows.filter(wanted)


def places_to_verify(user: Any, roles: Iterable[str]) -> list[Division]:
    """Communities where the user may verify residents, and the streets and townships over them, in order."""
    rows = (
        Division.objects.select_related("parent")
        .order_by("path")
        .filter(level__in=[Division.Level.SUBDISTRICT, Division.Level.TOWNSHIP, Division.Level.COMMUNITY])
    )
    if user.is_superuser:
        return list(rows)
    wanted = Q(pk__in=[])
    for division in divisions_of(user, *roles):
        wanted |= Q(path__startswith=division.path)
    return list(rows.filter(wanted))


def divisions_named(written: str, user: Any) -> list[Division]:
    """The divisions in the user's scope with this code or this very name; two at most."""
    name = rules.normalised(written)
    return list(divisions_in_scope(user).filter(Q(code=name) | Q(name=name))[:2])


def residents_found(phone: str) -> list[User]:
    """Everybody reached at a number who is no staff of higher standing; for the counter."""
    if not rules.normalised_phone(phone):
        return []
    return list(User.objects.reached_at(phone).filter(is_active=True, is_superuser=False).order_by("pk")[:10])


def committee_posts_of(division: Division, on: date | None = None) -> list[CommitteePost]:
    """The posts of a street's committee on a day (today), in the order of the station's roles, acting ones last."""
    rows = CommitteePost.objects.current(on or timezone.localdate()).filter(division=division).select_related("user")
    order = list(rules.STATION_ROLE_OF_POST)
    return sorted(rows, key=lambda row: (order.index(row.post), row.is_acting, row.starts_on, row.pk))


def committee_posts_in_scope(user: Any, roles: Iterable[str] = rules.COMMITTEE_POST_READERS) -> CommitteePostQuerySet:
    """The posts, past and void ones too, of the divisions in which the user holds one of the roles."""
    rows = CommitteePost.objects.select_related("division", "user")
    if user.is_superuser:
        return rows
    return rows.within(divisions_of(user, *roles))


def committees_in_scope(user: Any) -> DivisionQuerySet:
    """The streets whose committee this person keeps."""
    rows = Division.objects.at_level(Division.Level.SUBDISTRICT).order_by("path")
    if user.is_superuser:
        return rows
    wanted = Q(pk__in=[])
    for division in divisions_of(user, *rules.COMMITTEE_POST_KEEPERS):
        wanted |= Q(path__startswith=division.path)
    return rows.filter(wanted)


def committee_posts_as_subjects(keys: list[str]) -> dict[str, Subject]:
    rows = CommitteePost.objects.filter(pk__in=row_keys(keys)).select_related("division")

    def visible_to(division: Division) -> Any:
        return lambda user: user.is_authenticated and user.has_perm("accounts.view_committeepost", division)

    return {str(row.pk): Subject("committee_post", str(row.pk), str(row), "", visible_to(row.division)) for row in rows}

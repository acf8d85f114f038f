"""The sixteen people of the demo and of the tests, with their posts in 湘乡市望春门街道."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import division_by_code
from portal.trail.services import record_all

from .models import CommitteePost, HandlingUnit, User
from .services.posts import POST_SUBJECT
from .services.privacy import accept_notice
from .services.roles import assign_role
from .services.users import create_user
from .services.verification import verify

SUBDISTRICT, COUNTY, CITY = "430381001000", "430381000000", "430100000000"


@dataclass(frozen=True)
class Player:
    """One of the cast. `role` is empty for residents; `at` is the division of the post; names are plainly examples."""

    username: str
    real_name: str
    role: str = ""
    at: str = SUBDISTRICT
    unit: str = ""
    unit_kind: str = ""
    phone: str = ""
    also_at: str = ""


CAST = (
    Player("resident", "张示例", phone="13800000001"),
    Player("resident2", "李示例", phone="13800000002"),
    Player("member", "议事代表示例", "member", phone="13800000003"),
    Player("deputy", "人大代表示例", "deputy", phone="13800000004"),
    Player("clerk", "联络员示例", "clerk"),
    Player("community", "社区工作者示例", "community"),
    Player("editor", "编辑示例", "editor"),
    Player("moderator", "审核员示例", "moderator", COUNTY, also_at=CITY),
    Player("committee", "工委干事示例", "committee"),
    Player("director", "工委主任示例", "director"),
    Player("unit", "承办单位示例", "unit", unit="望春门街道办事处（示例）", unit_kind="office"),
    Player("unit2", "承办单位示例二", "unit", unit="市容管理部门（示例）", unit_kind="department"),
    Player("party", "党工委示例", "party"),
    Player("superior", "上级人大示例", "superior", COUNTY),
    Player("auditor", "审计员示例", "auditor", COUNTY),
    Player("admin", "系统管理员示例", "admin", COUNTY),
)


def _division(code: str) -> Division:
    division = division_by_code(code)
    if division is None:
        call_command("seed_divisions", verbosity=0)
        division = division_by_code(code)
    assert division is not None, code  # noqa: S101 - our own seed holds it
    return division


@transaction.atomic
def create_cast(
    password_for: Callable[[str], str] | None = None, stored: Mapping[str, str] | None = None
) -> dict[str, User]:
    """The sixteen users by user name; made or completed, never doubled.

    `password_for(user_name)` answers each one's password; without it nobody has one (tests log in by force). `stored`:
    what an account holds that is known to have this password, by user name; checking a password takes half a second.
    """
    return {player.username: _create(player, password_for, stored or {}) for player in CAST}


def _create(player: Player, password_for: Callable[[str], str] | None, stored: Mapping[str, str]) -> User:
    user = User.objects.filter(username=player.username).first()
    if user is None:
        user = create_user(
            username=player.username,
            real_name=player.real_name,
            phone=player.phone,
            division=_division(SUBDISTRICT) if not player.role else None,
        )
    password = password_for(player.username) if password_for else None
    is_known = bool(user.password) and user.password == stored.get(player.username)
    # checking a password that a new account does not have takes as long as making one
    is_kept = is_known or bool(password and user.has_usable_password() and user.check_password(password))
    if password and not is_kept:
        user.set_password(password)
    if player.phone and user.phone_verified_at is None:
        user.phone_verified_at = user.age_confirmed_at = timezone.now()
    user.is_superuser = player.username == "admin"
    user.save()
    if player.phone:
        accept_notice(user=user)
    if player.phone and not user.is_verified:
        verify(user=user, method=User.Verification.PHONE.value)
    for code in filter(None, (player.at, player.also_at)):
        if player.role:
            _appoint(user, player, _division(code))
    return user


def _appoint(user: User, player: Player, division: Any) -> None:
    unit = None
    if player.unit:
        unit, _ = HandlingUnit.objects.get_or_create(
            division=division, name=player.unit, defaults={"kind": player.unit_kind}
        )
    # two years ago, so that the demo's past has its actors
    since = timezone.localdate() - timedelta(days=730)
    assign_role(user=user, role=player.role, division=division, unit=unit, starts_on=since, is_head=unit is not None)


# post, name in the cast's own street, user name
POSTS = (
    ("director", "工委主任示例", "director"),
    ("vice_director", "工委副主任示例", ""),
    ("rotating_deputy_head", "人大代表示例", "deputy"),
    ("officer", "联络员示例", "clerk"),
)


@transaction.atomic
def load_committee_posts(cast: Mapping[str, Any]) -> int:
    """The committee of every street of the demo: the cast's own with its people, the others by the names of posts.

    How many were entered; 0 when they are there already. All at once, as an import would.
    """
    if CommitteePost.objects.exists():
        return 0
    since = timezone.localdate() - timedelta(days=730)
    rows = []
    places = [place for code in (COUNTY, CITY) if (place := division_by_code(code)) is not None]
    for place in places:
        streets = Division.objects.filter(path__startswith=place.path, level=Division.Level.SUBDISTRICT)
        for street in streets.order_by("path"):
            is_own = street.code == SUBDISTRICT
            rows += [
                CommitteePost(
                    division=street,
                    post=post,
                    name=name if is_own else f"演示{str(dict(CommitteePost.Post.choices)[post]).partition('（')[0]}",
                    user=cast[username] if is_own and username else None,
                    starts_on=since,
                )
                for post, name, username in POSTS
            ]
    made = CommitteePost.objects.bulk_create(rows)
    common = {"subject_kind": POST_SUBJECT, "verb": "add"}
    record_all({**common, "subject_key": str(row.pk), "detail": row.as_facts()} for row in made)
    return len(made)

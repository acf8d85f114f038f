"""role × place: who has a granted permission where; and who may appoint whom (R28)."""

import pytest
from django.contrib.auth import get_user_model

from portal.accounts import permissions
from portal.accounts.models import Role
from portal.accounts.selectors import has_role, roles_of, users_with_role
from portal.accounts.services import AccountRefused, assign_role, deactivate_user, end_role

pytestmark = pytest.mark.django_db
STAFF = [
    "clerk",
    "community",
    "editor",
    "moderator",
    "committee",
    "director",
    "unit",
    "unit2",
    "party",
    "superior",
    "auditor",
    "admin",
]


@pytest.fixture
def granted(monkeypatch):
    monkeypatch.setattr(permissions, "_granted", {})
    permissions.grant("accounts.test_thing", {"clerk"})


def test_a_role_counts_in_its_division_and_below(cast, granted, subdistrict, county, elsewhere):
    community = subdistrict.children.first() or subdistrict
    answers = [
        cast.clerk.has_perm("accounts.test_thing", place) for place in (subdistrict, community, county, elsewhere)
    ]
    assert answers == [True, True, False, False]
    assert cast.clerk.has_perm("accounts.test_thing") is True
    assert cast.editor.has_perm("accounts.test_thing") is False


def test_an_object_is_judged_by_its_division(cast, granted, subdistrict, elsewhere):
    class Thing:
        def __init__(self, division):
            self.division = division

    answers = [cast.clerk.has_perm("accounts.test_thing", Thing(place)) for place in (subdistrict, elsewhere, None)]
    assert answers == [True, False, False]
    assert cast.clerk.has_perm("accounts.test_thing", object()) is False


def test_a_permission_for_residents_is_everybodys_with_an_account(cast, granted):
    permissions.grant("accounts.test_thing", {"resident"})
    assert cast.editor.has_perm("accounts.test_thing") is True
    cast.editor.is_active = False
    assert cast.editor.has_perm("accounts.test_thing") is False


def test_who_enters_the_staff_admin(cast):
    names = ["resident", "resident2", "member", "deputy", *STAFF]
    entering = [name for name in names if cast[name].has_perm("wagtailadmin.access_admin")]
    assert entering == STAFF


def test_roles_are_asked_once_per_user(cast, subdistrict, django_assert_num_queries):
    clerk = get_user_model().objects.get(username="clerk")
    with django_assert_num_queries(1):
        for _ in range(3):
            clerk.has_perm("wagtailadmin.access_admin", subdistrict)
            has_role(clerk, "clerk", division=subdistrict)


def test_users_with_role_finds_those_above_too(cast, subdistrict, elsewhere):
    assert list(users_with_role("moderator", subdistrict)) == [cast.moderator]
    assert list(users_with_role("clerk", subdistrict)) == [cast.clerk]
    assert list(users_with_role("clerk", elsewhere)) == []


GIVING = {
    # actor: roles that the actor may give in the own subdistrict
    "director": {"member", "deputy", "clerk", "community", "editor", "moderator", "committee", "unit", "party"},
    "admin_role": {
        "member", "deputy", "clerk", "community", "editor", "moderator", "committee", "director", "unit", "party",
    },
}  # fmt: skip


@pytest.fixture
def admin_role(cast, newcomer, subdistrict):
    """An administrator who is no superuser."""
    assign_role(user=newcomer, role="admin", division=subdistrict)
    return newcomer


def test_who_may_give_which_role_where(cast, admin_role, subdistrict, county, elsewhere):
    actors = {name: cast[name] for name in ("resident", "member", *STAFF) if name != "admin"} | {
        "admin_role": admin_role
    }
    for name, actor in actors.items():
        for place, is_own in ((subdistrict, True), (county, False), (elsewhere, False)):
            allowed = {
                role
                for role in Role.values
                if permissions.user_can_give_role(actor, role, place, cast.resident2, roles_of(actor))
            }
            assert allowed == (GIVING.get(name, set()) if is_own else set()), (name, place)


def test_nobody_changes_the_own_posts_or_a_superusers(cast, admin_role, subdistrict):
    for actor, target in ((admin_role, admin_role), (cast.director, cast.director), (admin_role, cast.admin)):
        with pytest.raises(AccountRefused) as refused:
            assign_role(user=target, role="clerk", division=subdistrict, by=actor)
        assert refused.value.code == "forbidden"


def test_a_demoted_or_deactivated_person_is_out_with_the_next_request(cast, client, subdistrict):
    client.force_login(cast.clerk)
    assert client.get("/me/").status_code == 200
    end_role(assignment=roles_of(cast.clerk)[0], by=cast.director)
    assert client.get("/me/").status_code == 302
    assert roles_of(get_user_model().objects.get(pk=cast.clerk.pk)) == []

    client.force_login(cast.editor)
    deactivate_user(user=cast.editor, by=cast.director, reason="离职")
    assert client.get("/me/").status_code == 302

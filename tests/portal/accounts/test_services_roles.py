from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from portal.accounts.checks import conflicting_duties
from portal.accounts.models import HandingOver, HandlingUnit, RoleAssignment
from portal.accounts.registry import movers
from portal.accounts.selectors import roles_of
from portal.accounts.services import AccountRefused, assign_role, end_role, hand_over, move_due_items
from portal.trail.selectors import history_of

pytestmark = pytest.mark.django_db


def verbs(user):
    return [entry.verb for entry in history_of("account", user.trail_id)]


@pytest.fixture
def unit_of(subdistrict):
    return HandlingUnit.objects.get(name="望春门街道办事处（示例）")


def test_appointing_records_and_is_repeatable(cast, newcomer, subdistrict):
    first = assign_role(user=newcomer, role="clerk", division=subdistrict, by=cast.director)
    assert assign_role(user=newcomer, role="clerk", division=subdistrict, by=cast.director) == first
    assert verbs(newcomer) == ["created", "role_given"]
    assert list(newcomer.groups.values_list("name", flat=True)) == ["联络站工作人员"]


@pytest.mark.parametrize("committee_role", ["committee", "director"])
def test_x39_is_refused_in_both_directions(cast, newcomer, subdistrict, unit_of, committee_role):
    assign_role(user=newcomer, role=committee_role, division=subdistrict)
    with pytest.raises(AccountRefused, match="第二十一条三") as refused:
        assign_role(user=newcomer, role="unit", division=subdistrict, unit=unit_of)
    assert refused.value.code == "X39"
    with pytest.raises(AccountRefused) as refused:
        assign_role(user=cast.unit, role=committee_role, division=subdistrict)
    assert refused.value.code == "X39"


def test_x39_allows_one_after_the_other(cast, subdistrict, unit_of):
    today = timezone.localdate()
    end_role(assignment=roles_of(cast.committee)[0], on=today)
    assign_role(
        user=cast.committee, role="unit", division=subdistrict, unit=unit_of, starts_on=today + timedelta(days=1)
    )
    assert conflicting_duties() == []


def test_x39_is_checked_by_the_model_and_by_doctor_too(cast, subdistrict, unit_of):
    row = RoleAssignment(
        user=cast.director, role="unit", division=subdistrict, unit=unit_of, starts_on=timezone.localdate()
    )
    with pytest.raises(ValidationError, match="第二十一条三"):
        row.full_clean()
    row.save()
    assert len(conflicting_duties()) == 1


def test_a_unit_post_names_its_unit(cast, newcomer, subdistrict):
    with pytest.raises(AccountRefused):
        assign_role(user=newcomer, role="unit", division=subdistrict)
    assert roles_of(newcomer) == []


def test_handing_over_is_one_step_and_moves_open_items(cast, newcomer, subdistrict, monkeypatch):
    calls = []
    monkeypatch.setitem(movers, "things", lambda **who: calls.append(who) or 3)
    given = hand_over(from_user=cast.clerk, to_user=newcomer, role="clerk", division=subdistrict, by=cast.director)
    assert (given.user, given.starts_on) == (newcomer, timezone.localdate())
    assert (roles_of(cast.clerk), [post.role for post in roles_of(newcomer)]) == ([], ["clerk"])
    assert [call["to_user"] for call in calls] == [newcomer]
    assert HandingOver.objects.get().moved["things"] == 3
    assert verbs(newcomer) == ["created", "role_given", "post_taken_over"]


def test_items_of_a_later_hand_over_move_on_that_day(cast, newcomer, subdistrict, monkeypatch):
    calls = []
    monkeypatch.setitem(movers, "things", lambda **who: calls.append(who) or 1)
    day = timezone.localdate() + timedelta(days=3)
    hand_over(from_user=cast.clerk, to_user=newcomer, role="clerk", division=subdistrict, on=day)
    move_due_items()
    assert (len(calls), [post.role for post in roles_of(cast.clerk)]) == (0, ["clerk"])
    HandingOver.objects.update(on=timezone.localdate())
    move_due_items()
    move_due_items()
    assert len(calls) == 1


def test_a_refused_hand_over_leaves_everything_as_it_was(cast, subdistrict):
    with pytest.raises(AccountRefused) as refused:
        hand_over(from_user=cast.director, to_user=cast.unit, role="director", division=subdistrict)
    assert refused.value.code == "X39"
    assert [post.role for post in roles_of(cast.director)] == ["director"]


def test_a_post_given_today_by_mistake_ends_as_void(cast, newcomer, subdistrict):
    given = assign_role(user=newcomer, role="editor", division=subdistrict)
    end_role(assignment=given, by=cast.director, reason="录错人")
    assert (given.is_void, roles_of(newcomer), verbs(newcomer)[-1]) == (True, [], "role_ended")


@pytest.mark.django_db(transaction=True)
def test_x39_holds_under_parallel_appointments(cast, newcomer, subdistrict, unit_of):
    """Eight at once, half for each side: whoever comes second is refused."""

    def appoint(turn):
        role, unit = ("unit", unit_of) if turn % 2 else ("committee", None)
        try:
            assign_role(user=newcomer, role=role, division=subdistrict, unit=unit)
        except AccountRefused as refused:
            return refused.code
        finally:
            connection.close()
        return role

    with ThreadPoolExecutor(8) as pool:
        outcomes = set(pool.map(appoint, range(8)))
    held = {post.role for post in RoleAssignment.objects.filter(user=newcomer)}
    assert (outcomes, len(held)) == ({*held, "X39"}, 1)
    assert RoleAssignment.objects.filter(user=newcomer).count() == 1
    assert conflicting_duties() == []

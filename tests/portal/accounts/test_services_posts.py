"""工委职务: who holds which post when, handed over in one step, never deleted, kept by the committee alone."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from portal.accounts.clauses import committee_is_staffed
from portal.accounts.demo import load_committee_posts
from portal.accounts.models import CommitteePost
from portal.accounts.rules import STATION_ROLE_OF_POST, posts_missing
from portal.accounts.selectors import committee_posts_of
from portal.accounts.services import (
    AccountRefused,
    hand_over_committee_post,
    save_committee_post,
    void_committee_post,
)
from portal.jurisdictions.clauses import Verdict
from portal.trail.selectors import history_of

TODAY = timezone.localdate


def entered(cast, division, post="director", name="主任示例", **values):
    row = CommitteePost(division=division, post=post, name=name, **{"starts_on": TODAY(), **values})
    return save_committee_post(post=row, by=cast.director)


@pytest.mark.once
def test_every_post_has_its_role_at_the_station_as_the_clause_says():
    roles = ["head", "deputy_head", "rotating_deputy_head", "liaison_officer"]
    assert [STATION_ROLE_OF_POST[post] for post in CommitteePost.Post.values] == roles
    assert posts_missing(["director", "rotating_deputy_head"]) == ["vice_director", "officer"]


@pytest.mark.django_db
def test_a_change_of_director_leaves_no_day_with_two_or_none_and_no_name_in_the_record(cast, subdistrict):
    old = entered(cast, subdistrict, starts_on=TODAY() - timedelta(days=30), user=cast.director)
    new = hand_over_committee_post(post=old, name="新主任示例", user=None, on=TODAY(), by=cast.director)
    days = [TODAY() - timedelta(days=1), TODAY()]
    assert [[row.name for row in committee_posts_of(subdistrict, day)] for day in days] == [
        ["主任示例"],
        ["新主任示例"],
    ]
    entries = [*history_of("committee_post", str(old.pk)), *history_of("committee_post", str(new.pk))]
    assert [entry.verb for entry in entries] == ["add", "handed_over", "add"]
    assert all("示例" not in str(entry.detail) for entry in entries)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": "另一位示例"}, "two_directors"),
        ({}, "doubled"),
        ({"name": "示例", "post": "officer", "ends_on": "before"}, "ends_before_it_starts"),
        ({"name": "示例", "post": "officer", "user": "unit"}, "X39"),
        ({"name": "示例", "post": "officer", "division": "county"}, "no_committee_there"),
    ],
)
def test_what_may_not_be_is_refused_with_a_reason(cast, subdistrict, county, values, code):
    entered(cast, subdistrict)
    values = {"division": subdistrict, **values}
    values |= {"ends_on": TODAY() - timedelta(days=1)} if "ends_on" in values else {}
    values |= {"user": cast.unit} if "user" in values else {}
    values |= {"division": county} if values["division"] == "county" else {}
    row = CommitteePost(**{"post": "director", "name": "主任示例", "starts_on": TODAY(), **values})
    with pytest.raises(AccountRefused) as refused:
        save_committee_post(post=row)
    assert (refused.value.code, CommitteePost.objects.count()) == (code, 1)


@pytest.mark.django_db
def test_an_acting_director_stands_beside_the_director_and_a_void_post_nowhere(cast, subdistrict):
    entered(cast, subdistrict)
    acting = entered(cast, subdistrict, name="代理示例", is_acting=True)
    assert [row.name for row in committee_posts_of(subdistrict)] == ["主任示例", "代理示例"]
    void_committee_post(post=acting, reason="录错", by=cast.director)
    acting.refresh_from_db()
    assert ([row.name for row in committee_posts_of(subdistrict)], acting.is_void) == (["主任示例"], True)
    with pytest.raises(AccountRefused):
        save_committee_post(post=acting, by=cast.director)


@pytest.mark.django_db
def test_only_the_committee_of_the_street_keeps_its_posts(cast, subdistrict, elsewhere):
    for person, place in ((cast.clerk, subdistrict), (cast.superior, subdistrict), (cast.committee, elsewhere)):
        row = CommitteePost(division=place, post="officer", name="示例", starts_on=TODAY())
        with pytest.raises(PermissionDenied):
            save_committee_post(post=row, by=person)
    assert CommitteePost.objects.count() == 0


@pytest.mark.django_db
def test_x38_names_the_posts_that_nobody_holds(cast, subdistrict, county):
    entered(cast, subdistrict)
    [due] = committee_is_staffed(subdistrict, TODAY())
    assert (due.verdict, due.message) == (Verdict.DUE, "没有登记：副主任、人大专干")
    for post in ("vice_director", "officer"):
        entered(cast, subdistrict, post=post)
    verdicts = [committee_is_staffed(place, TODAY())[0].verdict for place in (subdistrict, county)]
    assert verdicts == [Verdict.MET, Verdict.NOT_APPLICABLE]


@pytest.mark.django_db
def test_the_screen_enters_hands_over_and_voids(cast, subdistrict, elsewhere):
    client = Client()
    client.force_login(cast.committee, backend="portal.accounts.backends.ScopedRoleBackend")
    sent = {
        "division": subdistrict.pk,
        "post": "officer",
        "name": "专干示例",
        "username": "clerk",
        "starts_on": "2026-01-05",
    }
    assert client.post("/admin/committee-posts/new/", {**sent, "division": elsewhere.pk}).status_code == 200
    assert client.post("/admin/committee-posts/new/", sent).status_code == 302
    post = CommitteePost.objects.get()
    assert (post.user, post.division) == (cast.clerk, subdistrict)
    day = TODAY().isoformat()
    assert (
        client.post(f"/admin/committee-posts/{post.pk}/hand-over/", {"name": "接任示例", "on": day}).status_code == 302
    )
    taken = CommitteePost.objects.get(name="接任示例")
    shown = client.get("/admin/committee-posts/").content.decode()
    assert ("接任示例" in shown, f"/admin/committee-posts/{taken.pk}/hand-over/" in shown) == (True, True)
    client.force_login(cast.clerk, backend="portal.accounts.backends.ScopedRoleBackend")
    shown = client.get("/admin/committee-posts/").content.decode()
    assert ("接任示例" in shown, "/hand-over/" in shown) == (True, False)
    client.force_login(cast.committee, backend="portal.accounts.backends.ScopedRoleBackend")
    assert client.post(f"/admin/committee-posts/{taken.pk}/void/", {"reason": "录错"}).status_code == 302
    assert list(CommitteePost.objects.order_by("pk").values_list("is_void", flat=True)) == [False, True]
    shown = client.get("/admin/committee-posts/").content.decode()
    assert ("接任示例" in shown, f"/admin/committee-posts/edit/{taken.pk}/" in shown) == (True, False)


@pytest.mark.django_db
def test_the_demo_fills_the_posts_of_every_street_once(cast, subdistrict, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        made = load_committee_posts(cast)
    assert (load_committee_posts(cast), made % 4, [row.user for row in committee_posts_of(subdistrict)]) == (
        0, 0, [cast.director, None, cast.deputy, cast.clerk],
    )  # fmt: skip

"""Staff screens: who gets in, and the ways a manager of people might try to climb (R28)."""

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from portal.accounts.forms.staff import AppointForm
from portal.accounts.models import HandlingUnit, RoleAssignment
from portal.accounts.selectors import roles_of
from portal.accounts.services import assign_role, create_user, verify_at_counter
from portal.accounts.services.refusals import AccountRefused
from portal.trail.selectors import history_of

pytestmark = pytest.mark.django_db
User = get_user_model()


def today() -> str:
    """In Shanghai, as it is when asked: a run may cross midnight."""
    return timezone.localdate().isoformat()


EVERYBODY = [
    "resident", "member", "deputy", "clerk", "community", "editor", "moderator", "committee", "director", "unit",
    "party", "superior", "auditor", "admin",
]  # fmt: skip
SCREENS = {
    "/admin/people/": {"director", "admin"},
    "/admin/people/add/": {"director", "admin"},
    "/admin/people/import/": {"director", "admin"},
    "/admin/people/import/template/": {"director", "admin"},
    "/admin/residents/": {"clerk", "community", "committee", "director", "admin"},
    "/admin/handling-units/": {"director", "admin", "committee", "clerk"},  # to look
    "/admin/handling-units/new/": {"director", "admin"},
    "/admin/users/": set(),
    "/admin/users/new/": set(),
    "/admin/groups/": {"admin"},
}


@pytest.mark.parametrize("url", SCREENS)
def test_who_opens_which_screen(cast, client, url):
    opened = set()
    for name in EVERYBODY:
        client.force_login(cast[name])
        if client.get(url).status_code == 200:
            opened.add(name)
    assert opened == SCREENS[url]


def post_data(**values):
    return {"role": "clerk", "division": "430381001000", "starts_on": today(), **values}


def test_appointing_ending_and_handing_over_on_screen(cast, client, newcomer):
    client.force_login(cast.director)
    made = client.post("/admin/people/add/", post_data(username="fresh-clerk", real_name="新示例"))
    fresh = User.objects.get(username="fresh-clerk")
    assert made.context["accounts"][0]["password"] in made.content.decode()
    assert client.post(f"/admin/people/{fresh.pk}/appoint/", post_data(role="editor")).status_code == 302
    assert {post.role for post in roles_of(fresh)} == {"clerk", "editor"}
    post = roles_of(cast.clerk)[0]
    answer = client.post(f"/admin/people/posts/{post.pk}/hand-over/", {"to_user": "newcomer", "on": today()})
    assert (answer.status_code, [held.role for held in roles_of(newcomer)]) == (302, ["clerk"])
    editor = fresh.role_assignments.get(role="editor")
    assert client.post(f"/admin/people/posts/{editor.pk}/end/", {"reason": "录错"}).status_code == 302
    assert [held.role for held in roles_of(User.objects.get(pk=fresh.pk))] == ["clerk"]
    assert client.get(f"/admin/people/{fresh.pk}/").status_code == 200
    assert client.post(f"/admin/people/{fresh.pk}/switch/", {"reason": "离职"}).status_code == 302
    assert User.objects.get(pk=fresh.pk).is_active is False


def test_x39_is_refused_on_screen(cast, client):
    client.force_login(cast.director)
    data = post_data(role="committee")
    answer = client.post(f"/admin/people/{cast.unit.pk}/appoint/", data)
    assert "第二十一条三" in answer.content.decode()
    assert [post.role for post in roles_of(cast.unit)] == ["unit"]


@pytest.fixture
def climber(cast, newcomer, subdistrict):
    """Manages people of one subdistrict, is no superuser."""
    assign_role(user=newcomer, role="admin", division=subdistrict)
    return newcomer


def climb(cast, climber):
    """Twelve ways up: (address, data). None may change anything."""
    director = cast.director.role_assignments.get()
    superior = cast.superior.role_assignments.get()
    return [
        ("/admin/people/add/", post_data(username="boss1", real_name="甲", role="admin")),
        ("/admin/people/add/", post_data(username="boss2", real_name="甲", role="auditor")),
        ("/admin/people/add/", post_data(username="boss3", real_name="甲", division="430111000000")),
        ("/admin/people/add/", post_data(username="boss4", real_name="甲", division="430381000000")),
        (f"/admin/people/{climber.pk}/appoint/", post_data(role="director")),
        (f"/admin/people/{cast.admin.pk}/appoint/", post_data()),
        (f"/admin/people/{cast.admin.pk}/password/", {}),
        (f"/admin/people/{cast.superior.pk}/password/", {}),
        (f"/admin/people/{cast.resident.pk}/password/", {}),
        (f"/admin/people/posts/{superior.pk}/end/", {"reason": "x"}),
        (f"/admin/people/posts/{superior.pk}/hand-over/", {"to_user": climber.username, "on": today()}),
        (f"/admin/people/posts/{director.pk}/hand-over/", {"to_user": climber.username, "on": today()}),
        (f"/admin/users/{climber.pk}/", {"username": climber.username, "is_superuser": "on"}),
        (f"/admin/users/edit/{climber.pk}/", {"username": climber.username, "is_superuser": "on"}),
        (
            "/admin/users/new/",
            {"username": "boss5", "password1": "x" * 12, "password2": "x" * 12, "is_superuser": "on"},
        ),
        ("/admin/groups/new/", {"name": "bosses"}),
        (f"/admin/bulk/accounts/user/delete/?id={cast.admin.pk}", {"confirm": "1"}),
        (f"/admin/bulk/accounts/user/set_active_state/?id={cast.admin.pk}", {"mark_as_active": ""}),
        ("/admin/account/", {"name_email-first_name": "x", "is_superuser": "on"}),
    ]


def standing():
    return (
        list(User.objects.order_by("pk").values_list("pk", "username", "password", "is_superuser", "is_active")),
        list(RoleAssignment.objects.order_by("pk").values_list("user", "role", "division", "ends_on", "is_void")),
    )


def test_no_way_leads_up(cast, client, climber):
    client.force_login(climber)
    before = standing()
    reached = [(url, answer) for url, data in climb(cast, climber) if (answer := changes(client, url, data, before))]
    assert reached == []


def test_no_way_leads_round_the_services_for_a_superuser_in_wagtails_screens(cast, client, climber):
    client.force_login(cast.admin)
    before = standing()
    ways = [way for way in climb(cast, climber) if "/users/" in way[0] or "/bulk/" in way[0]]
    assert [url for url, data in ways if changes(client, url, data, before)] == []


def changes(client, url, data, before):
    client.post(url, data)
    return standing() != before


def test_over_posting_to_the_forms_changes_nothing_else(cast, client):
    client.force_login(cast.director)
    extra = {"is_superuser": "on", "is_staff": "on", "user_permissions": "1", "groups": "1", "verified_at": today()}
    client.post("/admin/people/add/", {**extra, **post_data(username="plain", real_name="甲")})
    user = User.objects.get(username="plain")
    assert (user.is_superuser, user.is_staff, user.is_verified, user.user_permissions.count()) == (False,) * 3 + (0,)


def test_a_manager_sees_only_people_of_the_own_divisions(cast, client, elsewhere):
    stranger = create_user(username="stranger")
    assign_role(user=stranger, role="clerk", division=elsewhere)
    client.force_login(cast.director)
    assert client.get(f"/admin/people/{stranger.pk}/").status_code == 404
    assert "stranger" not in client.get("/admin/people/").content.decode()
    client.force_login(cast.admin)
    assert client.get(f"/admin/people/{stranger.pk}/").status_code == 200


# --- the counter -----------------------------------------------------------------------------------------------------
def counter_data(**values):
    return {
        "real_name": "赵示例", "division": "430381001000", "saw_document": "on", "is_over_14": "on", **values,
    }  # fmt: skip


def test_an_elder_without_a_mobile_is_verified_at_the_counter(cast, client):
    client.force_login(cast.community)
    assert client.post("/admin/residents/", counter_data(contact_phone="0731-5678 1234")).status_code == 302
    elder = User.objects.get(contact_phone_index__isnull=False)
    assert (elder.real_name, elder.verification, elder.verified_by, elder.phone, elder.is_verified) == (
        "赵示例", "counter", cast.community, "", True,
    )  # fmt: skip
    assert [entry.verb for entry in history_of("account", elder.trail_id)] == ["created", "verified"]


def test_husband_and_wife_on_one_number_are_two_residents(cast, client):
    client.force_login(cast.clerk)
    client.post("/admin/residents/", counter_data(contact_phone="13800000001"))
    page = client.get("/admin/residents/?q=138 0000 0001")
    assert [person.display_name for person in page.context["found"]] == ["居民 张**", "居民 赵**"]


def test_a_taken_number_is_said_and_nothing_is_made(cast, client):
    client.force_login(cast.clerk)
    before = User.objects.count()
    page = client.post("/admin/residents/", counter_data(phone="13800000001")).content.decode()
    assert ("夫妻共用一个号码" in page, User.objects.count()) == (True, before)


def test_the_counter_offers_the_communities_of_the_own_scope(cast, client, elsewhere):
    client.force_login(cast.clerk)
    keys = [key for key, _label in client.get("/admin/residents/").context["form"].fields["division"].choices]
    assert ("430381001000" in keys, elsewhere.key in keys) == (True, False)
    answer = client.post("/admin/residents/", counter_data(division=elsewhere.key))
    assert list(answer.context["form"].errors) == ["division"]


@pytest.mark.parametrize("missing", ["saw_document", "is_over_14", "real_name", "division"])
def test_what_the_counter_refuses(cast, client, missing):
    client.force_login(cast.clerk)
    before = User.objects.count()
    answer = client.post("/admin/residents/", counter_data(**{missing: ""}))
    assert (answer.status_code, list(answer.context["form"].errors), User.objects.count()) == (200, [missing], before)


def test_nobody_verifies_outside_the_own_division(cast, elsewhere):
    with pytest.raises(AccountRefused) as refused:
        verify_at_counter(by=cast.clerk, division=elsewhere, real_name="甲", saw_document=True, is_over_14=True)
    assert refused.value.code == "forbidden"


def test_the_counter_does_not_touch_staff_accounts(cast, client):
    client.force_login(cast.clerk)
    answer = client.post("/admin/residents/", counter_data(account=cast.director.pk))
    assert (answer.status_code, User.objects.get(pk=cast.director.pk).verification) == (302, "")


def test_a_recycled_number_is_freed_for_its_new_owner(cast, client):
    client.force_login(cast.clerk)
    answer = client.post(f"/admin/residents/{cast.resident.pk}/release-phone/", {"reason": "换了机主"})
    assert answer.status_code == 302
    old = User.objects.get(pk=cast.resident.pk)
    assert (old.phone, old.phone_index, old.is_verified) == ("", None, False)
    assert client.post("/admin/residents/", counter_data(phone="13800000001")).status_code == 302


@pytest.mark.parametrize(
    "written", ["430381001000", " 430381001000 ", "望春门街道", "望春门", "望春门街道 430381001000"]
)
def test_a_scope_is_written_by_name_or_code(cast, written):
    form = AppointForm({"role": "clerk", "division": written, "starts_on": today()}, by=cast.admin)
    assert (form.is_valid(), form.cleaned_data["division"].key) == (True, "430381001000")


def test_a_name_that_may_mean_several_lists_them_with_their_codes(cast):
    form = AppointForm({"role": "clerk", "division": "街道", "starts_on": today()}, by=cast.admin)
    [error] = form.errors["division"]
    assert ("430381001000" in error, error.startswith("有几个区划像“街道”")) == (True, True)
    nowhere = AppointForm({"role": "clerk", "division": "月球", "starts_on": today()}, by=cast.admin)
    assert nowhere.errors["division"] == ["您的管辖范围内没有“月球”这个区划。"]


@pytest.mark.parametrize("name", ["clerk", "committee", "director"])
def test_who_may_look_at_handling_units_sees_those_of_the_own_street_only(name, cast, client, subdistrict, elsewhere):
    HandlingUnit.objects.create(division=subdistrict, name="本街道的单位")
    HandlingUnit.objects.create(division=elsewhere, name="外街道的单位")
    client.force_login(cast[name])
    html = client.get("/admin/handling-units/").content.decode()
    assert ("本街道的单位" in html, "外街道的单位" in html) == (True, False)


def test_whoever_presses_twice_still_reads_the_password_of_the_new_account(cast, client):
    client.force_login(cast.director)
    key = client.get("/admin/people/add/").context["form"]["form_key"].value()
    row = {
        "username": "newclerk",
        "real_name": "示例",
        "role": "clerk",
        "division": "430381001000",
        "starts_on": today(),
    }
    first, second = (client.post("/admin/people/add/", row | {"form_key": key}) for _each in range(2))
    (account,) = first.context["accounts"]
    assert second.context["accounts"] == [account]
    assert User.objects.get(username="newclerk").check_password(account["password"])
    client.get("/admin/people/add/")
    assert account["password"] not in client.post("/admin/people/add/", row | {"form_key": key}).content.decode()


def test_the_successor_may_be_written_by_name_where_only_one_is_called_so(cast, client, subdistrict):
    client.force_login(cast.director)
    people = [
        create_user(username=name, real_name=real)
        for name, real in (("a01", "王示例"), ("a02", "李示例"), ("a03", "李示例"))
    ]
    for each in people:
        assign_role(user=each, role="editor", division=subdistrict)
    post = roles_of(cast.clerk)[0]
    address = f"/admin/people/posts/{post.pk}/hand-over/"
    assert '<option value="a01 王示例">' in client.get(address).content.decode()
    for written, told in (("李示例", "有几个人都叫“李示例”"), ("没有人", "没有这个人")):
        assert told in client.post(address, {"to_user": written, "on": today()}).content.decode()
    assert client.post(address, {"to_user": "a02 李示例", "on": today()}).status_code == 302
    assert {held.role for held in roles_of(people[1])} == {"editor", "clerk"}
    post = roles_of(cast.community)[0]
    answer = client.post(f"/admin/people/posts/{post.pk}/hand-over/", {"to_user": "王示例", "on": today()})
    assert (answer.status_code, {held.role for held in roles_of(people[0])}) == (302, {"editor", "community"})

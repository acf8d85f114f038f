import pytest
from django.urls import reverse

from participation.proposals import services
from participation.proposals.models import Author, Proposal
from participation.proposals.states import State
from portal.lookup.selectors import current_query_code
from tests.factories import proposals as make

ENTER = "/admin/proposals/enter/"


@pytest.fixture
def staff(client, cast):
    def enter(name):
        client.force_login(cast[name], backend="portal.accounts.backends.ScopedRoleBackend")
        return client

    return enter


def page(proposal):
    return reverse("proposals_admin:detail", args=[proposal.pk])


def grid(*rows, **head):
    data = {
        "form_key": "k" * 24,
        "place": f"{make.subdistrict().pk}:",
        "channel": "home_visit",
        "received_on": "2026-01-05",
        "rows-TOTAL_FORMS": str(len(rows)),
        "rows-INITIAL_FORMS": "0",
    }
    for number, row in enumerate(rows):
        data |= {f"rows-{number}-{name}": value for name, value in {"category_group": "unsure", **row}.items()}
    return data | head


# --- One proposal ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("state", "data", "after"),
    [
        ("published", {"action": "start_screening"}, "screening"),
        ("screening", {"action": "adopt", "route": "micro_deed", "matter_level": "own"}, "adopted"),
        ("screening", {"action": "decline", "reason": "已列入计划"}, "not_adopted"),
        ("published", {"action": "void", "reason": "重复"}, "voided"),
    ],
)
def test_the_committee_decides_from_the_page(state, data, after, staff, cast):
    proposal = make.in_state(State(state), cast)
    response = staff("director").post(page(proposal), data)
    proposal.refresh_from_db()
    assert (response.status_code, proposal.state) == (302, after)


@pytest.mark.parametrize(
    "data",
    [
        {"action": "adopt"},
        {"action": "adopt", "route": "topic"},
        {"action": "decline", "reason": " "},
        {"action": "void"},
        {"action": "start_screening"},
        {"action": "publish"},
        {},
    ],
)
def test_a_wrong_decision_changes_nothing(data, staff, cast):
    proposal = make.in_state(State.SCREENING, cast)
    response = staff("director").post(page(proposal), data)
    proposal.refresh_from_db()
    assert (response.status_code, proposal.state) == (422, "screening")


def test_a_moderator_does_not_screen(staff, cast):
    proposal = make.in_state(State.SCREENING, cast)
    staff("moderator").post(page(proposal), {"action": "adopt", "route": "topic", "matter_level": "own"})
    proposal.refresh_from_db()
    assert proposal.state == "screening"


def test_the_list_and_the_page_are_limited_to_the_own_places(staff, cast):
    here = make.submitted(cast.resident)
    there = make.submitted(cast.resident, division=make.other_subdistrict())
    browser = staff("committee")
    text = browser.get("/admin/proposals/").content.decode()
    assert (here.number in text, there.number in text) == (True, False)
    assert [browser.get(page(row)).status_code for row in (here, there)] == [200, 404]


def test_staff_search_the_originals(staff, cast):
    first = make.submitted(cast.resident, body="路灯坏了")
    second = make.submitted(cast.resident, body="电梯停了")
    browser = staff("moderator")
    for words, expected in {"电梯": {second.number}, first.number: {first.number}, "坏 灯": {first.number}}.items():
        text = browser.get("/admin/proposals/", {"q": words}).content.decode()
        table = text[text.rfind("<tbody") :]
        assert {row.number for row in (first, second) if row.number in table} == expected


def test_the_contact_is_shown_to_those_who_must_call(staff, cast):
    services.enter_for_resident(
        by=cast.community, form_key="k" * 24, division=make.subdistrict(), body=make.BODY, channel="call",
        name="王奶奶", phone="13900000000",
    )  # fmt: skip
    text = staff("moderator").get(page(Proposal.objects.get())).content.decode()
    assert ("王奶奶" in text, "13900000000" in text) == (True, True)


# --- Entering for residents -----------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["resident", "member", "editor", "unit", "auditor", "party"])
def test_entering_is_closed_to_others(name, staff, cast):
    browser = staff(name)
    # who has no staff post does not get past the door; staff without the right are sent back to the dashboard
    assert browser.get(ENTER).status_code == (403 if name in ("resident", "member") else 302)
    browser.post(ENTER, grid({"body": "路灯坏了"}))
    assert Proposal.objects.count() == 0


def test_a_days_visits_are_saved_in_one_go_with_numbers_and_codes(staff, cast):
    rows = [{"name": "王奶奶", "phone": "１３９ ００００ ００００", "body": "路灯坏了"}, {"body": "电梯停了"}, {}]
    text = staff("community").post(ENTER, grid(*rows)).content.decode()
    saved = list(Proposal.objects.order_by("number"))
    assert [row.channel for row in saved] == ["home_visit"] * 2
    assert Author.objects.get(proposal=saved[0]).phone == "13900000000"
    for row in saved:
        assert (row.number in text, current_query_code(row.number) in text) == (True, True)


def test_the_same_grid_twice_is_saved_once(staff, cast):
    browser = staff("community")
    for _n in range(2):
        browser.post(ENTER, grid({"body": "路灯坏了"}))
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize(
    "data",
    [
        {"body": "字" * 2001},
        {"body": "路灯坏了", "title": "字" * 26},
        {"body": "路灯坏了", "phone": "没有"},
        {"name": "王奶奶"},
    ],
)
def test_a_wrong_row_saves_nothing_and_keeps_what_was_typed(data, staff, cast):
    response = staff("community").post(ENTER, grid({"body": "好的一行"}, data))
    assert (response.status_code, Proposal.objects.count()) == (422, 0)
    assert "好的一行" in response.content.decode()


@pytest.mark.parametrize(
    "head",
    [
        {"place": ""},
        {"place": "999999:"},
        {"channel": "online"},
        {"received_on": "2999-01-01"},
        {"received_on": "昨天"},
    ],
)
def test_a_wrong_head_saves_nothing(head, staff, cast):
    response = staff("community").post(ENTER, grid({"body": "路灯坏了"}, **head))
    assert (response.status_code, Proposal.objects.count()) == (422, 0)


def test_a_place_outside_the_scope_is_refused(staff, cast):
    response = staff("community").post(ENTER, grid({"body": "路灯坏了"}, place=f"{make.other_subdistrict().pk}:"))
    assert (response.status_code, Proposal.objects.count()) == (422, 0)


def test_a_pasted_chat_is_split_into_the_grid_and_not_saved(staff, cast):
    chat = "张三 2026/3/10 09:12\n三栋楼道灯不亮\n李四 2026/3/10 09:15\n停车位被占了"
    response = staff("community").post(ENTER, grid({}, chat=chat, split="1"))
    text = response.content.decode()
    assert (response.status_code, Proposal.objects.count()) == (200, 0)
    assert ("三栋楼道灯不亮" in text, "停车位被占了" in text, 'value="张三"' in text) == (True, True, True)
    assert staff("community").post(ENTER, grid({}, chat=" ", split="1")).status_code == 422


def test_more_rows_keep_what_was_typed(staff, cast):
    text = staff("community").post(ENTER, grid({"body": "路灯坏了"}, more="1")).content.decode()
    assert ("路灯坏了" in text, 'name="rows-5-body"' in text, Proposal.objects.count()) == (True, True, 0)


def test_the_window_of_the_entry_page_names_it_and_the_site(staff):
    text = staff("community").get(ENTER).content.decode()
    title = " ".join(text[text.index("<title>") + 7 : text.index("</title>")].split())
    assert title.startswith("代填录入 - ")
    assert "Wagtail" not in title


def test_after_saving_every_row_leads_to_its_page_and_its_slip(staff, cast):
    browser = staff("director")
    text = browser.post(ENTER, grid({"body": "楼道灯坏了"}, {"body": "井盖松了"})).content.decode()
    rows = list(Proposal.objects.all())
    assert len(rows) == 2
    addresses = [address for row in rows for address in (row.get_absolute_url(), f"{row.get_absolute_url()}slip/")]
    assert [text.count(f'href="{address}"') for address in addresses] == [1] * 4
    assert [browser.get(address).status_code for address in addresses] == [200] * 4


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"body": "楼道灯坏了", "phone": "12345"}, "请填写11位手机号码，或固定电话"),
        ({"body": "楼道灯坏了", "phone": "139000000001"}, "请填写11位手机号码，或固定电话"),
        ({"body": "短", "phone": ""}, "请再写清楚一点，至少4个字"),
    ],
)
def test_a_number_that_rings_nowhere_and_a_word_that_says_nothing_are_refused(row, words, staff, cast):
    response = staff("director").post(ENTER, grid({"body": "井盖松了"}, row))
    assert (response.status_code, words in response.content.decode(), Proposal.objects.count()) == (422, True, 0)


@pytest.mark.parametrize("phone", ["139 0000 0000", "0731-88660000", "88660000", ""])
def test_numbers_are_taken_as_people_write_them(phone, staff, cast):
    assert staff("director").post(ENTER, grid({"body": "井盖松了", "phone": phone})).status_code == 200
    assert Proposal.objects.count() == 1

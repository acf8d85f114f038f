import re

import pytest
import time_machine
from captcha.models import CaptchaStore

from portal.lookup import registry, services
from portal.lookup.models import QueryCodeIssue
from portal.lookup.registry import Found, register_prefix
from portal.lookup.selectors import current_query_code, may_see_number, query_code
from portal.trail.models import Entry

NUMBER = "TS-430381001-2026-000123"
OTHER = "TS-430381002-2026-000123"
WRONG = "编号或查询码不对"


@pytest.fixture(autouse=True)
def numbered(monkeypatch):
    """Numbers under the prefix TS, each with a page of its own; no other prefix is known."""
    numbers = {NUMBER: "/ts/1/", OTHER: "/ts/2/", "TS-430381001-2026-000124": "/ts/3/"}
    monkeypatch.setattr(registry, "_finders", {})

    def find(*, number="", last_six="", limit=1):
        found = [each for each in numbers if each == number or (last_six and each.endswith(last_six))]
        return [Found(each, numbers[each]) for each in found[:limit]]

    register_prefix("TS", find)
    return numbers


@pytest.fixture
def ask(client, db, settings):
    """Post number and code as a visitor who reads the page and answers the question."""
    settings.GATE_LIMITS = settings.GATE_LIMITS | {"form_seconds": (0, 1), "lookup_address": (1000, 60)}

    def post(number, code, *, captcha=True):
        page = client.get("/lookup/").content.decode()
        given = dict(re.findall(r'<input type="hidden" name="([^"]+)"[^>]*value="([^"]*)"', page))
        if captcha:
            store = CaptchaStore.objects.latest("pk")
            given |= {"captcha_0": store.hashkey, "captcha_1": store.response}
        return client.post("/lookup/", given | {"number": number, "code": code})

    return post


def wrong_code(number):
    return f"{(int(query_code(number)) + 1) % 10**6:06d}"


def test_number_and_code_open_the_page_and_only_this_number(ask, client):
    answer = ask("ｔｓ－430381001 2026 000123", f" {query_code(NUMBER)} ")
    assert (answer.status_code, answer["Location"]) == (302, "/ts/1/")
    assert [may_see_number(client, number) for number in (NUMBER, OTHER)] == [True, False]


def test_the_last_six_digits_do_where_the_code_tells_which(ask):
    assert ask("123", query_code(OTHER))["Location"] == "/ts/2/"


def test_unknown_number_and_wrong_code_get_the_same_answer(ask):
    def told(answer):
        page = re.sub(r'(name="csrfmiddlewaretoken"|captcha|form_age)[^>]*>', "", answer.content.decode())
        page = re.sub(r"[^>]*等于几？|TS-[\d-]+", "", page)
        return answer.status_code, WRONG in page, len(re.sub(r'value="[^"]*"|/captcha/\S+', "", page)) // 50

    known, unknown = told(ask(NUMBER, wrong_code(NUMBER))), told(ask("TS-430381009-2026-000123", wrong_code(NUMBER)))
    assert known == unknown
    assert known[:2] == (200, True)


def test_a_visitor_answers_the_question_first(ask, client):
    answer = ask(NUMBER, query_code(NUMBER), captcha=False)
    assert (answer.status_code, may_see_number(client, NUMBER)) == (200, False)


@time_machine.travel("2026-03-10T10:01:00+08:00")  # a limit counts within fixed windows
def test_six_tries_on_one_number_are_too_many_known_or_not(ask):
    for number in (NUMBER, "TS-430381009-2026-000999"):
        answers = [ask(number, wrong_code(NUMBER)).status_code for _ in range(6)]
        assert answers == [200] * 5 + [429]
    assert ask(NUMBER, query_code(NUMBER)).status_code == 429


def test_many_with_the_same_digits_need_the_full_number_whatever_the_code(ask, settings, numbered):
    settings.LOOKUP_CANDIDATES = 2
    numbered["TS-430381003-2026-000123"] = "/ts/9/"
    for code in (query_code(NUMBER), wrong_code(NUMBER)):
        answer = ask("000123", code)
        assert (answer.status_code, "请填写完整编号" in answer.content.decode()) == (200, True)
    assert ask(NUMBER, query_code(NUMBER))["Location"] == "/ts/1/"


def test_what_is_no_number_or_code_is_said_by_its_field(ask):
    page = ask("路灯", "12").content.decode()
    assert ["编号应像 JY-430381001-2026-000123" in page, "查询码是六位数字" in page] == [True, True]


def test_a_reissued_code_ends_the_old_one_and_is_not_stored(ask, django_user_model):
    clerk = django_user_model.objects.create_user("clerk", password="x" * 12)
    code = services.reissue_query_code(number=NUMBER, by=clerk, reason="本人到站核对")
    assert code == query_code(NUMBER, 1) == current_query_code(NUMBER)
    assert WRONG in ask(NUMBER, query_code(NUMBER)).content.decode()
    assert ask(NUMBER, code)["Location"] == "/ts/1/"
    assert list(QueryCodeIssue.objects.values_list("number", "counter")) == [(NUMBER, 1)]
    entry = Entry.objects.get(subject_kind="query_code")
    assert (entry.subject_key, entry.actor, entry.detail) == (NUMBER, clerk.trail_id, {"counter": 1})


def test_a_proof_ends_after_its_time_and_the_oldest_is_dropped(ask, client, settings, rf):
    ask(NUMBER, query_code(NUMBER))
    settings.LOOKUP_MINUTES = -1
    assert may_see_number(client, NUMBER) is False
    settings.LOOKUP_MINUTES = 120
    request = rf.get("/")
    request.session = client.session
    for serial in range(25):
        services.grant_sight(request=request, number=f"TS-430381001-2026-{serial:06d}")
    assert len(request.session["lookup_proved"]) == 20
    assert may_see_number(request, NUMBER) is False


def test_codes_printed_before_a_rotation_stay_good_while_the_old_key_is_kept(ask, settings):
    code, old = query_code(NUMBER), settings.FIELD_KEY
    settings.FIELD_KEY, settings.FIELD_KEY_FALLBACKS = "a-new-field-key-of-enough-characters-0123456789", [old]
    assert query_code(NUMBER) != code
    assert ask(NUMBER, code)["Location"] == "/ts/1/"


def test_staff_issue_a_new_code_in_the_admin(client, django_user_model, db):
    client.force_login(django_user_model.objects.create_superuser("admin", password="x" * 12))
    assert client.get("/admin/lookup/query-codes/").status_code == 200
    unknown = client.post("/admin/lookup/query-codes/new/", {"number": "TS-430381001-2026-999999", "reason": "核对"})
    assert (unknown.status_code, "没有这个编号" in unknown.content.decode()) == (200, True)
    for counter in (1, 2):
        answer = client.post("/admin/lookup/query-codes/new/", {"number": NUMBER, "reason": "核对"}, follow=True)
        assert query_code(NUMBER, counter) in answer.content.decode()
    assert QueryCodeIssue.objects.get().counter == 2

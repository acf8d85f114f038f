"""The public ledger: what the list and the page of one item show, to whom, at what cost."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from participation.ledger import services
from participation.ledger.models import LedgerItem
from participation.ledger.states import MOVES, State
from portal.follows.services import follow
from portal.jurisdictions.services.terms import add_terms_period
from portal.jurisdictions.terms.presets import StatedValue
from portal.outbox.models import Message
from tests.conftest import Cast
from tests.factories import ledger
from tests.factories.proposals import other_subdistrict, subdistrict

pytestmark = pytest.mark.django_db
LIST = "/ledger/"
SECRET = "示例秘密不得外泄"


def titles(answer) -> list[str]:
    return [item.title for item, _clock in answer.context["rows"]]


def promise(days: int = 10) -> None:
    start = timezone.localdate() - timedelta(days=400)
    add_terms_period(
        division=subdistrict(), starts_on=start, values={"resident_promise_days": StatedValue(days)}, reason="测试"
    )


@pytest.fixture
def three(cast: Cast) -> tuple[LedgerItem, LedgerItem, LedgerItem]:
    """Late in handling, not assigned elsewhere, closed off; the last is the newest."""
    promise()
    late = ledger.handling(
        cast, title="路灯坏了", category="electricity", raised_on=timezone.localdate() - timedelta(days=40)
    )
    other = ledger.opened(title="公交改线", category="transport", division=other_subdistrict(), source="reception")
    done = ledger.closed_off(cast, title="井盖松动")
    now = timezone.now()
    for days, item in enumerate((done, other, late)):
        LedgerItem.objects.filter(pk=item.pk).update(published_at=now - timedelta(days=days))
    return late, other, done


FILTERS = [
    ({}, ["井盖松动", "公交改线", "路灯坏了"]),
    ({"division": "430381001000"}, ["井盖松动", "路灯坏了"]),
    ({"category": "utilities"}, ["路灯坏了"]),
    ({"category": "transport"}, ["公交改线"]),
    ({"state": "handling"}, ["路灯坏了"]),
    ({"state": "closed_off"}, ["井盖松动"]),
    ({"source": "reception"}, ["公交改线"]),
    ({"overdue": "on"}, ["路灯坏了"]),
    ({"cursor": "forged"}, ["井盖松动", "公交改线", "路灯坏了"]),
]


def test_filters(three, client: Client):
    answers = [client.get(LIST, query) for query, _found in FILTERS]
    assert [(answer.status_code, titles(answer)) for answer in answers] == [(200, found) for _query, found in FILTERS]


def test_the_unit_filter(three, client: Client):
    late, _other, done = three
    assert titles(client.get(LIST, {"unit": late.unit_id})) == [done.title, late.title]


WRONG_FILTERS = [
    ({"division": "000000000000"}, "division", "没有这个区划，请从列表中选择"),
    ({"unit": "x"}, "unit", "请从列表中选择"),
    ({"unit": "99999999"}, "unit", "请从列表中选择"),
    ({"category": "discipline"}, "category", "请从列表中选择"),
    ({"state": "sign_off"}, "state", "请从列表中选择"),
    ({"source": "\x00"}, "source", None),
]


def test_a_wrong_filter_is_an_error_by_its_field(three, client: Client):
    for query, field, message in WRONG_FILTERS:
        answer = client.get(LIST, query)
        errors = answer.context["form"].errors
        assert (answer.status_code, list(errors), titles(answer)) == (200, [field], []), query
        assert message is None or errors[field] == [message], query


def counted(client: Client, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_list_asks_the_same_number_of_questions_for_any_number_of_rows(cast: Cast, client: Client):
    ledger.assigned(cast, title="第一件")
    one = counted(client, LIST)
    for number in range(3):
        ledger.assigned(cast, title=f"又一件{number}")
    assert counted(client, LIST) == one


def test_a_page_asks_the_same_number_of_questions_for_any_history(cast: Cast, client: Client):
    item = ledger.handling(cast)
    services.note_progress(item=item, by=cast.unit, text="已勘查")
    one = counted(client, item.get_absolute_url())
    for _each in range(3):
        services.note_progress(item=item, by=cast.unit, text="施工中")
    assert counted(client, item.get_absolute_url()) == one


def test_every_legal_position_has_a_page(cast: Cast, client: Client):
    item = ledger.opened()
    for state in State:
        LedgerItem.objects.filter(pk=item.pk).update(
            state=state, unit=ledger.unit_of(cast.unit), assigned_on=item.raised_on, closed_off_on=item.raised_on
        )
        assert client.get(item.get_absolute_url()).status_code == 200


def test_a_page_shows_reply_promise_rating_and_close_off(cast: Cast, client: Client):
    promise()
    soon = timezone.localdate() + timedelta(days=30)
    reply = ledger.replied(cast, kind="planned", commitments=[("更换整条线路", soon)])
    services.correct_reply(reply=reply, by=cast.unit, text="竣工日期写错了")
    item = services.complete_item(item=reply.item, by=cast.unit)
    page = client.get(item.get_absolute_url()).content.decode()
    for words in (
        ledger.ANSWER,
        "已列计划",
        "更换整条线路",
        "竣工日期写错了",
        "提出人未评价",
        "示例责任人",
        "为什么是这一天？",
    ):
        assert words in page
    services.rate_reply(item=item, by=cast.resident, value="basically_satisfied", reason=SECRET)
    services.end_commitment(commitment=item.commitments.get(), by=cast.unit, is_delivered=True, note="线路已更换")
    services.close_off_item(item=item, by=cast.committee, evidence="现场核查属实")
    page = client.get(item.get_absolute_url()).content.decode()
    assert ("提出人已评价" in page, "现场核查属实" in page, "基本满意" in page, SECRET in page) == (
        True, True, False, False,
    )  # fmt: skip


def test_a_value_is_shown_only_where_the_rater_published_it(cast: Cast, client: Client):
    item = ledger.completed(cast)
    services.rate_reply(item=item, by=cast.resident, value="satisfied", is_public=True)
    assert "一位提出人公开评价“满意”" in client.get(item.get_absolute_url()).content.decode()


def test_rework_is_told_without_a_value_or_its_reason(cast: Cast, client: Client):
    item = ledger.completed(cast)
    services.rate_reply(item=item, by=cast.resident, value="dissatisfied", reason=SECRET)
    page = client.get(item.get_absolute_url()).content.decode()
    assert ("重新办理" in page, "不满意" in page, SECRET in page) == (True, False, False)


def test_a_confidential_item_shows_number_and_progress_only(cast: Cast, client: Client):
    item = ledger.handling(cast, title=SECRET, is_confidential=True, confidential_reason="提出人要求保密")
    services.note_progress(item=item, by=cast.unit, text=f"{SECRET}进展")
    answer = client.get(item.get_absolute_url())
    page = answer.content.decode()
    assert (SECRET in page, item.unit.name in page, "示例责任人" in page) == (False, False, False)
    assert (item.reference in page, "签收" in page, answer["Cache-Control"]) == (True, True, "private, no-store")
    assert SECRET not in client.get(LIST).content.decode() + client.get("/feeds/ledger/").content.decode()
    client.force_login(cast.resident)
    assert SECRET in client.get(item.get_absolute_url()).content.decode()


def test_a_hidden_item_is_gone_for_the_public(cast: Cast, client: Client):
    item = ledger.assigned(cast)
    services.set_hidden(item=item, by=cast.committee, is_hidden=True, reason="复核")
    assert (client.get(item.get_absolute_url()).status_code, titles(client.get(LIST))) == (404, [])
    client.force_login(cast.resident)
    assert client.get(item.get_absolute_url()).status_code == 200


def test_a_proxy_entry_is_marked(cast: Cast, client: Client):
    item = ledger.assigned(cast)
    services.sign_for_item(item=item, by=cast.committee, paper=ledger.paper(item, cast.committee))
    assert "（由工委代录）" in client.get(item.get_absolute_url()).content.decode()


def test_a_lower_case_number_finds_its_page(cast: Cast, client: Client):
    item = ledger.opened()
    answer = client.get(f"/ledger/{item.reference.lower()}/")
    assert (answer.status_code, answer["Location"]) == (301, item.get_absolute_url())


def test_the_process_page_tells_every_legal_move(client: Client, db):
    states = {row["key"]: row for row in client.get("/ledger/process/").context["states"]}
    told = sum(len(row["steps"]) + len(row["stays"]) for row in states.values())
    assert (set(states), told) == (set(State), sum(len(moves) for moves in MOVES.values()))


def test_feed_and_calendar_are_of_one_division(three, client: Client):
    feed = client.get("/feeds/ledger/", {"division": "430381001000"}).content.decode()
    assert ("路灯坏了" in feed, "公交改线" in feed) == (True, False)
    calendar = client.get("/ledger/deadlines.ics", {"division": "430381001000"}).content.decode()
    assert (calendar.count("BEGIN:VEVENT"), "路灯坏了" in calendar) == (1, True)
    assert client.get("/ledger/deadlines.ics", {"division": "nonsense"}).status_code == 404
    late, other, _done = three
    assert [client.get(f"{each.get_absolute_url()}deadline.ics").status_code for each in (late, other)] == [200, 404]


def test_who_follows_item_and_source_is_told_once(cast: Cast):
    item = ledger.opened(source_kind="proposal", source_key="JY-1", proposers=(cast.resident,))
    for kind, key in (("ledger_item", item.reference), ("proposal", "JY-1")):
        follow(user=cast.resident2, subject_kind=kind, subject_key=key)
    services.assign_item(item=item, by=cast.committee, unit=ledger.unit_of(cast.unit), owner_name="示例责任人")
    assert Message.objects.filter(recipient=cast.resident2).count() == 1

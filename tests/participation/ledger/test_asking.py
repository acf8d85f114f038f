"""“解决了吗？”: asked once, by link or by phone, of those who have not rated; the answer is the rating."""

import time
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from participation.evaluations.models import Answer, Round
from participation.ledger import services
from participation.ledger.models import CallBack, LedgerItem
from participation.ledger.rules.asking import ask_day, last_rating_day
from participation.ledger.states import State
from participation.moderation.rules import Refused
from portal.gate.forms import AGE_SALT
from portal.outbox.models import Delivery, Message
from portal.outbox.services.composing import text_for
from portal.trail.models import Entry
from tests.conftest import Cast
from tests.factories import ledger

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("opened_after", "rating_days", "asked_after", "closes_after"),
    [(0, 15, 14, 21), (6, 15, 14, 21), (7, 15, 14, 22), (30, 15, 37, 45), (30, 1, 37, 44), (0, 90, 14, 90)],
)
def test_the_rating_is_open_until_the_question_can_be_answered(
    opened_after: int, rating_days: int, asked_after: int, closes_after: int
) -> None:
    opened_on = TODAY + timedelta(days=opened_after)
    asked = ask_day(replied_on=TODAY, opened_on=opened_on)
    closes = last_rating_day(replied_on=TODAY, opened_on=opened_on, rating_days=rating_days)
    assert ((asked - TODAY).days, (closes - TODAY).days) == (asked_after, closes_after)


def asked(item: LedgerItem) -> Any:
    return Message.objects.filter(event=f"ledger:{item.reference}:solved:{item.leg}")


def link(item: LedgerItem) -> str:
    return str(asked(item).get().url)


def confirm(client: Client, address: str, **data: str) -> Any:
    """Not faster than a person."""
    age = signing.dumps(int(time.time()) - 10, salt=AGE_SALT)
    return client.post(address, {"form_age": age, **data})


@pytest.fixture
def item(cast: Cast) -> LedgerItem:
    return ledger.long_ago(ledger.completed(cast))


@pytest.mark.django_db
def test_each_proposer_who_has_not_rated_is_asked_once_after_fourteen_days(cast: Cast) -> None:
    item = ledger.long_ago(ledger.completed(cast, proposers=(cast.resident, cast.resident2)), days=13)
    assert services.ask_whether_solved() == 0
    services.rate_reply(item=item, by=cast.resident2, value="satisfied")
    ledger.long_ago(item)
    assert [services.ask_whether_solved(), services.ask_whether_solved()] == [1, 0]
    message = asked(item).get()
    assert (message.recipient, message.kind, message.url[:15]) == (cast.resident, "whether_solved", "/ledger/solved/")
    assert Entry.objects.filter(subject_key=item.reference, verb="ask_whether_solved").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["closed", "hidden_by_rework"])
def test_nobody_is_asked_when_the_round_is_over(cast: Cast, item: LedgerItem, end: str) -> None:
    if end == "closed":
        Round.objects.filter(subject_key=item.reference).update(closes_on=timezone.localdate() - timedelta(days=1))
    else:
        LedgerItem.objects.filter(pk=item.pk).update(state=State.HANDLING, leg=2)
    assert (services.ask_whether_solved(), asked(item).exists()) == (0, False)


@pytest.mark.django_db
def test_opening_the_link_changes_nothing_and_confirming_it_is_the_rating(item: LedgerItem, client: Client) -> None:
    services.ask_whether_solved()
    address = link(item)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        page = client.get(address)
    writes = [query["sql"] for query in seen if query["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE", "REPLACE"}]
    words = page.content.decode()
    assert (page.status_code, writes, item.title in words, "张" in words) == (200, [], True, False)
    assert (page["Cache-Control"].count("no-store"), Answer.objects.exists()) == (1, False)
    assert confirm(client, address, value="dissatisfied").context["form"].errors == {
        "reason": ["请说明不满意的理由，以便重新办理。"]
    }
    assert confirm(client, address, value="dissatisfied", reason="第三盏不亮").status_code == 302
    given = Answer.objects.get()
    item.refresh_from_db()
    assert (given.channel, given.value, given.reason, item.leg, item.state) == (
        "link", "dissatisfied", "第三盏不亮", 2, State.HANDLING,
    )  # fmt: skip
    again = client.get(address).content.decode()
    assert ("您的评价已经收到" in again, "重新办理" in again, "不满意" in again) == (True, True, False)
    assert confirm(client, address, value="satisfied").status_code == 409
    assert Answer.objects.count() == 1


@pytest.mark.django_db
def test_a_link_is_good_for_one_proposer_one_reply_and_while_the_round_is_open(
    item: LedgerItem, client: Client
) -> None:
    services.ask_whether_solved()
    address = link(item)
    other = signing.Signer(salt="another purpose").sign_object([1, 1])
    wrong = [f"{address[:-3]}x/", f"/ledger/solved/{other}/", "/ledger/solved/1/"]
    assert [client.get(each).status_code for each in wrong] == [404, 404, 404]
    Round.objects.filter(subject_key=item.reference).update(closes_on=timezone.localdate() - timedelta(days=1))
    page = client.get(address)
    assert (page.status_code, "这次评价已经结束" in page.content.decode()) == (200, True)
    assert (confirm(client, address, value="satisfied").status_code, Answer.objects.exists()) == (409, False)


@pytest.mark.django_db
def test_the_text_message_carries_the_whole_address(cast: Cast, item: LedgerItem) -> None:
    services.ask_whether_solved()
    message = asked(item).get()
    delivery = message.deliveries.first() or Delivery(message=message)
    words = text_for(delivery, "13800000000").words
    assert words.endswith(message.url)


# --- By phone -------------------------------------------------------------------------------------------------------
@pytest.fixture
def call(cast: Cast) -> CallBack:
    found = ledger.call_back(cast)
    assert services.ask_whether_solved() == 0
    return found


@pytest.mark.django_db
def test_who_has_no_mobile_is_phoned_and_the_page_says_so_without_the_value(
    cast: Cast, call: CallBack, client: Client
) -> None:
    client.force_login(cast.clerk)
    page = client.get(f"/admin/ledger/calls/{call.pk}/").content.decode()
    assert ("请问解决了吗？" in page, "13800000000" in page) == (True, False)
    shown = client.post(f"/admin/ledger/calls/{call.pk}/", {"show_contacts": "1"}).content.decode()
    assert "13800000000" in shown
    data = {"result": "answered", "value": "basically_satisfied", "reason": ""}
    assert client.post(f"/admin/ledger/calls/{call.pk}/", data).status_code == 302
    answer = Answer.objects.get()
    assert (answer.channel, answer.entered_by, answer.rater.key) == ("phone", cast.clerk, f"party:{call.party_id}")
    client.logout()
    public = client.get(call.reply.item.get_absolute_url()).content.decode()
    assert ("电话回访" in public, "基本满意" in public) == (True, False)
    client.force_login(cast.clerk)
    assert client.get(f"/admin/ledger/calls/{call.pk}/").status_code == 404


@pytest.mark.django_db
def test_the_stars_of_the_round_may_be_given_by_link_and_by_phone_and_may_be_left_out(
    cast: Cast, item: LedgerItem, call: CallBack, client: Client
) -> None:
    address = link(item)
    page = client.get(address).content.decode()
    names = ("solved", "attitude", "speed", "comment", "form_age", "website")
    assert [f'name="{name}"' in page for name in names] == [True, True, True, False, True, True]
    wrong = confirm(client, address, value="satisfied", solved="6")
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["solved"])
    assert confirm(client, address, value="satisfied", solved="5", attitude="").status_code == 302
    client.force_login(cast.clerk)
    data = {"result": "answered", "value": "satisfied", "reason": "", "speed": "2"}
    assert client.post(f"/admin/ledger/calls/{call.pk}/", data).status_code == 302
    given = Answer.objects.order_by("pk").values_list("channel", "stars")
    assert list(given) == [("link", {"solved": 5}), ("phone", {"speed": 2})]


@pytest.mark.django_db
@pytest.mark.parametrize("result", ["unreached", "declined"])
def test_a_wrong_tick_never_drops_what_was_said_on_the_phone(
    cast: Cast, call: CallBack, client: Client, result: str
) -> None:
    client.force_login(cast.clerk)
    said = {"result": result, "value": "dissatisfied", "reason": "灯还是不亮"}
    answer = client.post(f"/admin/ledger/calls/{call.pk}/", said)
    assert (answer.status_code, "灯还是不亮" in answer.content.decode()) == (422, True)
    assert "结果应选“作了评价”" in answer.content.decode()
    call.refresh_from_db()
    assert call.state == "open"


@pytest.mark.django_db
def test_looking_up_the_number_keeps_what_was_typed(cast: Cast, call: CallBack, client: Client) -> None:
    client.force_login(cast.clerk)
    typed = {"show_contacts": "1", "result": "answered", "value": "dissatisfied", "reason": "灯还是不亮"}
    page = client.post(f"/admin/ledger/calls/{call.pk}/", typed).content.decode()
    assert ("13800000000" in page, "灯还是不亮" in page, page.count(" checked")) == (True, True, 5)
    assert Answer.objects.exists() is False


@pytest.mark.django_db
def test_nobody_of_the_handling_unit_writes_down_what_was_said(cast: Cast, call: CallBack) -> None:
    for person in (cast.unit, cast.resident):
        with pytest.raises(PermissionDenied):
            services.record_call(call=call, by=person, result="answered", value="satisfied")
    both = cast.committee.role_assignments.get(role="committee")
    both.pk, both.role, both.unit = None, "unit", ledger.unit_of(cast.unit)
    both.save()
    cast.committee._roles_by_day = {}
    for act in (
        lambda: services.record_call(call=call, by=cast.committee, result="answered", value="satisfied"),
        lambda: services.rate_reply(item=call.reply.item, by=cast.committee, value="satisfied", party=call.party),
    ):
        with pytest.raises(Refused, match="要由承办单位以外的人回访"):
            act()
    assert Answer.objects.exists() is False


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("results", "state"),
    [(["unreached"], "second_try"), (["unreached", "unreached"], "unreached"), (["unreached", "declined"], "declined")],
)
def test_who_is_not_reached_is_tried_once_more_and_silence_is_no_rating(
    cast: Cast, call: CallBack, results: list[str], state: str
) -> None:
    for result in results:
        services.record_call(call=call, by=cast.community, result=result)
    call.refresh_from_db()
    assert (call.state, call.tried_by, Answer.objects.exists()) == (state, cast.community, False)
    if state != "second_try":
        with pytest.raises(Refused, match="已经回访过"):
            services.record_call(call=call, by=cast.community, result="answered", value="satisfied")

"""Rating and objecting: who may, when, once; forged posts change nothing."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from participation.evaluations.models import Answer
from participation.ledger import services
from participation.ledger.models import LedgerItem, Objection
from participation.ledger.states import State
from portal.idempotency.rules import new_key
from tests.conftest import CAST, Cast
from tests.factories import ledger

pytestmark = pytest.mark.django_db


def rate(client: Client, item: LedgerItem, **data):
    return client.post(f"{item.get_absolute_url()}rate/", {"form_key": new_key(), "value": "satisfied", **data})


def object_to(client: Client, item: LedgerItem, **data):
    return client.post(f"{item.get_absolute_url()}object/", {"form_key": new_key(), "reason": "又坏了", **data})


def test_a_proposer_rates_from_the_page_itself(cast: Cast, client: Client):
    item = ledger.completed(cast)
    client.force_login(cast.resident)
    assert "解决了吗？" in client.get(item.get_absolute_url()).content.decode()
    answer = rate(client, item, is_public="on")
    given = Answer.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, item.get_absolute_url())
    assert (given.value, given.is_public, given.rater.user) == ("satisfied", True, cast.resident)
    assert "您已评价" in client.get(item.get_absolute_url()).content.decode()


def test_a_rating_is_not_public_unless_asked_for(cast: Cast, client: Client):
    item = ledger.completed(cast)
    client.force_login(cast.resident)
    rate(client, item)
    assert Answer.objects.get().is_public is False


@pytest.mark.parametrize(
    ("data", "field", "message"),
    [
        ({"value": ""}, "value", "请选择满意、基本满意或不满意"),
        ({"value": "excellent"}, "value", "请选择满意、基本满意或不满意"),
        ({"value": "dissatisfied"}, "reason", "请说明不满意的理由，以便重新办理。"),
        ({"value": "dissatisfied", "reason": "  "}, "reason", "请说明不满意的理由，以便重新办理。"),
    ],
)
def test_a_wrong_rating_is_told_by_the_field_and_changes_nothing(cast: Cast, client: Client, data, field, message):
    item = ledger.completed(cast)
    client.force_login(cast.resident)
    answer = rate(client, item, **data)
    assert (answer.status_code, answer.context["form"].errors) == (422, {field: [message]})
    assert Answer.objects.exists() is False


def test_a_double_click_rates_once_and_a_first_dissatisfied_opens_rework(cast: Cast, client: Client):
    item = ledger.completed(cast)
    client.force_login(cast.resident)
    data = {"form_key": new_key(), "value": "dissatisfied", "reason": "灯还是不亮"}
    answers = [rate(client, item, **data) for _each in range(3)]
    item.refresh_from_db()
    assert ([answer.status_code for answer in answers], item.leg, Answer.objects.count()) == ([302] * 3, 2, 1)


def test_a_second_opinion_is_given_back_and_not_kept(cast: Cast, client: Client):
    item = ledger.completed(cast)
    client.force_login(cast.resident)
    rate(client, item)
    answer = rate(client, item, value="dissatisfied", reason="改主意了")
    assert (answer.status_code, "改主意了" in answer.content.decode()) == (409, True)
    assert list(Answer.objects.values_list("value", flat=True)) == ["satisfied"]


def test_nobody_but_a_proposer_rates(cast: Cast, client: Client):
    item = ledger.completed(cast)
    statuses = {"visitor": rate(client, item).status_code}
    for name in CAST:
        if name != "resident":
            client.force_login(getattr(cast, name))
            statuses[name] = rate(client, item).status_code
    assert (statuses.pop("visitor"), set(statuses.values()), Answer.objects.exists()) == (302, {404}, False)


def test_a_forged_rating_in_another_state_changes_nothing(cast: Cast, client: Client):
    item = ledger.completed(cast)
    client.force_login(cast.resident)
    outcomes = {}
    for state in set(State) - {State.COMPLETED}:
        LedgerItem.objects.filter(pk=item.pk).update(state=state, closed_off_on=item.raised_on)
        outcomes[state] = rate(client, item).status_code, Answer.objects.exists()
    assert outcomes == dict.fromkeys(set(State) - {State.COMPLETED}, (409, False))


def test_silence_is_over_after_the_last_day(cast: Cast, client: Client):
    item = ledger.completed(cast)
    round_ = item.replies.get().rounds.get().round
    round_.opened_on = round_.closes_on = timezone.localdate() - timedelta(days=1)
    round_.save()
    client.force_login(cast.resident)
    assert (rate(client, item).status_code, Answer.objects.exists()) == (409, False)


def test_a_verified_resident_objects_once(cast: Cast, client: Client):
    item = ledger.closed_off(cast)
    client.force_login(cast.resident2)
    assert client.get(f"{item.get_absolute_url()}object/").status_code == 200
    data = {"form_key": new_key()}
    assert [object_to(client, item, **data).status_code for _each in range(2)] == [302, 302]
    assert object_to(client, item, reason="另一个理由").status_code == 409
    objection = Objection.objects.get()
    assert (objection.by, objection.reason, objection.state) == (cast.resident2, "又坏了", "open")


def test_an_objection_says_why(cast: Cast, client: Client):
    item = ledger.closed_off(cast)
    client.force_login(cast.resident2)
    answer = object_to(client, item, reason=" ")
    assert (answer.status_code, answer.context["form"].errors) == (422, {"reason": ["请说明异议的理由。"]})


def test_the_words_of_an_objection_are_not_public_but_its_decision_is(cast: Cast, client: Client):
    item = ledger.closed_off(cast)
    objection = services.object_to_close_off(item=item, by=cast.resident2, reason="示例私下理由")
    services.decide_objection(objection=objection, by=cast.director, is_accepted=False, reason="现场复核已修好")
    page = client.get(item.get_absolute_url()).content.decode()
    assert ("示例私下理由" in page, "现场复核已修好" in page) == (False, True)


def test_an_objection_after_the_window_or_before_the_close_off_is_refused(cast: Cast, client: Client):
    item = ledger.closed_off(cast)
    client.force_login(cast.resident2)
    LedgerItem.objects.filter(pk=item.pk).update(closed_off_on=timezone.localdate() - timedelta(days=400))
    assert object_to(client, item).status_code == 409
    open_one = ledger.completed(cast, title="另一件")
    assert (object_to(client, open_one).status_code, Objection.objects.exists()) == (409, False)


def test_who_is_not_verified_is_asked_to_verify_first(cast: Cast, client: Client):
    item = ledger.closed_off(cast)
    cast.resident2.verified_at, cast.resident2.verification = None, ""
    cast.resident2.save()
    client.force_login(cast.resident2)
    answer = object_to(client, item)
    assert (answer.status_code, "next=" in answer["Location"], Objection.objects.exists()) == (302, True, False)


def test_my_page_tells_what_waits_for_me(cast: Cast, client: Client):
    item = ledger.completed(cast)
    client.force_login(cast.resident)
    for address in ("/me/", "/me/ledger/"):
        page = client.get(address).content.decode()
        assert (item.title in page, "解决了吗？请评价" in page) == (True, True)
    rate(client, item)
    assert "解决了吗？请评价" not in client.get("/me/ledger/").content.decode()
    client.force_login(cast.resident2)
    assert "我提出的事项" not in client.get("/me/").content.decode()

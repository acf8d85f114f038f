"""三种评价: which legs open with 办结, whose word counts in which, and what a secret one leaves behind."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from participation.evaluations.models import Answer, Rater, SecretAnswer
from participation.ledger import services
from participation.ledger.models import LedgerItem, ReplyRound
from participation.ledger.states import State
from participation.moderation.rules import Refused
from portal.idempotency.models import Done
from portal.jurisdictions.models import TermsPeriod
from portal.outbox.models import Message
from portal.trail.models import Entry
from tests.conftest import Cast
from tests.factories import ledger

pytestmark = pytest.mark.django_db
THREE = ["resident", "member", "public"]


@pytest.fixture(autouse=True)
def all_three(divisions: Any) -> None:
    values = {"evaluation_sources": {"value": THREE, "clause": "", "is_confirmed": True, "note": ""}}
    TermsPeriod.objects.create(division=ledger.subdistrict(), starts_on=date(2026, 1, 1), values=values)


def legs_of(item: LedgerItem) -> dict[str, ReplyRound]:
    rows = ReplyRound.objects.filter(reply__item=item, reply__leg=item.leg).select_related("round")
    return {row.source: row for row in rows}


def rate(client: Client, user: Any, item: LedgerItem, **data: Any) -> Any:
    client.force_login(user)
    return client.post(f"{item.get_absolute_url()}rate/", {"value": "satisfied", **data})


def test_completion_opens_what_the_terms_name_each_with_its_own_roll(cast: Cast) -> None:
    legs = legs_of(ledger.completed(cast))
    today = timezone.localdate()
    assert {
        source: (row.round.roll, row.round.roll_size, row.round.is_secret, row.round.closes_on - today)
        for source, row in legs.items()
    } == {
        "resident": ("proposers", 1, False, timedelta(days=21)),
        "member": ("members", 1, True, timedelta(days=21)),
        "public": ("verified", None, True, timedelta(days=21)),
    }
    assert [rater.user for rater in legs["member"].round.raters.all()] == [cast.member]


def test_a_member_who_works_for_the_unit_does_not_rate_its_matters(cast: Cast) -> None:
    unit, today = ledger.unit_of(cast.unit), timezone.localdate()
    cast.member.role_assignments.create(role="unit", division=unit.division, unit=unit, starts_on=today)
    assert "member" not in legs_of(ledger.completed(cast))


@pytest.mark.once
def test_of_a_confidential_matter_and_where_the_terms_name_no_other_only_the_proposers_rate(cast: Cast) -> None:
    hidden = ledger.completed(cast, is_confidential=True, confidential_reason="涉及隐私")
    TermsPeriod.objects.all().delete()
    plain = ledger.completed(cast, title="另一件")
    assert [sorted(legs_of(item)) for item in (hidden, plain)] == [["resident"], ["resident"]]


def test_one_person_one_leg(cast: Cast, client: Client) -> None:
    """A proposer who is a member too rates as a resident and stands on no other roll; a member not as the public."""
    item = ledger.completed(cast, proposers=(cast.resident, cast.member))
    assert "member" not in legs_of(item)
    other = ledger.completed(cast, title="另一件")
    assert rate(client, cast.member, other).status_code == 302
    assert rate(client, cast.member, other).status_code == 302
    with pytest.raises(Refused, match="您已经评价过"):
        services.rate_in_secret(item=other, by=cast.member, value="satisfied")
    with pytest.raises(PermissionDenied):
        services.rate_in_secret(item=other, by=cast.resident, value="satisfied")
    taken = Rater.objects.filter(answered_on__isnull=False).values_list("round__source", "user")
    assert list(taken) == [("member", cast.member.pk)]


def test_a_unit_rates_no_work_of_its_own_and_who_is_not_verified_is_asked_to_verify(cast: Cast, client: Client) -> None:
    item = ledger.completed(cast)
    cast.unit.verified_at, cast.unit.verification = timezone.now(), "phone"
    cast.unit.save()
    assert rate(client, cast.unit, item).status_code == 404
    cast.resident2.verified_at, cast.resident2.verification = None, ""
    cast.resident2.save()
    answer = rate(client, cast.resident2, item)
    assert (answer.status_code, "next=" in answer["Location"], SecretAnswer.objects.exists()) == (302, True, False)


def test_a_secret_answer_does_not_rest_in_the_session_and_a_proposers_reason_does(cast: Cast, client: Client) -> None:
    item = ledger.completed(cast)
    url = f"{item.get_absolute_url()}rate/"
    client.post(url, {"value": "dissatisfied", "comment": "办得太慢"})
    assert "办得太慢" not in str(dict(client.session))
    client.post(url, {"value": "dissatisfied", "reason": "第三盏不亮", "form_key": "x" * 24})
    assert "第三盏不亮" in str(client.session["kept_text"])


def test_a_secret_answer_leaves_who_took_part_and_what_was_said_and_nothing_else(cast: Cast, client: Client) -> None:
    item = ledger.completed(cast)
    client.force_login(cast.resident2)
    address = f"{item.get_absolute_url()}rate/"
    before = Entry.objects.count(), Message.objects.count(), Done.objects.count()
    assert (client.get(address).status_code, Rater.objects.filter(user=cast.resident2).exists()) == (200, False)
    data = {"value": "dissatisfied", "solved": "2", "comment": " 还有一盏不亮 "}
    assert client.post(address, data).status_code == 302
    said = SecretAnswer.objects.get()
    assert (said.value, said.stars, said.comment) == ("dissatisfied", {"solved": 2}, "还有一盏不亮")
    assert (Entry.objects.count(), Message.objects.count(), Done.objects.count()) == before
    item.refresh_from_db()
    assert (item.state, item.leg, Answer.objects.exists()) == (State.COMPLETED, 1, False)


@pytest.mark.parametrize(
    ("data", "field", "message"),
    [
        ({"value": ""}, "value", "请选择满意、基本满意或不满意"),
        ({"speed": "6"}, "speed", "星级请选一到五颗星。"),
        ({"comment": "长" * 501}, "comment", "意见最多 500 字，现在 501 字"),
    ],
)
def test_a_wrong_answer_is_told_by_the_field_and_the_words_stay(
    cast: Cast, client: Client, data: dict[str, str], field: str, message: str
) -> None:
    answer = rate(client, cast.resident2, ledger.completed(cast), **({"comment": "灯还是不亮"} | data))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    typed = ({"comment": "灯还是不亮"} | data)["comment"]
    assert (typed in answer.content.decode(), SecretAnswer.objects.exists()) == (True, False)


def test_rework_closes_all_three_and_the_next_reply_is_rated_anew(cast: Cast) -> None:
    item = ledger.completed(cast)
    services.rate_in_secret(item=item, by=cast.resident2, value="satisfied")
    services.rate_reply(item=item, by=cast.resident, value="dissatisfied", reason="灯还是不亮")
    item.refresh_from_db()
    with pytest.raises(PermissionDenied):
        services.rate_in_secret(item=item, by=cast.member, value="satisfied")
    assert {row.round.state for row in ReplyRound.objects.filter(reply__item=item)} == {"closed"}
    item = services.complete_item(item=ledger.replied(cast, item=item).item, by=cast.unit)
    services.rate_in_secret(item=item, by=cast.resident2, value="satisfied")
    assert {source: row.round.state for source, row in legs_of(item).items()} == dict.fromkeys(THREE, "open")


def test_only_the_proposers_word_is_waited_for_and_the_other_legs_run_on_after_the_close_off(cast: Cast) -> None:
    item = ledger.closed_off(cast)
    services.rate_in_secret(item=item, by=cast.member, value="satisfied")
    services.set_hidden(item=item, by=cast.committee, is_hidden=True, reason="复核")
    item.refresh_from_db()
    with pytest.raises(Refused, match="评价已经截止"):
        services.rate_in_secret(item=item, by=cast.resident2, value="satisfied")


def test_the_page_shows_the_three_side_by_side_without_a_value(cast: Cast, client: Client) -> None:
    item = ledger.completed(cast)
    address = item.get_absolute_url()
    assert "我来评价" in client.get(address).content.decode()
    services.rate_in_secret(item=item, by=cast.resident2, value="basically_satisfied")
    client.force_login(cast.resident2)
    words = client.get(address).content.decode()
    for shown in ("居民评议", "议事代表测评", "社会监督", "应评1人，未评价", "已评价的不足5人", "您已评价"):
        assert shown in words, shown
    assert ("基本满意" in words, "我来评价" in words) == (False, False)


def test_the_page_costs_the_same_with_one_rater_and_with_many(
    cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    item = ledger.completed(cast)
    client.get(item.get_absolute_url())
    counts = []
    for people in ((cast.resident2,), (cast.deputy, cast.member)):
        for person in people:
            services.rate_in_secret(item=item, by=person, value="satisfied")
        with django_assert_max_num_queries(200) as asked:
            client.get(item.get_absolute_url())
        counts.append(len(asked))
    assert counts[0] == counts[1]

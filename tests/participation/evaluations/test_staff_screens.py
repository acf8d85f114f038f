"""评价 in the admin: who works with which rounds, paper counted blind, and no single answer of a secret round."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from participation.evaluations import registry, services
from participation.evaluations.models import PaperCount, Rater, Round
from participation.evaluations.registry import RoundKind
from participation.evaluations.rules import ClassRule
from participation.evaluations.states import Roll
from participation.moderation.rules import Refused
from tests.conftest import Cast
from tests.factories.evaluations import publication, round_for
from tests.factories.proposals import other_subdistrict

pytestmark = pytest.mark.django_db
INDEX = "/admin/evaluations/"


@pytest.fixture
def owned(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A kind whose owner publishes itself, run by the committee and the director."""
    kind = RoundKind(
        key="meeting", label="会议测评", definition="到会的人各评一次。", is_automatic=False,
        user_can_manage=lambda user, round_: user.has_perm("evaluations.manage_rounds", round_.division),
    )  # fmt: skip
    monkeypatch.setitem(registry._kinds, "meeting", kind)
    yield "meeting"


def as_(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def secret_round(kind: str, size: int = 6) -> Round:
    return round_for(
        keys=tuple(f"party:{n}" for n in range(size)), kind=kind, is_secret=True, source="member", roll=Roll.MEMBERS,
        title="街道办事处测评", days=3, class_rule=ClassRule(),
    )  # fmt: skip


def address(round_: Round) -> str:
    return f"{INDEX}{round_.pk}/"


@pytest.mark.parametrize(
    ("role", "status"),
    [("committee", 200), ("director", 200), ("superior", 200), ("auditor", 200), ("moderator", 302), ("unit", 302)],
)
def test_rounds_are_open_to_those_who_run_or_watch_them(cast: Cast, role: str, status: int) -> None:
    assert as_(cast[role]).get(INDEX).status_code == status


def test_a_round_of_another_place_is_not_there(cast: Cast) -> None:
    round_ = round_for(cast.resident, division=other_subdistrict())
    assert as_(cast.committee).get(address(round_)).status_code == 404


def test_two_people_count_blind_and_a_third_confirms(cast: Cast, owned: str) -> None:
    round_ = secret_round(owned)
    raters = list(Rater.objects.filter(round=round_).values_list("pk", flat=True))
    committee, director = as_(cast.committee), as_(cast.director)
    assert committee.post(address(round_), {"step": "hand_out", "raters": raters}).status_code == 302
    counts = {"step": "count", "satisfied": 4, "basically": 1, "dissatisfied": 1, "invalid": 0}
    committee.post(address(round_), counts)
    page = director.get(address(round_)).content.decode()
    assert "一人已计票" in page
    assert "您录入的" not in page
    director.post(address(round_), counts | {"satisfied": 3})
    page = committee.get(address(round_)).content.decode()
    assert "两人计票不一致" in page
    assert "满意4、基本满意1、不满意1" in page  # the own ones only
    assert "满意3" not in page
    director.post(address(round_), counts)
    assert "两人计票一致" in director.get(address(round_)).content.decode()
    assert committee.post(address(round_), {"step": "close", "reason": " "}).status_code == 422
    committee.post(address(round_), {"step": "close", "reason": "现场已全部交票"})
    assert committee.post(address(round_), {"step": "confirm"}).status_code == 422
    round_.refresh_from_db()
    assert (round_.state, PaperCount.objects.count()) == ("closed", 2)  # who counted does not confirm
    third = as_(cast.admin)
    assert "街道办事处测评" in third.get(f"{INDEX}?state=waiting").content.decode()
    third.post(address(round_), {"step": "confirm"})
    round_.refresh_from_db()
    assert (round_.state, round_.confirmed_by) == ("confirmed", cast.admin)
    page = third.get(address(round_)).content.decode()
    assert "66.7%" in page


def test_no_ballot_is_handed_out_after_the_last_day_but_those_out_are_counted(cast: Cast, owned: str) -> None:
    round_ = secret_round(owned)
    raters = list(Rater.objects.filter(round=round_))
    services.hand_out_paper(round_=round_, raters=raters[:5], by=cast.committee)
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        with pytest.raises(Refused, match="已经截止"):
            services.hand_out_paper(round_=round_, raters=raters[5:], by=cast.committee)
        page = as_(cast.committee).get(address(round_)).content.decode()
        assert ('value="hand_out"' in page, 'value="count"' in page) == (False, True)


def test_a_refused_count_comes_back_with_what_was_typed(cast: Cast, owned: str) -> None:
    round_ = secret_round(owned)
    raters = list(Rater.objects.filter(round=round_).values_list("pk", flat=True))
    client = as_(cast.committee)
    client.post(address(round_), {"step": "hand_out", "raters": raters[:5]})
    counts = {"step": "count", "satisfied": 48, "basically": 1, "dissatisfied": 0, "invalid": 0}
    answer = client.post(address(round_), counts)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert ("合计49票，多于发出的5票" in page, 'value="48"' in page) == (True, True)


def test_a_step_that_somebody_else_took_meanwhile_says_so_on_the_page(cast: Cast, owned: str) -> None:
    """Two people press the button at once: the second reads why, and is not sent away as without permission."""
    round_ = secret_round(owned)
    services.close_round(round_=round_)
    answer = as_(cast.committee).post(address(round_), {"step": "close", "reason": "现场已全部交票"})
    assert answer.status_code == 422
    assert "这一步现在不能办理" in answer.content.decode()


def test_votes_are_not_shown_while_they_come_in_nor_under_five(cast: Cast, owned: str) -> None:
    round_ = secret_round(owned)
    for rater in list(Rater.objects.filter(round=round_))[:4]:
        services.give_answer(rater=rater, value="dissatisfied")
    client = as_(cast.committee)
    assert "评价结束以前看不到票数" in client.get(address(round_)).content.decode()
    services.close_round(round_=round_)
    page = client.get(address(round_)).content.decode()
    assert "评价不足5份，不显示分布" in page
    assert "100.0%" not in page
    assert "不足5," in client.get(f"{INDEX}table.csv").getvalue().decode()


def test_a_round_that_the_job_publishes_offers_no_step(cast: Cast) -> None:
    round_ = round_for(cast.resident, cast.resident2)
    client = as_(cast.director)
    assert "ledger-action" not in client.get(address(round_)).content.decode()
    assert client.post(address(round_), {"step": "close", "reason": "快一点"}).status_code == 302
    round_.refresh_from_db()
    assert round_.state == "open"


@pytest.mark.parametrize(("role", "is_read"), [("committee", True), ("auditor", False)])
def test_reasons_are_read_by_those_who_manage_only(cast: Cast, role: str, is_read: bool) -> None:
    round_ = round_for(cast.resident)
    rater = Rater.objects.get(round=round_)
    services.give_answer(rater=rater, value="dissatisfied", reason="路灯还是不亮")
    page = as_(cast[role]).get(address(round_)).content.decode()
    assert ("路灯还是不亮" in page) is is_read


def test_a_correction_is_published_by_those_who_manage_and_nobody_else(cast: Cast) -> None:
    row = publication()
    to = f"{INDEX}publications/{row.pk}/"
    assert as_(cast.auditor).post(to, {"text": "改"}).status_code == 302
    assert not row.corrections.exists()
    assert as_(cast.director).post(to, {"text": ""}).status_code == 422
    as_(cast.director).post(to, {"text": "应评人数应为11人"})
    assert [each.text for each in row.corrections.all()] == ["应评人数应为11人"]


def test_the_file_disarms_formulas(cast: Cast) -> None:
    day = timezone.localdate() - timedelta(days=1)
    round_for(cast.resident, title="=HYPERLINK(1)", day=day)
    assert "'=HYPERLINK(1)" in as_(cast.auditor).get(f"{INDEX}table.csv").getvalue().decode()

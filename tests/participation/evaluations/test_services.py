"""A round: asked once, answered once, silence is silence; what is published is published once."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from participation.evaluations import registry, services
from participation.evaluations.adapters import triggers
from participation.evaluations.models import Answer, Publication, Rater, Round, SecretAnswer
from participation.evaluations.registry import RoundKind
from participation.evaluations.rules import ClassRule, Tally, tally
from participation.evaluations.selectors import rater_of, result_of, tally_of
from participation.evaluations.states import Question, Roll
from participation.moderation.rules import Refused
from portal.accounts.models import HandlingUnit
from portal.jurisdictions.services.terms import add_terms_period
from portal.jurisdictions.terms.presets import StatedValue
from tests.conftest import Cast
from tests.factories.evaluations import round_for
from tests.factories.proposals import subdistrict

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(cast: Cast) -> Round:
    return round_for(cast.resident, cast.resident2, cast.resident, keys=("party:7",), days=15)


def rater(round_: Round, user: object) -> Rater:
    found = rater_of(round_, user)
    assert found is not None
    return found


def test_each_person_is_asked_once(round_: Round) -> None:
    assert Rater.objects.filter(round=round_).count() == 3


def test_an_answer_is_given_once(round_: Round, cast: Cast) -> None:
    services.give_answer(rater=rater(round_, cast.resident), value="satisfied")
    with pytest.raises(Refused, match="您已经评价过"):
        services.give_answer(rater=rater(round_, cast.resident), value="dissatisfied", reason="改主意")
    assert [answer.value for answer in Answer.objects.all()] == ["satisfied"]


def test_dissatisfied_says_why(round_: Round, cast: Cast) -> None:
    with pytest.raises(Refused, match="不满意的理由"):
        services.give_answer(rater=rater(round_, cast.resident), value="dissatisfied", reason="  ")


def test_nothing_is_answered_after_the_last_day(round_: Round, cast: Cast) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=16)), pytest.raises(Refused, match="已经截止"):
        services.give_answer(rater=rater(round_, cast.resident), value="satisfied")


def test_closing_twice_is_once_and_ends_the_answers(round_: Round, cast: Cast) -> None:
    assert [services.close_round(round_=round_), services.close_round(round_=round_)] == [True, False]
    with pytest.raises(Refused, match="已经截止"):
        services.give_answer(rater=rater(round_, cast.resident), value="satisfied")


def test_silence_is_counted_as_asked_and_as_nothing_else(round_: Round, cast: Cast) -> None:
    services.give_answer(rater=rater(round_, cast.resident), value="basically_satisfied")
    assert tally_of(round_) == Tally(satisfied=0, basically=1, dissatisfied=0, invited=3)


@pytest.mark.parametrize(("answers", "is_enough"), [(4, False), (5, True)])
def test_rates_are_withheld_below_five_answers(answers: int, is_enough: bool) -> None:
    assert tally(["satisfied"] * answers, invited=9).is_enough is is_enough


# --- What the database itself refuses ----------------------------------------------------------------------------
def refused(change: Callable[[], object]) -> None:
    with pytest.raises(DatabaseError, match=triggers.REFUSAL), transaction.atomic():
        change()


@pytest.mark.parametrize(
    "change",
    [{"questions": ["solved"]}, {"class_rule": {"numerator": 1}}, {"roll_size": 2}, {"is_secret": True},
     {"is_frozen": False}, {"roll": "verified"}, {"title": "别的事"}],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_questions_raters_and_rule_are_frozen_with_the_first_answer(
    round_: Round, cast: Cast, change: dict[str, object]
) -> None:
    services.give_answer(rater=rater(round_, cast.resident), value="satisfied")
    refused(lambda: Round.objects.filter(pk=round_.pk).update(**change))


def test_the_roll_stands_once_there_is_an_answer(round_: Round, cast: Cast) -> None:
    assert services.add_rater(round_=round_, user=cast.member) is not None
    services.give_answer(rater=rater(round_, cast.resident), value="satisfied")
    assert services.add_rater(round_=round_, user=cast.deputy) is None
    refused(lambda: Rater.objects.create(round=round_, user=cast.deputy))
    refused(lambda: Rater.objects.filter(round=round_, user=cast.resident2).delete())
    refused(lambda: Rater.objects.filter(round=round_, user=cast.resident2).update(user=cast.deputy))
    refused(lambda: Rater.objects.filter(round=round_, user=cast.resident).update(answered_on=None))
    refused(lambda: round_.delete())


def test_the_guards_are_in_place_and_a_lost_one_is_found() -> None:
    assert triggers.missing(connection) == []
    triggers.remove(connection)
    assert len(triggers.missing(connection)) == 11
    triggers.install(connection)
    assert triggers.missing(connection) == []


# --- Secret rounds ------------------------------------------------------------------------------------------------
def test_a_secret_answer_is_tied_to_nobody_and_closing_writes_all_anew(cast: Cast) -> None:
    people = [cast.member, cast.deputy, cast.resident]
    secret = round_for(*people, is_secret=True, roll=Roll.MEMBERS)
    for person, value in zip(people, ["satisfied", "dissatisfied", "satisfied"], strict=True):
        assert services.give_answer(rater=rater(secret, person), value=value) is None
    before = set(secret.secret_answers.values_list("key", flat=True))
    services.close_round(round_=secret)
    after = set(secret.secret_answers.values_list("key", flat=True))
    assert (len(before), len(after), before & after) == (3, 3, set())
    assert {field.name for field in SecretAnswer._meta.fields} == {"key", "round", "value", "stars", "comment"}
    assert not Answer.objects.exists()
    assert tally_of(secret) == Tally(satisfied=2, dissatisfied=1, invited=3)


def test_a_secret_answer_is_given_once(cast: Cast) -> None:
    secret = round_for(cast.member, is_secret=True)
    services.give_answer(rater=rater(secret, cast.member), value="satisfied")
    with pytest.raises(Refused, match="您已经评价过"):
        services.give_answer(rater=rater(secret, cast.member), value="satisfied")
    assert secret.secret_answers.count() == 1


# --- Paper ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def on_paper(cast: Cast, appraisal_kind: None) -> Round:
    people = [cast.member, cast.deputy, cast.resident, cast.resident2, cast.clerk]
    round_ = round_for(*people, kind="appraisal_test", is_secret=True, class_rule=ClassRule())
    services.hand_out_paper(round_=round_, raters=round_.raters.exclude(user=cast.clerk), by=cast.committee)
    return round_


@pytest.fixture
def appraisal_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = RoundKind(key="appraisal_test", label="测评", definition="示例口径", is_automatic=False)
    monkeypatch.setitem(registry._kinds, kind.key, kind)


def test_who_took_a_paper_ballot_does_not_answer_here_as_well(on_paper: Round, cast: Cast) -> None:
    with pytest.raises(Refused, match="您已经评价过"):
        services.give_answer(rater=rater(on_paper, cast.member), value="satisfied")


def test_two_people_count_and_must_agree(on_paper: Round, cast: Cast) -> None:
    counts = {"satisfied": 2, "basically": 1, "dissatisfied": 1}
    services.count_paper(round_=on_paper, by=cast.committee, **counts)
    with pytest.raises(Refused, match="两人分别录入"):
        services.close_round(round_=on_paper)
    services.count_paper(round_=on_paper, by=cast.director, satisfied=3, basically=0, dissatisfied=1)
    with pytest.raises(Refused, match="两人分别录入"):
        services.close_round(round_=on_paper)
    services.count_paper(round_=on_paper, by=cast.director, **counts)
    with pytest.raises(Refused, match="已经一致"):
        services.count_paper(round_=on_paper, by=cast.director, satisfied=3, basically=0, dissatisfied=1)
    services.give_answer(rater=rater(on_paper, cast.clerk), value="satisfied")
    assert services.close_round(round_=on_paper)
    assert tally_of(on_paper) == Tally(satisfied=3, basically=1, dissatisfied=1, invited=5)
    assert result_of(on_paper) == "satisfied"


def test_nobody_counts_more_than_was_handed_out(on_paper: Round, cast: Cast) -> None:
    with pytest.raises(Refused, match="合计5票，多于发出的4票"):
        services.count_paper(round_=on_paper, by=cast.committee, satisfied=5, basically=0, dissatisfied=0)


def test_who_counted_does_not_confirm(on_paper: Round, cast: Cast) -> None:
    for person in (cast.committee, cast.director):
        services.count_paper(round_=on_paper, by=person, satisfied=4, basically=0, dissatisfied=0)
    services.give_answer(rater=rater(on_paper, cast.clerk), value="satisfied")
    services.close_round(round_=on_paper)
    with pytest.raises(Refused, match="由另一人确认"):
        services.confirm_result(round_=on_paper, by=cast.director)
    with pytest.raises(Refused, match="确认后才能公布"):
        services.publish_round(round_=on_paper, by=cast.director)
    services.confirm_result(round_=on_paper, by=cast.admin)
    published = services.publish_round(round_=on_paper, by=cast.admin)
    assert (published.tally, published.result) == (Tally(satisfied=5, invited=5), "satisfied")
    refused(lambda: Publication.objects.filter(pk=published.pk).update(satisfied=4, basically=1))
    refused(lambda: Publication.objects.filter(pk=published.pk)._raw_delete("default"))
    refused(lambda: Round.objects.filter(pk=on_paper.pk).update(publication=None))


# --- Publishing by the job ------------------------------------------------------------------------------------------
def rated(user: object, value: str, *, is_public: bool = False, days_ago: int = 20) -> Round:
    with time_machine.travel(timezone.now() - timedelta(days=days_ago)):
        round_ = round_for(user)
        services.give_answer(rater=rater(round_, user), value=value, reason="没修好", is_public=is_public)
    return round_


def test_closed_rounds_are_published_once_they_make_five_and_never_again(cast: Cast) -> None:
    for _ in range(4):
        rated(cast.resident, "satisfied")
    rated(cast.resident, "satisfied", is_public=True)
    assert (services.publish_due(), Publication.objects.count()) == (0, 0)
    rated(cast.resident2, "dissatisfied")
    assert (services.publish_due(), services.publish_due()) == (1, 0)
    published = Publication.objects.get()
    assert (published.tally, published.round_count) == (Tally(4, 0, 1, 5), 6)
    assert Round.objects.filter(publication=None).count() == 0


def test_what_is_left_of_a_quarter_is_put_together_where_the_terms_say_so(cast: Cast) -> None:
    units = [HandlingUnit.objects.create(name=name, division=subdistrict()) for name in ("甲单位", "乙单位")]
    for unit, count in zip(units, (3, 2), strict=True):
        for _ in range(count):
            with time_machine.travel("2026-09-10T10:00:00+08:00"):
                round_ = round_for(cast.resident, unit=unit)
                services.give_answer(rater=rater(round_, cast.resident), value="satisfied")
    assert services.publish_due(date(2026, 10, 1)) == 0
    pooling = {"evaluation_pooling": StatedValue("quarter")}
    add_terms_period(division=subdistrict(), starts_on=date(2026, 1, 1), values=pooling, reason="测试")
    assert services.publish_due(date(2026, 9, 30)) == 0
    assert services.publish_due(date(2026, 10, 1)) == 1
    published = Publication.objects.get()
    assert (published.unit, published.is_pooled, published.answered) == (None, True, 5)


def test_a_question_with_few_answers_is_left_out_of_its_batch(cast: Cast) -> None:
    questions = (Question.SOLVED, Question.SPEED)
    people = [cast.resident, cast.resident2, cast.member, cast.deputy, cast.clerk]
    round_ = round_for(*people, questions=questions)
    for at, person in enumerate(people):
        stars = {"solved": 5} | ({"speed": 1} if at else {})
        services.give_answer(rater=rater(round_, person), value="satisfied", stars=stars)
    services.close_round(round_=round_)
    services.publish_due()
    assert Publication.objects.get().stars == {"solved": [0, 0, 0, 0, 5]}

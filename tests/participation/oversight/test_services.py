"""From the plan to the archive: who, when, and on what condition; what a secret rating leaves behind."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from participation.evaluations import services as evaluations
from participation.evaluations.models import Rater, SecretAnswer
from participation.evaluations.selectors import result_of
from participation.filings.models import Filing
from participation.moderation.rules import Refused
from participation.oversight import services
from participation.oversight.models import OfficeAppraisal
from participation.oversight.selectors import published_result
from portal.jurisdictions.clauses import evaluate
from portal.outbox.models import Message
from portal.trail.models import Entry
from tests.conftest import Cast
from tests.factories import oversight
from tests.factories.ledger import unit_of

pytestmark = pytest.mark.django_db


def refusal(act: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as caught, transaction.atomic():
        act()
    return str(caught.value.message)


def verbs(row: OfficeAppraisal) -> list[str]:
    rows = Entry.objects.filter(subject_kind="office_appraisal", subject_key=str(row.pk))
    return list(rows.order_by("pk").values_list("verb", flat=True))


def test_an_appraisal_goes_from_the_plan_to_the_archive(cast: Cast) -> None:
    oversight.state_terms(appraisal_public="full")
    row = oversight.published(cast, ["satisfied"] * 4 + ["basically_satisfied"] * 3, roll=8)
    row = services.archive_appraisal(appraisal=row, by=cast.committee)
    assert row.publication is not None
    tally = row.publication.tally
    assert (row.state, row.publication.result) == ("archived", "satisfied")
    assert (tally.satisfied, tally.basically, tally.dissatisfied, tally.invited) == (4, 3, 0, 8)
    assert verbs(row) == [
        "plan", "submit_report", "publish_report", "hold_meeting", "open_rating", "close_rating", "confirm_result",
        "dispatch", "dispatch", "dispatch", "record_consent", "publish_result", "archive",
    ]  # fmt: skip
    assert Filing.objects.count() == 3


@pytest.mark.parametrize("sent", [(), ("party_committee",), ("filing_authority", "superior_department")])
def test_nothing_is_archived_before_all_three_dispatches(cast: Cast, sent: tuple[str, ...]) -> None:
    row = oversight.confirmed(cast)
    if sent:
        row = oversight.send(cast, row, *sent)
    message = refusal(lambda: services.archive_appraisal(appraisal=row, by=cast.director))
    assert "不能归档" in message and "第九条（二）" in message
    # nor where the state says otherwise
    OfficeAppraisal.objects.filter(pk=row.pk).update(state="dispatched")
    assert "不能归档" in refusal(lambda: services.archive_appraisal(appraisal=row, by=cast.director))


def test_the_order_of_dispatches_is_free_and_each_goes_once(cast: Cast) -> None:
    row = oversight.send(cast, oversight.confirmed(cast), "filing_authority", "party_committee")
    assert row.state == "result_confirmed"
    assert "已经报送过" in refusal(lambda: oversight.send(cast, row, "party_committee"))
    assert oversight.send(cast, row, "superior_department").state == "dispatched"


def test_publication_asks_for_the_consent_of_the_party_committee(cast: Cast) -> None:
    oversight.state_terms(appraisal_public="full")
    row = oversight.dispatched(cast)
    assert "党工委" in refusal(lambda: services.publish_result(appraisal=row, by=cast.director))
    with pytest.raises(IntegrityError), transaction.atomic():  # nor past the service
        OfficeAppraisal.objects.filter(pk=row.pk).update(state="published")


def test_where_the_terms_say_none_nothing_is_published_and_the_archive_is_open(cast: Cast) -> None:
    row = oversight.consented(cast, oversight.dispatched(cast))
    assert "口径" in refusal(lambda: services.publish_result(appraisal=row, by=cast.director))
    row = services.archive_appraisal(appraisal=row, by=cast.committee)
    assert (row.state, row.publication) == ("archived", None)


def test_the_summary_publishes_the_class_and_no_count(cast: Cast) -> None:
    oversight.state_terms(appraisal_public="summary")
    row = oversight.published(cast, ["satisfied"] * 6 + ["dissatisfied"])
    found = published_result(row)
    assert found is not None
    assert (found.result, found.row.shows_counts, found.row.answered, found.row.invited) == ("满意", False, 0, None)


def test_under_five_answers_it_is_withheld_and_archived_unpublished(cast: Cast) -> None:
    oversight.state_terms(appraisal_public="full")
    row = oversight.consented(cast, oversight.dispatched(cast, ["satisfied"] * 4, roll=6))
    assert "样本不足" in refusal(lambda: services.publish_result(appraisal=row, by=cast.director))
    assert services.archive_appraisal(appraisal=row, by=cast.committee).publication is None


@pytest.mark.parametrize(("tie", "value"), [("counts", "satisfied"), ("does_not_count", "basically_satisfied")])
def test_exactly_half_is_as_the_terms_say(cast: Cast, tie: str, value: str) -> None:
    oversight.state_terms(tie_class=tie)
    row = oversight.counted(cast, ["satisfied"] * 3 + ["basically_satisfied"], roll=6)
    assert result_of(row.round) == value


def test_a_secret_answer_leaves_no_link_to_its_rater(cast: Cast) -> None:
    """The trail, the outbox and the form keys hold nothing of an answer, nor does a row of the rater."""
    from portal.idempotency.models import Done

    people = oversight.raters(5)
    row = oversight.opened(cast, people)
    before = (Entry.objects.count(), Message.objects.count(), Done.objects.count())
    for user, value in zip(people, ["satisfied"] * 4 + ["dissatisfied"], strict=True):
        services.rate_appraisal(appraisal=row, by=user, value=value)
    assert (Entry.objects.count(), Message.objects.count(), Done.objects.count()) == before
    assert (SecretAnswer.objects.count(), Rater.objects.filter(answer__isnull=False).count()) == (5, 0)
    assert "已经评价过" in refusal(lambda: services.rate_appraisal(appraisal=row, by=people[0], value="satisfied"))
    assert SecretAnswer.objects.count() == 5


def test_the_roll_are_the_members_and_each_is_told_only_that_it_is_open(cast: Cast) -> None:
    row = oversight.opened(cast)
    assert [rater.user for rater in row.round.raters.all()] == [cast.member]
    [message] = Message.objects.filter(kind="appraisal_rating")
    assert (message.recipient, message.url) == (cast.member, f"/oversight/{row.pk}/rate/")
    with pytest.raises(PermissionDenied):
        services.rate_appraisal(appraisal=row, by=cast.resident, value="satisfied")


def test_paper_is_counted_by_two_and_confirmed_by_a_third(cast: Cast) -> None:
    row = oversight.opened(cast, [*oversight.raters(6), cast.member])
    on_paper = list(row.round.raters.exclude(user=cast.member))
    services.hand_out_paper_ballots(appraisal=row, by=cast.committee, raters=on_paper)
    counts = {"satisfied": 4, "basically": 1, "dissatisfied": 0, "invalid": 1}
    services.count_paper_ballots(appraisal=row, by=cast.committee, **counts)
    assert "两人" in refusal(lambda: services.close_rating(appraisal=row, by=cast.committee))
    services.count_paper_ballots(appraisal=row, by=cast.admin, **counts)
    row = services.close_rating(appraisal=row, by=cast.committee)
    assert (row.issued, row.returned) == (7, 6)
    assert "不能确认" in refusal(lambda: services.confirm_result(appraisal=row, by=cast.committee))
    assert "不能确认" in refusal(lambda: services.confirm_result(appraisal=row, by=cast.admin))
    assert services.confirm_result(appraisal=row, by=cast.director).state == "result_confirmed"


def test_who_counted_does_not_confirm_what_the_screens_of_evaluations_confirmed(cast: Cast) -> None:
    """The check is the appraisal's own: that the round was confirmed by a third person does not let the counter in."""
    row = oversight.opened(cast, oversight.raters(5))
    services.hand_out_paper_ballots(appraisal=row, by=cast.committee, raters=list(row.round.raters.all()))
    counts = {"satisfied": 5, "basically": 0, "dissatisfied": 0}
    for counter in (cast.committee, cast.director):
        services.count_paper_ballots(appraisal=row, by=counter, **counts)
    row = services.close_rating(appraisal=row, by=cast.committee)
    evaluations.confirm_result(round_=row.round, by=cast.admin)
    assert "录入计票结果的人不能确认" in refusal(lambda: services.confirm_result(appraisal=row, by=cast.director))
    assert services.confirm_result(appraisal=row, by=cast.admin).confirmed_by == cast.admin


def test_counts_that_contradict_the_roll_are_refused(cast: Cast) -> None:
    people = oversight.raters(5)
    row = oversight.opened(cast, people)
    services.rate_appraisal(appraisal=row, by=people[0], value="satisfied")
    assert "对不上" in refusal(lambda: services.close_rating(appraisal=row, by=cast.committee, issued=6))
    row.refresh_from_db()
    assert (row.state, row.round.state) == ("rating_open", "open")


def test_cancelled_with_a_reason_before_the_rating_and_never_after(cast: Cast) -> None:
    row = oversight.met(cast)
    assert "理由" in refusal(lambda: services.cancel_appraisal(appraisal=row, by=cast.committee, reason=" "))
    assert services.cancel_appraisal(appraisal=row, by=cast.committee, reason="计划调整").state == "cancelled"
    other = oversight.opened(cast)
    message = refusal(lambda: services.cancel_appraisal(appraisal=other, by=cast.committee, reason="计划调整"))
    assert "测评进行中" in message and "第九条（二）" in message


def test_only_offices_departments_and_dispatched_units_are_appraised(cast: Cast) -> None:
    unit = unit_of(cast.unit)
    unit.kind = "community"
    unit.save()
    assert "不能评议" in refusal(lambda: oversight.planned(cast, unit=unit))


def test_the_report_is_the_units_own_or_entered_for_it(cast: Cast) -> None:
    row = oversight.planned(cast)
    assert services.submit_report(appraisal=row, by=cast.unit, text="报告").is_report_proxy is False
    assert services.submit_report(appraisal=row, by=cast.committee, text="报告").is_report_proxy is True
    with pytest.raises(PermissionDenied, match="被评议单位提交"):
        services.submit_report(appraisal=row, by=cast.unit2, text="报告")
    with pytest.raises(PermissionDenied):
        services.publish_report(appraisal=row, by=cast.unit)


def test_a_unit_hears_of_its_report_when_planned_and_before_it_is_due(cast: Cast) -> None:
    oversight.planned(cast, report_due_on=timezone.localdate() + timedelta(days=2))
    assert (services.remind_due_reports(), services.remind_due_reports()) == (1, 1)
    titles = list(Message.objects.filter(recipient=cast.unit, kind="appraisal_work").values_list("title", flat=True))
    assert sorted(titles) == ["工作评议的书面报告还没有提交", "请提交工作评议的书面报告"]


def test_days_that_cannot_be_are_refused(cast: Cast) -> None:
    """A deadline that is over, a report of long ago, a session before its report."""
    today = timezone.localdate()
    yesterday = today - timedelta(days=1)
    assert "不能早于今天" in refusal(lambda: oversight.planned(cast, report_due_on=yesterday))
    row = oversight.planned(cast)
    of_old = {"appraisal": row, "by": cast.unit, "text": "报告", "on": today.replace(year=today.year - 2)}
    assert "日期不能早于" in refusal(lambda: services.submit_report(**of_old))
    row = services.publish_report(appraisal=services.submit_report(**of_old | {"on": today}), by=cast.committee)
    session = {"place": "示例会议室", "chair": "主任", "expected": 5, "attended": 5}
    held = {"appraisal": row, "by": cast.committee, **session}
    assert "日期不能早于" in refusal(lambda: services.hold_meeting(**held, on=yesterday))
    assert services.hold_meeting(**held, on=today).held_on == today


def test_a_plan_that_is_revised_keeps_a_deadline_that_is_over(cast: Cast) -> None:
    row = oversight.planned(cast)
    over = timezone.localdate() - timedelta(days=3)
    OfficeAppraisal.objects.filter(pk=row.pk).update(report_due_on=over)
    new = services.NewAppraisal(row.division, row.unit, row.year, "便民服务窗口", report_due_on=over)
    assert services.revise_plan(appraisal=row, by=cast.committee, new=new).matter == "便民服务窗口"


@pytest.mark.parametrize(
    ("content", "words"), [(b"not a pdf", "不是PDF"), (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 50, "HEIC")]
)
def test_a_scan_that_cannot_be_read_says_what_is_taken(cast: Cast, content: bytes, words: str) -> None:
    send = {
        "appraisal": oversight.confirmed(cast),
        "by": cast.committee,
        "recipient": "party_committee",
        "body": "示例",
    }
    scan = SimpleUploadedFile("scan.pdf", content)
    assert words in refusal(lambda: services.dispatch_result(**send, scan=scan))
    assert not Filing.objects.exists()


def test_a_receipt_is_recorded_once_and_is_no_approval(cast: Cast) -> None:
    row = services.archive_appraisal(appraisal=oversight.dispatched(cast), by=cast.committee)
    values = {"appraisal": row, "by": cast.committee, "recipient": "filing_authority"}
    filing = services.confirm_dispatch_receipt(**values, receipt="示例回执1号")
    assert (filing.receipt, filing.received_on) == ("示例回执1号", timezone.localdate())
    assert "不能再改" in refusal(lambda: services.confirm_dispatch_receipt(**values))


def test_the_clauses_say_what_is_still_to_be_sent(cast: Cast) -> None:
    oversight.state_terms(regulation_documents=["xiangxiang"])
    today, place = timezone.localdate(), oversight.subdistrict()
    row = oversight.send(cast, oversight.confirmed(cast), "party_committee")
    [finding] = evaluate("X12", place, today)
    assert (finding.verdict, finding.url) == ("due", f"/admin/oversight/appraisals/{row.pk}/")
    assert finding.message.endswith("尚未报送被评议单位上级主管部门、市人大常委会备案")
    oversight.send(cast, row, "superior_department", "filing_authority")
    assert [each.verdict for each in evaluate("X12", place, today)] == ["met"]
    assert [each.verdict for each in evaluate("X47", place, today)] == ["met"]

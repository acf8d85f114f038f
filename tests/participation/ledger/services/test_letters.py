"""Letters: who does what, what carries what, and numbers without a gap."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from participation.ledger import services
from participation.ledger.models import LedgerItem, Letter
from participation.ledger.rules.letters import LetterAction, clean_letter_number
from participation.ledger.selectors.letters import first_words
from participation.ledger.selectors.people import entered_for_unit
from participation.ledger.states import State
from participation.moderation.rules import Refused
from portal.jurisdictions.models import Division, TermsPeriod
from portal.outbox.models import Message
from portal.trail.models import Entry
from tests.conftest import Cast
from tests.factories import ledger

pytestmark = pytest.mark.django_db
PREFIX = "湘乡人大东山工委函"
YEAR = timezone.localdate().year


def term(division: Division, key: str, value: Any) -> None:
    period, _is_new = TermsPeriod.objects.get_or_create(division=division, starts_on=date(2026, 1, 1))
    period.values[key] = {"value": value, "clause": "", "is_confirmed": True, "note": ""}
    period.save()


def drafted(cast: Cast, *items: LedgerItem, kind: str = "assignment", prefix: str = PREFIX) -> Letter:
    listed = items or (ledger.assigned(cast),)
    return services.draft_letter(
        by=cast.committee, kind=kind, division=listed[0].division, unit=ledger.unit_of(cast.unit), items=listed,
        issuer="示例人大街道工委", prefix=prefix, title="关于交办居民建议的函", body="现将下列事项交你单位办理。",
    )  # fmt: skip


def signed(cast: Cast, *items: LedgerItem, **fields: Any) -> Letter:
    letter = services.submit_letter(letter=drafted(cast, *items, **fields), by=cast.committee)
    letter = services.approve_letter(letter=letter, by=cast.director)
    return services.sign_letter(letter=letter, by=cast.director)


def test_from_draft_to_receipt_with_a_trail_of_every_step(cast: Cast) -> None:
    letter = services.issue_letter(letter=signed(cast), by=cast.committee)
    assert (letter.number, letter.issued_on, letter.name) == (f"{PREFIX}〔{YEAR}〕1号", timezone.localdate(), "交办单")
    assert Message.objects.filter(recipient=cast.unit, title=f"请签收交办单：{letter.number}").count() == 1
    letter = services.receive_letter(letter=letter, by=cast.unit, receiver_name="示例签收人")
    assert (letter.state, letter.is_proxy) == ("received", False)
    entries = Entry.objects.filter(subject_kind="letter", subject_key=str(letter.pk)).order_by("pk")
    assert list(entries.values_list("verb", flat=True)) == [
        "submit_letter", "approve_letter", "sign_letter", "issue_letter", "receive_letter",
    ]  # fmt: skip


def test_the_drafter_does_not_review_the_committee_does_not_sign_and_a_unit_does_neither(cast: Cast) -> None:
    letter = services.submit_letter(letter=drafted(cast), by=cast.committee)
    with pytest.raises(Refused, match="拟稿人不能审核"):
        services.approve_letter(letter=letter, by=cast.committee)
    services.approve_letter(letter=letter, by=cast.director)
    for person in (cast.committee, cast.unit, cast.resident):
        with pytest.raises(PermissionDenied):
            services.sign_letter(letter=letter, by=person)
    with pytest.raises(PermissionDenied):
        drafted(cast) and services.submit_letter(letter=letter, by=cast.unit)


def test_no_step_is_skipped(cast: Cast) -> None:
    letter = drafted(cast)
    with pytest.raises(Refused, match="该公文当前为“拟稿”，不能印发"):
        services.issue_letter(letter=letter, by=cast.committee)
    services.submit_letter(letter=letter, by=cast.committee)
    with pytest.raises(Refused, match="送审后不能修改"):
        services.revise_letter(letter=letter, by=cast.committee, title="改", body="改")
    services.return_letter(letter=letter, by=cast.director, reason="正文写清时限")
    assert services.revise_letter(letter=letter, by=cast.committee, title="改", body="改").title == "改"


def test_a_council_opinion_leaves_in_an_opinion_letter_only(cast: Cast) -> None:
    opinion = ledger.assigned(cast, source="council_opinion")
    with pytest.raises(Refused, match="以《人大街道工委意见函》的形式"):
        drafted(cast, opinion)
    with pytest.raises(Refused, match="以《人大街道工委意见函》的形式"):
        drafted(cast, ledger.assigned(cast), kind="opinion")
    draft = drafted(cast, opinion, kind="opinion")
    assert draft.name == "书面意见"
    services.end_letter(letter=draft, by=cast.committee, reason="重拟")
    term(opinion.division, "opinion_instrument_name", "人大街道工委意见函")
    assert drafted(cast, opinion, kind="opinion").name == "人大街道工委意见函"


def test_one_letter_carries_many_items_of_its_unit_each_once(cast: Cast) -> None:
    first, second = ledger.assigned(cast), ledger.assigned(cast)
    letter = drafted(cast, first, second, first)
    assert list(letter.lines.values_list("position", "item")) == [(1, first.pk), (2, second.pk)]
    with pytest.raises(Refused, match="不在该单位办理"):
        drafted(cast, ledger.opened())
    with pytest.raises(Refused, match="尚未销号"):
        drafted(cast, first, kind="close_off")
    assert drafted(cast, ledger.closed_off(cast), kind="close_off").name == "销号单"


def test_numbers_run_per_issuer_and_year_and_a_refused_issue_leaves_no_gap(cast: Cast) -> None:
    first, second, other = signed(cast), signed(cast), signed(cast, prefix="另一工委函")
    services.issue_letter(letter=first, by=cast.committee)
    with pytest.raises(Refused):
        services.issue_letter(letter=first, by=cast.committee)
    with pytest.raises(PermissionDenied):
        services.issue_letter(letter=second, by=cast.unit)
    numbers = [services.issue_letter(letter=letter, by=cast.committee).number for letter in (second, other)]
    assert numbers == [f"{PREFIX}〔{YEAR}〕2号", f"另一工委函〔{YEAR}〕1号"]
    third = signed(cast)
    with time_machine.travel(f"{YEAR + 1}-01-05 10:00+08:00"):
        assert services.issue_letter(letter=third, by=cast.committee).number == f"{PREFIX}〔{YEAR + 1}〕1号"


def test_a_void_keeps_its_number_and_what_has_none_is_cancelled(cast: Cast) -> None:
    letter = services.issue_letter(letter=signed(cast), by=cast.committee)
    with pytest.raises(PermissionDenied):
        services.end_letter(letter=letter, by=cast.committee, reason="印错")
    voided = services.end_letter(letter=letter, by=cast.director, reason="印错")
    draft = services.end_letter(letter=drafted(cast), by=cast.committee, reason="不发了")
    following = services.issue_letter(letter=signed(cast), by=cast.committee)
    assert [(each.state, each.number[-2:]) for each in (voided, draft, following)] == [
        ("voided", "1号"), ("cancelled", ""), ("issued", "2号"),
    ]  # fmt: skip


def test_a_letter_issued_in_the_meantime_is_not_ended_by_who_read_it_before(cast: Cast) -> None:
    read_before = signed(cast)
    services.issue_letter(letter=Letter.objects.get(pk=read_before.pk), by=cast.committee)
    with pytest.raises(PermissionDenied):
        services.end_letter(letter=read_before, by=cast.committee, reason="不发了")
    with pytest.raises(Refused, match="该公文当前为“已印发，待签收”，不能取消。"):
        services.end_letter(letter=read_before, by=cast.director, reason="不发了", action=LetterAction.CANCEL)


def test_an_outside_number_is_written_officially_and_never_twice(cast: Cast) -> None:
    first, second = signed(cast), signed(cast)
    term(first.division, "number_source", "external")
    with pytest.raises(Refused, match="办公室登记的文号"):
        services.issue_letter(letter=first, by=cast.committee)
    number = services.issue_letter(letter=first, by=cast.committee, number="湘人工委函[2026]第07号").number
    assert number == "湘人工委函〔2026〕7号"
    with pytest.raises(Refused, match="已经用过"):
        services.issue_letter(letter=second, by=cast.committee, number="湘人工委函〔2026〕7号")
    assert services.issue_letter(letter=second, by=cast.committee, number="湘人工委函〔2026〕8号").state == "issued"


@pytest.mark.parametrize(
    ("typed", "written"),
    [("函（２０２６）１２号", "函〔2026〕12号"), ("函 【2026】 3", "函〔2026〕3号"), ("2026-3", ""), ("", "")],
)
def test_brackets_and_zeros_of_any_kind_are_one_number(typed: str, written: str) -> None:
    assert clean_letter_number(typed) == written


def test_an_earlier_day_needs_a_reason(cast: Cast) -> None:
    letter, day = signed(cast), timezone.localdate() - timedelta(days=1)
    with pytest.raises(Refused, match="补录请说明理由"):
        services.issue_letter(letter=letter, by=cast.committee, on=day)
    assert services.issue_letter(letter=letter, by=cast.committee, on=day, late_reason="当日停电").issued_on == day


def test_supervision_on_paper_reminds_every_item_that_can_be(cast: Cast) -> None:
    item = ledger.handling(cast)
    services.issue_letter(letter=signed(cast, item, kind="supervision"), by=cast.committee)
    item.refresh_from_db()
    assert (item.priority, item.state) == ("supervised", State.HANDLING)
    assert Entry.objects.filter(subject_key=item.reference, verb="remind").count() == 1


def test_the_sealed_paper_is_the_official_copy(cast: Cast) -> None:
    letter = signed(cast)
    paper = SimpleUploadedFile("paper.pdf", b"%PDF-1.4 example")
    with pytest.raises(Refused, match="印发后上传"):
        services.attach_letter_scan(letter=letter, by=cast.committee, upload=paper, sealed_on=timezone.localdate())
    services.issue_letter(letter=letter, by=cast.committee)
    paper.seek(0)
    row = services.attach_letter_scan(letter=letter, by=cast.committee, upload=paper, sealed_on=timezone.localdate())
    assert (row.scan.name.endswith(".pdf"), row.sealed_on) == (True, timezone.localdate())


def test_a_unit_that_does_not_log_in_is_entered_by_the_committee(cast: Cast) -> None:
    letter = services.issue_letter(letter=signed(cast), by=cast.committee)
    with pytest.raises(PermissionDenied):
        services.receive_letter(letter=letter, by=cast.unit2, receiver_name="别人")
    entered = {"letter": letter, "by": cast.committee, "receiver_name": "示例签收人", "is_proxy": True}
    with pytest.raises(Refused, match="请上传单位盖章的签收回执扫描件"):
        services.receive_letter(**entered)
    row = services.receive_letter(**entered, slip=SimpleUploadedFile("回执.pdf", b"%PDF-1.4"))
    assignment = row.lines.get().assignment
    assert (row.state, row.is_proxy, row.receipt.read()) == ("received", True, b"%PDF-1.4")
    assert (assignment.state, assignment.is_proxy, assignment.item.state) == ("signed_for", True, State.HANDLING)
    assert entered_for_unit(assignment.item, cast.committee) is True


# --- The assignment that a letter carries -----------------------------------------------------------------------
def test_a_letter_carries_the_assignment_and_its_receipt_signs_for_it(cast: Cast) -> None:
    first, second = ledger.assigned(cast), ledger.handling(cast)
    letter = services.issue_letter(letter=signed(cast, first, second), by=cast.committee)
    carried = [line.assignment_id for line in letter.lines.all()]
    assert carried == [item.assignments.get().pk for item in (first, second)]
    services.receive_letter(letter=letter, by=cast.unit, receiver_name="示例签收人")
    rows = LedgerItem.objects.filter(pk__in=[first.pk, second.pk]).order_by("pk")
    assert list(rows.values_list("state", "signed_for_on")) == [("handling", timezone.localdate())] * 2
    receipts = Entry.objects.filter(subject_kind="ledger_item", verb="sign_for").order_by("pk")
    assert list(receipts.values_list("subject_key", flat=True)) == [second.reference, first.reference]
    reminder = drafted(cast, first, kind="urging")
    assert [line.assignment_id for line in reminder.lines.all()] == [None]


def test_one_assignment_leaves_on_one_letter_and_not_after_it_was_sent_back(cast: Cast) -> None:
    item = ledger.assigned(cast)
    letter = signed(cast, item)
    with pytest.raises(Refused, match="这次交办已列入“交办单 关于交办居民建议的函”，不能重复行文"):
        drafted(cast, item)
    services.return_item(item=item, by=cast.unit, reason="不属本单位职责")
    with pytest.raises(Refused, match="已不在该单位办理"):
        services.issue_letter(letter=letter, by=cast.committee)
    services.end_letter(letter=letter, by=cast.committee, reason="已退回")
    anew = services.assign_item(item=item, by=cast.committee, unit=ledger.unit_of(cast.unit), owner_name="示例")
    assert drafted(cast, anew).lines.get().assignment == anew.assignments.get(state="sent")


def test_where_the_clause_binds_a_council_opinion_is_signed_for_once_its_letter_is_out(cast: Cast) -> None:
    elsewhere = ledger.assigned(cast, source="council_opinion", title="没有采用该文件的")
    assert services.sign_for_item(item=elsewhere, by=cast.unit).state == State.HANDLING
    item = ledger.assigned(cast, source="council_opinion")
    term(item.division, "regulation_documents", ["xiangxiang"])
    with pytest.raises(Refused, match="以《人大街道工委意见函》的形式”：工委印发书面意见以后，单位才能签收。"):
        services.sign_for_item(item=item, by=cast.unit)
    letter = services.issue_letter(letter=signed(cast, item, kind="opinion"), by=cast.committee)
    services.receive_letter(letter=letter, by=cast.unit, receiver_name="示例签收人")
    item.refresh_from_db()
    assert item.state == State.HANDLING


def test_a_letter_follows_what_the_unit_does_on_the_items_own_page(cast: Cast) -> None:
    kept, back = ledger.assigned(cast), ledger.assigned(cast)
    both = services.issue_letter(letter=signed(cast, kept, back), by=cast.committee)
    services.sign_for_item(item=kept, by=cast.unit)
    both.refresh_from_db()
    assert both.state == "issued"  # one of its matters still waits
    services.return_item(item=back, by=cast.unit, reason="不属本单位职责")
    both.refresh_from_db()
    assert (both.state, both.received_on, both.is_proxy) == ("received", timezone.localdate(), False)


def test_a_letter_of_which_the_unit_kept_nothing_is_returned_and_the_next_one_supersedes_it(cast: Cast) -> None:
    item = ledger.assigned(cast)
    first = services.issue_letter(letter=signed(cast, item), by=cast.committee)
    services.return_item(item=item, by=cast.unit, reason="不属本单位职责")
    first.refresh_from_db()
    assert (first.state, first.end_reason) == ("returned", "不属本单位职责")
    anew = services.assign_item(item=item, by=cast.committee, unit=ledger.unit_of(cast.unit), owner_name="示例")
    second = services.issue_letter(letter=signed(cast, anew), by=cast.committee)
    first.refresh_from_db()
    assert (first.state, first.end_reason) == ("superseded", f"由{second.number}取代")


def test_the_words_of_a_letter_take_their_days_from_the_terms(cast: Cast) -> None:
    item = ledger.assigned(cast, source="council_opinion")
    words = [first_words("opinion", "意见函", [item], item.division)["body"]]
    term(item.division, "return_workdays", 5)
    term(item.division, "face_to_face_required", True)
    words.append(first_words("opinion", "意见函", [item], item.division)["body"])
    assert [("请自交办之日起3个工作日内" in words[0]), ("请与提出人见面沟通" in words[0])] == [True, False]
    assert [("请自交办之日起5个工作日内" in words[1]), ("请与提出人见面沟通" in words[1])] == [True, True]


def test_a_scan_is_public_only_while_everything_in_it_is(cast: Cast, client: Client) -> None:
    open_item, closed = ledger.assigned(cast), ledger.assigned(cast, title="不公开的", is_public=False)

    def upload() -> dict[str, Any]:
        return {"upload": SimpleUploadedFile("a.pdf", b"%PDF-1.4"), "sealed_on": timezone.localdate()}

    both = services.issue_letter(letter=signed(cast, open_item, closed), by=cast.committee)
    with pytest.raises(Refused, match="附表里有不公开的事项，扫描件不能公开"):
        services.attach_letter_scan(letter=both, by=cast.committee, is_scan_public=True, **upload())
    other = ledger.assigned(cast)
    letter = services.issue_letter(letter=signed(cast, other), by=cast.committee)
    services.attach_letter_scan(letter=letter, by=cast.committee, **upload())
    address, page = f"/ledger/letters/{letter.pk}/scan/", other.get_absolute_url()
    assert (client.get(address).status_code, address in client.get(page).content.decode()) == (404, False)
    services.show_letter_scan(letter=letter, by=cast.committee, is_public=True)
    text = client.get(page).content.decode()
    assert (client.get(address).getvalue(), address in text, letter.number in text) == (b"%PDF-1.4", True, True)
    assert both.title not in client.get(open_item.get_absolute_url()).content.decode()
    assert both.number in client.get(open_item.get_absolute_url()).content.decode()
    services.set_hidden(item=other, by=cast.committee, is_hidden=True, reason="复核")
    assert client.get(address).status_code == 404


def test_the_portals_number_skips_one_that_the_office_register_used(cast: Cast) -> None:
    letter, following = signed(cast), signed(cast)
    term(letter.division, "number_source", "external")
    first = services.issue_letter(letter=letter, by=cast.committee, number=f"{PREFIX}[{YEAR}]1号")
    TermsPeriod.objects.filter(values__has_key="number_source").delete()
    second = services.issue_letter(letter=following, by=cast.committee)
    assert (first.number, second.number) == (f"{PREFIX}〔{YEAR}〕1号", f"{PREFIX}〔{YEAR}〕2号")

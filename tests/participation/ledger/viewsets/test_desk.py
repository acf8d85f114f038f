"""The staff page of an item: every step by its form, nothing by the wrong person, nothing overwritten."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from liaison_stations.deputies.models import Deputy
from participation.ledger import services
from participation.ledger.forms import ENTER_RATING, FORMS, NOTE
from participation.ledger.models import (
    AskedDeputy,
    Assignment,
    Commitment,
    DeputySuggestion,
    Extension,
    LedgerItem,
    Objection,
    Reply,
    ReplyRound,
)
from participation.ledger.selectors.desk import version_of
from participation.ledger.states import DOERS, Action, Doer, Routing, State
from participation.ledger.viewsets.acting import LABELS, RUN
from participation.moderation.rules import Refused
from portal.accounts.models import HandlingUnit
from portal.jurisdictions.models import Division
from portal.trail.models import Entry
from tests.conftest import Cast
from tests.factories import ledger
from tests.factories.evaluations import round_for

from .conftest import Enter, page

pytestmark = pytest.mark.django_db
Act = Callable[..., Any]

COMMITTEE = {"committee", "director", "admin"}
WHO = {
    Doer.COMMITTEE: COMMITTEE,
    Doer.DIRECTOR: {"director", "admin"},
    Doer.UNIT: {"unit"},
    Doer.UNIT_HEAD: {"unit"},
}


def pdf(name: str = "答复（盖章）.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.4\n%%EOF", content_type="application/pdf")


def today() -> str:
    return timezone.localdate().isoformat()


def test_every_form_has_a_label_and_something_that_it_does() -> None:
    assert set(FORMS) == {str(name) for name in RUN} == set(LABELS)
    asked = {action for action, doers in DOERS.items() if doers & set(WHO)}
    assert asked - {Action(name) for name in FORMS if name not in {NOTE, ENTER_RATING}} == set()


def test_the_whole_loop_by_the_forms_alone(cast: Cast, act: Act) -> None:
    unit = ledger.unit_of(cast.unit)
    item = ledger.opened(proposers=(cast.resident,))
    soon = (timezone.localdate() + timedelta(days=30)).isoformat()
    sorting = {"category": "city_management", "matter_level": "own", "priority": "urgent"}
    answer = {"kind": "planned", "text": ledger.ANSWER, "commitment_1": "更换线路", "commitment_1_due_on": soon}
    steps: list[tuple[str, str, dict[str, Any], str]] = [
        ("committee", "classify", sorting, "assigning"),
        ("committee", "assign", {"unit": unit.pk, "owner_name": "示例责任人"}, "assigned"),
        ("unit", "sign_for", {}, "handling"),
        ("unit", "contact", {"way": "face"}, "handling"),
        ("unit", "note_progress", {"text": "已到现场勘查"}, "handling"),
        ("unit", "draft_reply", answer, "sign_off"),
        ("unit", "sign_reply", {}, "replied"),
        ("unit", "complete", {}, "completed"),
    ]  # fmt: skip
    for name, action, fields, state in steps:
        response = act(name, item, action, **fields)
        item.refresh_from_db()
        assert (action, response.status_code, item.state) == (action, 302, state)
    services.rate_reply(item=item, by=cast.resident, value="satisfied")
    assert (
        act("unit", item, "deliver_commitment", commitment=item.commitments.get().pk, note="已更换").status_code == 302
    )
    assert act("committee", item, "close_off", evidence="现场核查，路灯已亮。").status_code == 302
    item.refresh_from_db()
    assert (item.state, item.category, item.priority) == (State.CLOSED_OFF, "city_management", "urgent")


@pytest.fixture
def equipped(cast: Cast) -> LedgerItem:
    """An item with one of everything, so that only the person and the state decide."""
    elder = services.NewParty(name="示例老人", phone="13800000000", added_by=cast.community)
    item, day = ledger.handling(cast, parties=(elder,)), timezone.localdate()
    reply = Reply.objects.create(
        item=item, leg=1, unit=item.unit, kind="planned", text=ledger.ANSWER, drafted_at=timezone.now(), signed_on=day
    )
    Commitment.objects.create(item=item, reply=reply, text="更换线路", due_on=day)
    Extension.objects.create(item=item, leg=1, until=day, reason="施工", requested_by=cast.unit, requested_on=day)
    Objection.objects.create(item=item, by=cast.resident2, reason="没好", raised_on=day, due_on=day)
    Assignment.objects.create(
        item=item, unit=ledger.unit_of(cast.unit2), is_lead=False, assigned_on=day, assigned_by=cast.committee
    )
    absent = item.parties.get(user=None)
    rating = round_for(cast.resident, keys=(f"party:{absent.pk}",), day=day)
    ReplyRound.objects.create(reply=reply, round=rating)
    request = DeputySuggestion.objects.create(
        item=item, leg=1, level="county", text="请提出", asked_on=day, asked_by=cast.committee
    )
    AskedDeputy.objects.create(suggestion=request, deputy=ledger.deputy(cast.deputy), asked_on=day)
    ledger.deputy(name="另一位代表示例")
    return item


def filled(cast: Cast, item: LedgerItem) -> dict[str, Any]:
    """Everything that any of the forms asks for."""
    soon = (timezone.localdate() + timedelta(days=20)).isoformat()
    return {
        "reason": "理由", "text": "文字", "note": "情况", "evidence": "核查", "opinion": "意见", "ticket_number": "1",
        "category": "other", "matter_level": "own", "priority": "normal", "owner_name": "示例", "way": "phone",
        "kind": "cannot", "unit_name": "示例单位", "outside_number": "第1号", "to": "committee",
        "value": "satisfied", "until": soon, "unit": ledger.unit_of(cast.unit).pk,
        "party": item.parties.get(user=None).pk, "reply": item.replies.get().pk,
        "commitment": item.commitments.get().pk, "extension": item.extensions.get().pk,
        "objection": item.objections.get().pk, "assignment": item.assignments.get(is_lead=False).pk,
        "asked": item.suggestions.get().asked.get().pk, "deputies": [Deputy.objects.get(user=None).pk],
    }  # fmt: skip


def allowed(name: str) -> set[str]:
    if name in {NOTE}:
        return {*COMMITTEE, "unit"}
    if name == ENTER_RATING:
        return COMMITTEE
    if name == Action.CO_REPLY:
        return {"unit", "unit2"}  # the lead gets the page with a refusal: it has no opinion to give
    return set().union(*(WHO.get(doer, set()) for doer in DOERS[Action(name)]))


@pytest.mark.once
@pytest.mark.parametrize("name", [name for name in FORMS if name not in {NOTE, ENTER_RATING}])
def test_a_step_that_the_state_forbids_is_refused_with_the_sentence(
    cast: Cast, act: Act, equipped: LedgerItem, name: str
) -> None:
    """By whoever may do it elsewhere; 待研究 allows next to nothing, 已作废 nothing at all."""
    of_the_keeper = DOERS[Action(name)] == {Doer.KEEPER}  # what no unit of ours handles
    fields = {"routing": Routing.DEPUTIES, "unit": None} if of_the_keeper else {}
    LedgerItem.objects.filter(pk=equipped.pk).update(state=State.VOIDED, **fields)
    equipped.refresh_from_db()
    person = "unit2" if name == Action.CO_REPLY else sorted((allowed(name) or COMMITTEE) - {"admin"})[0]
    if person in {"unit2"}:
        assert act(person, equipped, name, **filled(cast, equipped)).status_code == 422
        return
    response = act(person, equipped, name, **filled(cast, equipped))
    assert (response.status_code, "该事项当前为“已作废”" in response.content.decode()) == (422, True)


def test_a_refusal_stands_next_to_the_form_and_keeps_what_was_typed(cast: Cast, act: Act) -> None:
    item = ledger.opened()
    unit = ledger.unit_of(cast.unit)
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    content = act("committee", item, "assign", unit=unit.pk, owner_name="示例某某", on=tomorrow).content.decode()
    form = content[content.index('id="do-assign"') :].split("</details>")[0]
    assert "交办日期不能晚于今天。" in form
    assert ('value="示例某某"' in form, f'value="{tomorrow}"' in form) == (True, True)


def test_an_old_page_overwrites_nothing(cast: Cast, act: Act) -> None:
    item = ledger.handling(cast)
    old = version_of(item)
    assert act("unit", item, "draft_reply", kind="done", text="第一稿").status_code == 302
    response = act("unit", item, "draft_reply", kind="done", text="第二稿", version=old)
    assert (response.status_code, "第二稿" in response.content.decode()) == (422, True)
    assert item.replies.get().text == "第一稿"


def test_more_rows_for_commitments_keep_what_was_typed(cast: Cast, act: Act, staff: Enter) -> None:
    item = ledger.handling(cast)
    typed = {"draft_reply-kind": "planned", "draft_reply-text": "正文", "draft_reply-commitment_3": "第三项",
             "draft_reply-rows": "3", "action": "draft_reply", "more": "1"}  # fmt: skip
    content = staff("unit").post(page(item), typed).content.decode()
    assert ("draft_reply-commitment_6" in content, 'value="第三项"' in content, "正文" in content) == (True, True, True)
    assert item.replies.count() == 0


def test_photos_come_with_their_words_and_can_be_taken_from_the_public(
    cast: Cast, act: Act, staff: Enter, picture: Any
) -> None:
    item = ledger.handling(cast)
    refused = act("unit", item, "note_progress", text="已到现场", photo_1=picture())
    text = refused.content.decode()
    assert (refused.status_code, "请用一句话写明照片拍的是什么" in text, "已到现场" in text) == (422, True, True)
    done = act("unit", item, "note_progress", text="已到现场", photo_1=picture(), photo_1_alt="路灯")
    photo = item.progress.get().photos.get()
    assert (done.status_code, photo.alt) == (302, "路灯")
    address = reverse("ledger_admin:item", args=[item.pk])
    assert staff("unit").post(address, {"withhold": photo.pk}).status_code in (302, 403)
    photo.refresh_from_db()
    assert photo.is_withheld is False
    assert staff("committee").post(address, {"withhold": photo.pk}).status_code == 302
    photo.refresh_from_db()
    assert photo.is_withheld is True


# --- 由工委代录 ---------------------------------------------------------------------------------------------------
def test_the_committee_enters_what_a_unit_did_on_paper_and_another_closes_off(cast: Cast, act: Act) -> None:
    item = ledger.assigned(cast, proposers=())
    first = act("committee", item, "sign_for", proxy=True, paper_on=today(), scan=pdf())
    scan = item.scans.get()
    assert (first.status_code, scan.name, scan.action) == (302, "答复（盖章）.pdf", "sign_for")
    paper = {"paper_on": today(), "earlier_scan": scan.pk}
    for action, fields in [
        ("contact", {"way": "phone"}), ("draft_reply", {"kind": "done", "text": ledger.ANSWER}),
        ("sign_reply", {"signer_name": "示例负责人"}), ("complete", {}),
    ]:  # fmt: skip
        assert act("committee", item, action, proxy=True, **paper, **fields).status_code == 302, action
    item.refresh_from_db()
    assert (item.state, item.scans.count(), item.replies.get().is_proxy) == (State.COMPLETED, 1, True)
    refused = act("committee", item, "close_off", evidence="核查")
    assert "登记办结的人不能销号" in refused.content.decode()
    content = act("director", item, "close_off", evidence="核查")
    assert content.status_code == 302


def test_a_proxy_entry_without_the_paper_is_refused(cast: Cast, act: Act) -> None:
    item = ledger.assigned(cast)
    response = act("committee", item, "sign_for", proxy=True, paper_on=today())
    item.refresh_from_db()
    assert (response.status_code, item.state) == (422, State.ASSIGNED)
    assert "请上传单位的书面材料（盖章扫描件），代录以它为准。" in response.content.decode()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<html><script>alert(1)</script>", "只接受PDF、JPG、PNG格式的扫描件"),
        (b"GIF89a" + b"\0" * 40, "只接受PDF、JPG、PNG格式的扫描件"),
        (b"", "文件是空的"),
    ],
    ids=["html", "gif", "empty"],
)
def test_a_paper_of_another_kind_is_refused_and_the_step_with_it(
    cast: Cast, act: Act, content: bytes, sentence: str
) -> None:
    item = ledger.assigned(cast)
    upload = SimpleUploadedFile("答复.pdf", content, content_type="application/pdf")
    response = act("committee", item, "sign_for", proxy=True, paper_on=today(), scan=upload)
    item.refresh_from_db()
    assert (response.status_code, sentence in response.content.decode()) == (422, True)
    assert (item.state, item.scans.count()) == (State.ASSIGNED, 0)


def test_a_paper_of_another_item_cannot_be_named(cast: Cast, act: Act) -> None:
    other, item = ledger.assigned(cast), ledger.assigned(cast, title="另一件")
    act("committee", other, "sign_for", proxy=True, paper_on=today(), scan=pdf())
    response = act("committee", item, "sign_for", proxy=True, paper_on=today(), earlier_scan=other.scans.get().pk)
    item.refresh_from_db()
    assert (response.status_code, item.state) == (422, State.ASSIGNED)


def test_a_paper_is_downloaded_never_shown_in_the_page(cast: Cast, act: Act, staff: Enter) -> None:
    item = ledger.assigned(cast)
    act("committee", item, "sign_for", proxy=True, paper_on=today(), scan=pdf())
    response = staff("unit").get(f"/admin/ledger/scans/{item.scans.get().pk}/")
    assert response["Content-Disposition"].startswith("attachment;")
    assert (response["X-Content-Type-Options"], "no-store" in response["Cache-Control"]) == ("nosniff", True)


# --- Who sees what ------------------------------------------------------------------------------------------------
def test_names_and_phones_are_shown_on_request_and_that_is_recorded(cast: Cast, staff: Enter) -> None:
    elder = services.NewParty(name="示例老人", phone="13800000000", added_by=cast.community)
    item = ledger.handling(cast, parties=(elder,))
    before = version_of(item)
    assert "13800000000" not in staff("unit").get(page(item)).content.decode()
    shown = staff("unit").post(page(item), {"show_contacts": "1"}).content.decode()
    entry = Entry.objects.filter(subject_key=item.reference).latest("pk")
    assert ("13800000000" in shown, entry.verb, entry.actor) == (True, "view_contact", cast.unit.trail_id)
    assert version_of(item) == before


def test_a_helping_unit_sees_no_contact_no_note_and_no_draft(cast: Cast, act: Act, staff: Enter) -> None:
    elder = services.NewParty(name="示例老人", phone="13800000000", added_by=cast.community)
    item = ledger.handling(cast, parties=(elder,))
    helper: dict[str, Any] = {"item": item, "by": cast.committee, "unit": ledger.unit_of(cast.unit2)}
    with pytest.raises(Refused, match="本事项没有可以折半的办理时限"):  # nothing is due: a day has to be named
        services.add_co_unit(**helper)
    services.add_co_unit(**helper, due_on=timezone.localdate() + timedelta(days=9))
    services.add_internal_note(item=item, by=cast.unit, text="内部的话")
    services.draft_reply(item=item, by=cast.unit, kind="done", text="还没有签发的草稿")
    content = staff("unit2").get(page(item)).content.decode()
    assert [words for words in ("示**", "内部的话", "还没有签发的草稿", "show_contacts") if words in content] == []
    assert staff("unit2").post(page(item), {"show_contacts": "1"}).status_code == 302
    assert Entry.objects.filter(verb="view_contact").count() == 0
    mine = item.assignments.get(is_lead=False)
    assert act("unit2", item, "co_reply", assignment=mine.pk, opinion="已配合").status_code == 302


def test_an_item_of_another_subdistrict_is_not_there(cast: Cast, staff: Enter) -> None:
    here = ledger.subdistrict()
    elsewhere = Division.objects.filter(level=here.level).exclude(pk=here.pk).first()
    assert elsewhere is not None
    item = ledger.opened(division=elsewhere)
    assert [staff(name).get(page(item)).status_code for name in ("committee", "unit")] == [404, 404]
    listed = staff("committee").get("/admin/ledger/items/").content.decode()
    assert item.reference not in listed


def test_a_row_of_another_item_cannot_be_decided_here(cast: Cast, act: Act) -> None:
    mine, other = ledger.closed_off(cast), ledger.closed_off(cast, title="另一件")
    theirs = services.object_to_close_off(item=other, by=cast.resident2, reason="没好")
    services.object_to_close_off(item=mine, by=cast.resident2, reason="没好")
    response = act("director", mine, "accept_objection", objection=theirs.pk, reason="属实")
    other.refresh_from_db()
    assert (response.status_code, other.state) == (422, State.CLOSED_OFF)


def test_a_unit_out_of_scope_cannot_be_chosen(cast: Cast, act: Act) -> None:
    here = ledger.subdistrict()
    elsewhere = Division.objects.filter(level=here.level).exclude(pk=here.pk).first()
    assert elsewhere is not None
    far = HandlingUnit.objects.create(name="外地单位（示例）", division=elsewhere)
    item = ledger.opened()
    response = act("committee", item, "assign", unit=far.pk, owner_name="示例")
    item.refresh_from_db()
    assert (response.status_code, item.state) == (422, State.ASSIGNING)


def test_a_refused_step_costs_little_more_than_the_page_itself(cast: Cast, staff: Enter, act: Act) -> None:
    """What comes on top is the step: its savepoint, the locked row, and reading that row anew."""
    item, committee = ledger.completed(cast), staff("committee")
    committee.get(page(item))
    with CaptureQueriesContext(connection) as shown:
        committee.get(page(item))
    with CaptureQueriesContext(connection) as refused:
        assert act("committee", item, Action.DECIDE_TO_KEEP, reason="理由").status_code == 422
    assert len(refused) - len(shown) <= 12

"""The staff pages of letters: from the draft to the receipt by forms, nothing by the wrong person."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from participation.ledger import services
from participation.ledger.models import Letter
from participation.ledger.selectors.letters import letter_version
from tests.conftest import Cast
from tests.factories import ledger
from tests.participation.ledger.services.test_letters import drafted, signed, term

from .conftest import Enter, page

pytestmark = pytest.mark.django_db
LETTERS = "/admin/ledger/letters/"


def test_the_drafter_is_told_who_reviews_and_a_unit_to_wait_for_the_letter(cast: Cast, staff: Enter) -> None:
    """No page offers what would be refused."""
    item = ledger.assigned(cast, source="council_opinion")
    term(item.division, "regulation_documents", ["xiangxiang"])
    waiting = staff("unit").get(page(item)).content.decode()
    assert ("等工委印发意见函（书面意见），之后签收" in waiting, 'value="sign_for"' in waiting) == (True, False)
    letter = services.submit_letter(letter=drafted(cast, item, kind="opinion"), by=cast.committee)
    address = f"{LETTERS}{letter.pk}/"
    mine, others = (staff(name).get(address).content.decode() for name in ("committee", "director"))
    assert ("您是拟稿人，不能审核自己拟的公文" in mine, 'value="approve_letter"' in mine) == (True, False)
    assert ("您是拟稿人" in others, 'value="approve_letter"' in others) == (False, True)
    assert address in staff("committee").get(page(item)).content.decode()


def test_a_letter_goes_all_the_way_by_its_forms(cast: Cast, staff: Enter) -> None:
    item = ledger.assigned(cast)
    committee, director, unit = staff("committee"), staff("director"), staff("unit")
    first = committee.get(f"{LETTERS}add/", {"item": item.reference}).content.decode()
    assert item.reference in first
    answer = committee.post(
        f"{LETTERS}add/",
        {
            "kind": "assignment", "unit": item.unit_id, "items": item.reference, "issuer": "示例工委",
            "prefix": "示例函", "title": "关于交办的函", "body": "请办理。", "copy_to": "",
        },
    )  # fmt: skip
    letter = Letter.objects.get()
    address = f"{LETTERS}{letter.pk}/"
    assert (answer.status_code, answer["Location"], unit.get(address).status_code) == (302, address, 404)
    for client, step in ((committee, "submit_letter"), (director, "approve_letter"), (director, "sign_letter")):
        assert client.post(address, {"step": step}).status_code == 302
    assert committee.post(address, {"step": "issue_letter"}).status_code == 302
    paper = SimpleUploadedFile("盖章.pdf", b"%PDF-1.4\n%%EOF")
    posted = {"step": "scan", "scan-scan": paper, "scan-sealed_on": str(Letter.objects.get().issued_on)}
    assert committee.post(address, posted).status_code == 302
    assert unit.post(address, {"step": "receive_letter", "receive_letter-receiver_name": "示例"}).status_code == 302
    letter.refresh_from_db()
    assert (letter.state, letter.number[-2:], letter.receiver_name) == ("received", "1号", "示例")
    assert unit.get(f"{address}scan/").getvalue() == b"%PDF-1.4\n%%EOF"
    assert Document(io.BytesIO(unit.get(f"{address}docx/").content)).paragraphs[0].text == letter.number
    slip = unit.get(f"{address}paper/").content.decode()
    assert (slip.count("<svg"), letter.number in slip) == (1, True)


def test_a_refusal_keeps_what_was_typed_and_says_why(cast: Cast, staff: Enter) -> None:
    committee = staff("committee")
    letter = drafted(cast)
    address = f"{LETTERS}{letter.pk}/"
    answer = committee.post(address, {"step": "issue_letter", "issue_letter-number": ""})
    assert (answer.status_code, Letter.objects.get().state) == (422, "drafting")
    answer = committee.post(f"{LETTERS}add/", {"items": "TZ-1", "title": "还没写完"})
    text = answer.content.decode()
    assert (answer.status_code, "第1行：没有找到台账编号TZ-1。" in text, 'value="还没写完"' in text) == (
        422,
        True,
        True,
    )


def test_strangers_do_not_learn_that_a_letter_exists(cast: Cast, staff: Enter) -> None:
    letter = signed(cast)
    address = f"{LETTERS}{letter.pk}/"
    for person in ("unit", "unit2"):
        assert staff(person).get(address).status_code == 404
    assert staff("unit2").get(f"{LETTERS}add/").status_code in (302, 403)
    assert letter.title not in staff("unit2").get(LETTERS).content.decode()
    assert letter.title in staff("committee").get(LETTERS, {"state": "signed"}).content.decode()


def test_the_public_page_of_a_hidden_item_has_no_code_on_the_slip(cast: Cast, staff: Enter) -> None:
    letter = drafted(cast, ledger.assigned(cast, is_public=False))
    slip = staff("committee").get(f"{LETTERS}{letter.pk}/paper/").content.decode()
    assert slip.count("<svg") == 0


def test_ticked_items_make_a_letter_with_words_and_what_is_asked_of_the_unit(cast: Cast, staff: Enter) -> None:
    item, other = ledger.assigned(cast), ledger.assigned(cast, title="另一件")
    opinion = ledger.assigned(cast, title="议事会的", source="council_opinion")
    committee, address = staff("committee"), f"{LETTERS}add/"
    page = committee.post(address, {"id": [item.pk]}).content.decode()
    offered = [f'name="item_{each.pk}"' in page for each in (item, other, opinion)]
    assert (offered, f"关于交办“{item.title}”的通知" in page) == ([True, True, False], True)
    listed = committee.post(address, {"list": "1", "kind": "opinion", "unit": item.unit_id, "title": "自己写的"})
    text = listed.content.decode()
    assert (listed.status_code, f'name="item_{opinion.pk}"' in text, 'value="自己写的"' in text) == (200, True, True)
    asked = {"list": "1", "kind": "opinion", "unit": item.unit_id, "title": "关于交办有关事项的通知"}
    assert "关于办理居民议事会意见有关事项的函" in committee.post(address, asked).content.decode()
    fields = {
        "kind": "assignment",
        "unit": item.unit_id,
        "issuer": "示例工委",
        "prefix": "示例函",
        "title": "函",
        "body": "办",
    }
    empty = committee.post(address, fields).content.decode()
    assert "请勾选事项，或填写台账编号。" in empty
    committee.post(
        address, {**fields, f"item_{item.pk}": "on", f"note_{item.pk}": "三日内现场查看", "items": other.reference}
    )
    letter = Letter.objects.get()
    assert list(letter.lines.values_list("item", "note")) == [(item.pk, "三日内现场查看"), (other.pk, "")]
    line = letter.lines.get(item=other)
    revised = {"step": "revise", "revise-title": "函", "revise-body": "办", f"revise-note_{line.pk}": "另附图"}
    assert committee.post(f"{LETTERS}{letter.pk}/", revised).status_code == 302
    line.refresh_from_db()
    assert line.note == "另附图"
    desk = committee.get(reverse("ledger_admin:item", args=[item.pk])).content.decode()
    assert f'href="{LETTERS}{letter.pk}/"' in desk
    assert 'value="示例函"' in committee.get(address, {"item": item.reference}).content.decode()


def test_an_old_tab_decides_on_nothing_that_was_changed_since(cast: Cast, staff: Enter) -> None:
    letter = drafted(cast)
    address, committee = f"{LETTERS}{letter.pk}/", staff("committee")
    version = letter_version(letter)
    revised = {"step": "revise", "revise-title": "先改的标题", "revise-body": "办", "revise-version": version}
    assert committee.post(address, revised).status_code == 302
    old = committee.post(address, {**revised, "revise-title": "旧页面上的标题"})
    text = old.content.decode()
    told = (old.status_code, "这份公文有了改动" in text, 'value="旧页面上的标题"' in text)
    assert (told, Letter.objects.get().title) == ((422, True, True), "先改的标题")
    stale = committee.post(address, {"step": "submit_letter", "submit_letter-version": version})
    assert (stale.status_code, Letter.objects.get().state) == (422, "drafting")
    now = letter_version(Letter.objects.get())
    assert f'name="submit_letter-version" value="{now}"' in stale.content.decode()
    sent = committee.post(address, {"step": "submit_letter", "submit_letter-version": now})
    assert (sent.status_code, Letter.objects.get().state) == (302, "reviewing")

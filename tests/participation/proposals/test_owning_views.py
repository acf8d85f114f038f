"""One's own proposal: confirmation, slip, look-up without an account, correcting, withdrawing, one's list."""

import re

import pytest
from captcha.models import CaptchaStore
from django.core.cache import caches
from django.core.signing import dumps
from django.test import Client

from participation.proposals import services
from participation.proposals.models import Proposal
from participation.proposals.selectors import code_of
from participation.proposals.states import State
from portal.gate.forms import AGE_SALT
from portal.outbox.models import Message
from tests.factories.proposals import BODY, in_state, published, submitted

from .writing import errors_of, text_of

pytestmark = pytest.mark.django_db
SCOPE = "本平台收集意见建议，不替代12345热线和信访渠道；紧急情况请拨打110、119、120。"


@pytest.fixture(autouse=True)
def fresh():
    caches["default"].clear()


@pytest.fixture
def resident(cast):
    client = Client()
    client.force_login(cast.resident)
    return client


def look_up(client: Client, number: str, code: str):
    key = CaptchaStore.generate_key()
    data = {"number": number, "code": code, "form_age": dumps(0, salt=AGE_SALT), "captcha_0": key}
    return client.post("/lookup/", {**data, "captcha_1": CaptchaStore.objects.get(hashkey=key).response})


# --- Confirmation and slip ------------------------------------------------------------------------------------
def test_the_confirmation_names_number_code_and_what_comes_next_and_stays(cast, resident):
    row = submitted(cast.resident)
    for _ in range(2):
        shown = text_of(resident.get(f"{row.get_absolute_url()}submitted/"))
        assert [words in shown for words in (row.number, code_of(row), "接下来会怎样", "打印回执")] == [True] * 4


def test_the_slip_has_number_code_and_a_code_to_scan_without_inline_style(cast, resident):
    row = submitted(cast.resident)
    page = resident.get(f"{row.get_absolute_url()}slip/").content.decode()
    assert [words in page for words in (row.number, code_of(row), "<svg", "望春门街道")] == [True] * 4
    slip = page[page.index('<article class="slip"') : page.index("</article>")]
    assert re.search(r"\sstyle=|<script", slip) is None


@pytest.mark.parametrize("address", ["submitted/", "slip/", "amend/", "withdraw/"])
def test_own_pages_are_404_for_others_and_a_door_or_404_for_visitors(cast, address):
    row = submitted(cast.resident)
    other = Client()
    other.force_login(cast.resident2)
    assert other.get(row.get_absolute_url() + address).status_code == 404
    assert Client().get(row.get_absolute_url() + address).status_code in {302, 404}


# --- Look-up --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("typed", ["number", "last six", "sloppy"])
def test_number_or_last_six_and_code_open_the_page_without_an_account(cast, typed):
    row = services.return_for_correction(proposal=submitted(cast.resident), by=cast.moderator, reason="请写明位置")
    asked = {"number": row.number, "last six": row.number[-6:], "sloppy": f" 受理编号：{row.number.lower()} "}[typed]
    visitor = Client()
    answer = look_up(visitor, asked, code_of(row))
    assert answer["Location"] == row.get_absolute_url()
    page = visitor.get(answer["Location"])
    shown = text_of(page)
    assert [words in shown for words in ("退回补正", "请写明位置", "打印回执", BODY)] == [True, True, True, False]
    assert page["Cache-Control"] == "private, no-store"
    assert visitor.get(f"{row.get_absolute_url()}slip/").status_code == 200
    assert visitor.get(f"{row.get_absolute_url()}amend/").status_code == 302


def test_a_wrong_code_opens_nothing(cast):
    row = submitted(cast.resident)
    wrong = "000000" if code_of(row) != "000000" else "111111"
    visitor = Client()
    answer = look_up(visitor, row.number, wrong)
    assert (answer.status_code, list(errors_of(answer))) == (200, ["code"])
    assert visitor.get(row.get_absolute_url()).status_code == 404


def test_the_slip_of_a_confidential_one_never_shows_its_text(cast):
    row = submitted(cast.resident, title="不能说的事", is_confidential=True)
    visitor = Client()
    look_up(visitor, row.number, code_of(row))
    page = visitor.get(row.get_absolute_url()).content.decode()
    assert [words in page for words in ("不能说的事", BODY, "保密件")] == [False, False, True]


def test_a_diverted_one_tells_its_holder_the_right_address(cast):
    row = in_state(State.DIVERTED, cast)
    visitor = Client()
    look_up(visitor, row.number, code_of(row))
    shown = text_of(visitor.get(row.get_absolute_url()))
    assert ("不属于本平台受理范围，请通过以下渠道反映" in shown, "12368" in shown) == (True, True)


def test_a_confidential_one_is_promised_no_supports_and_no_public_words(cast):
    row = submitted(cast.resident, is_confidential=True)
    visitor = Client()
    look_up(visitor, row.number, code_of(row))
    waiting = text_of(visitor.get(f"/proposals/{row.number}/submitted/"))
    letter = Message.objects.get(recipient=cast.resident, subject_key=row.number).body
    services.publish_proposal(proposal=row, by=cast.moderator)
    shown = text_of(Client().get(row.get_absolute_url()))
    promises = ("可以附议", "采纳不采纳都会公开理由", "隐去个人信息后公开", "公开征求附议")
    assert [words in page for page in (waiting, letter, shown) for words in promises] == [False] * 12
    assert ["不能附议" in page for page in (waiting, letter)] == [True, True]


# --- Correcting -----------------------------------------------------------------------------------------------
def test_a_returned_one_is_corrected_under_the_same_number(cast, resident):
    row = in_state(State.RETURNED, cast)
    address = f"{row.get_absolute_url()}amend/"
    shown = text_of(resident.get(address))
    assert [words in shown for words in ("请写明位置", BODY, SCOPE)] == [True] * 3
    answer = resident.post(address, {"body": "", "title": "长" * 26})
    assert (answer.status_code, errors_of(answer)) == (
        422, {"body": ["请写下您想反映的事"], "title": ["超出1个字，请缩短到25字以内"]},
    )  # fmt: skip
    assert resident.post(address, {"body": "三眼井12号门口的路灯"})["Location"] == row.get_absolute_url()
    row = Proposal.objects.get()
    assert (row.state, row.review.original_body) == (State.SUBMITTED, "三眼井12号门口的路灯")
    assert resident.get(address)["Location"] == row.get_absolute_url()


def test_correcting_does_not_lift_confidentiality_unasked(cast, resident):
    row = services.return_for_correction(
        proposal=submitted(cast.resident, is_confidential=True), by=cast.moderator, reason="请写明位置"
    )
    page = resident.get(f"{row.get_absolute_url()}amend/").content.decode()
    assert re.search(r'name="is_confidential"[^>]*checked', page)


def test_refused_text_comes_back_in_the_form(cast, resident):
    row = in_state(State.RETURNED, cast)
    body, title = "三眼井12号门口的路灯", "路" * 26
    answer = resident.post(f"{row.get_absolute_url()}amend/", {"body": body, "title": title, "is_confidential": "on"})
    page = answer.content.decode()
    assert (answer.status_code, list(errors_of(answer))) == (422, ["title"])
    assert (f"{body}</textarea>" in page, f'value="{title}"' in page) == (True, True)
    assert re.search(r'name="is_confidential"[^>]*checked', page)


def test_what_was_corrected_twice_gives_the_second_text_back(cast, resident):
    row = in_state(State.RETURNED, cast)
    address = f"{row.get_absolute_url()}amend/"
    resident.post(address, {"body": "三眼井12号门口的路灯"})
    assert resident.post(address, {"body": "三眼井12号门口的路灯"})["Location"] == row.get_absolute_url()
    answer = resident.post(address, {"body": "在另一台手机上写的三眼井路灯"})
    page = answer.content.decode()
    assert (answer.status_code, "在另一台手机上写的三眼井路灯</textarea>" in page) == (409, True)
    assert ("状态已经变了" in page, ">重新提交</button>" in page) == (True, False)
    assert Proposal.objects.get().review.original_body == "三眼井12号门口的路灯"


@pytest.mark.parametrize(
    ("page", "typed", "shown"),
    [
        ("amend/", {"body": "三眼井12号门口的路灯", "title": "路灯"}, "三眼井12号门口的路灯"),
        ("withdraw/", {"reason": "修好了", "confirm": "on"}, "修好了"),
    ],
)
@pytest.mark.parametrize("ended", ["idle", "gone"])
def test_what_was_typed_survives_the_end_of_the_session(cast, resident, page, typed, shown, ended):
    """With scripts off as well: the text waits in the session and is sent again by one button."""
    row = in_state(State.RETURNED, cast)
    address = f"{row.get_absolute_url()}{page}"
    resident.get(address)
    if ended == "idle":
        session = resident.session
        session["last_seen"] = 0
        session.save()
    else:
        resident.logout()
    door = resident.post(address, typed)
    assert door["Location"].startswith("/accounts/login/?next=")
    resident.force_login(cast.resident)
    assert resident.get(address)["Location"] == "/me/typed/"
    kept = resident.get("/me/typed/").content.decode()
    assert (f"{shown}</blockquote>" in kept, f'action="{address}"' in kept) == (True, True)
    form = kept.split(f'action="{address}"')[1].split("</form>")[0]
    again = dict(re.findall(r'<input type="hidden" name="(?!csrf)([^"]+)" value="([^"]*)"', form))
    assert again == typed
    assert resident.post(address, again)["Location"] == row.get_absolute_url()


# --- Withdrawing ----------------------------------------------------------------------------------------------
def test_withdrawing_needs_the_tick_and_leaves_number_and_date(cast, resident):
    row = published(cast.resident, cast.moderator)
    address = f"{row.get_absolute_url()}withdraw/"
    assert resident.get(address).status_code == 200
    answer = resident.post(address, {"reason": "已经修好"})
    assert (answer.status_code, errors_of(answer)) == (422, {"confirm": ["请勾选确认后再撤回"]})
    resident.post(address, {"reason": "已经修好", "confirm": "on"})
    row.refresh_from_db()
    assert (row.state, row.body) == (State.WITHDRAWN, "")
    shown = text_of(Client().get(row.get_absolute_url()))
    assert ("已撤回" in shown, BODY in shown) == (True, False)
    assert "已经撤回了" in text_of(resident.get(address, follow=True))


def test_a_refused_withdrawal_keeps_its_reason(cast, resident):
    row = published(cast.resident, cast.moderator)
    address = f"{row.get_absolute_url()}withdraw/"
    assert "已经修好</textarea>" in resident.post(address, {"reason": "已经修好"}).content.decode()
    too_long = resident.post(address, {"reason": "长" * 201, "confirm": "on"})
    assert (too_long.status_code, errors_of(too_long)) == (422, {"reason": ["超出1个字，请缩短到200字以内"]})
    assert "长" * 201 in too_long.content.decode()


def test_a_withdrawal_that_comes_too_late_gives_its_reason_back(cast, resident):
    row = in_state(State.REJECTED, cast)
    answer = resident.post(f"{row.get_absolute_url()}withdraw/", {"reason": "已经修好", "confirm": "on"})
    page = answer.content.decode()
    assert (answer.status_code, "已经修好</textarea>" in page, "状态已经变了" in page) == (409, True, True)


# --- One's list -----------------------------------------------------------------------------------------------
def test_ones_list_shows_all_states_and_nobody_elses(cast, resident):
    own = {in_state(state, cast).number for state in (State.SUBMITTED, State.RETURNED, State.REJECTED, State.PUBLISHED)}
    submitted(cast.resident2)
    page = resident.get("/me/proposals/")
    assert {row.number for row in page.context["page"]} == own
    assert "去补正" in text_of(page)
    assert Client().get("/me/proposals/")["Location"] == "/accounts/login/?next=/me/proposals/"


def test_an_untitled_one_is_listed_by_its_first_words(cast, resident):
    submitted(cast.resident, body="路灯坏了。请来修。")
    assert "路灯坏了" in text_of(resident.get("/me/proposals/"))
    assert "路灯坏了" in text_of(resident.get("/me/"))


@pytest.mark.parametrize("count", [1, 3, 20])
def test_ones_list_asks_the_same_number_of_questions_for_any_number_of_rows(
    cast, resident, django_assert_num_queries, count
):
    for _ in range(count):
        submitted(cast.resident)
    resident.get("/me/proposals/")
    with django_assert_num_queries(OWN_LIST_QUERIES):
        assert len(resident.get("/me/proposals/").context["page"]) == count


OWN_LIST_QUERIES = 11  # five are the navigation's; with the page cache on they are asked once after a change

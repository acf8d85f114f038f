"""Earlier matters stay closed until the second fact is given, at their own addresses too (decisions 15)."""

import pytest
from django.core.cache import caches
from django.test import Client, RequestFactory

from participation.proposals.adapters import subjects
from participation.proposals.models import Proposal
from portal.accounts.models import User
from portal.lookup.services import grant_sight
from portal.outbox.models import Message
from tests.conftest import Cast
from tests.factories.proposals import published, submitted
from tests.portal.accounts.doors import last_code

TOO_MANY = "尝试次数太多，请一小时后再试，或带证件到联络站窗口办理。"


@pytest.fixture
def newcomer(cast: Cast, client: Client, settings: object) -> Client:
    """Whoever holds the resident's number now: logged in by a code, on a device that nobody knows."""
    caches["default"].clear()
    settings.SMS_LOG.parent.mkdir(parents=True, exist_ok=True)  # type: ignore[attr-defined] # set by our settings
    User.objects.filter(pk=cast.resident.pk).update(real_name="")
    client.post("/accounts/login/code/", {"door": "phone", "phone": "13800000001"})
    return client


def log_in(client: Client) -> None:
    client.post("/accounts/login/code/confirm/", {"code": last_code()})


def test_ones_own_proposal_asks_for_the_second_fact_and_anothers_does_not(cast: Cast, newcomer: Client) -> None:
    own, other = submitted(cast.resident), published(cast.resident2, cast.moderator)
    log_in(newcomer)
    for page in ("", "submitted/", "slip/", "amend/", "withdraw/"):
        answer = newcomer.get(f"/proposals/{own.number}/{page}")
        assert (answer.status_code, answer.headers["Location"]) == (
            302,
            f"/me/confirm/?next=%2Fproposals%2F{own.number}%2F{page.replace('/', '%2F')}",
        )
    assert newcomer.get(f"/proposals/{own.number.lower()}/").headers["Location"].startswith("/me/confirm/")
    assert newcomer.get(f"/proposals/{other.number}/").status_code == 200
    assert newcomer.get("/proposals/").status_code == 200


def test_the_last_six_digits_open_it_and_lead_back(cast: Cast, newcomer: Client) -> None:
    own = submitted(cast.resident)
    log_in(newcomer)
    back = f"/proposals/{own.number}/"
    assert newcomer.post("/me/confirm/", {"answer": own.number[-6:], "next": back}).headers["Location"] == back
    assert newcomer.get(back).status_code == 200


def test_guesses_are_limited_and_the_right_answer_comes_too_late(cast: Cast, newcomer: Client) -> None:
    own = submitted(cast.resident)
    log_in(newcomer)
    wrong = f"{(int(own.number[-6:]) + 1) % 10**6:06d}"
    pages = [newcomer.post("/me/confirm/", {"answer": wrong}).content.decode() for _ in range(5)]
    assert ["和登记的不一样，请再想想。" in page for page in pages] == [True] * 5
    refused = newcomer.post("/me/confirm/", {"answer": own.number[-6:]})
    assert (refused.status_code, TOO_MANY in refused.content.decode()) == (200, True)
    assert newcomer.get(f"/proposals/{own.number}/").status_code == 302


def test_whoever_shows_the_slips_code_has_proved_enough(cast: Cast, newcomer: Client, rf: RequestFactory) -> None:
    own = submitted(cast.resident)
    log_in(newcomer)
    request = rf.get("/")
    request.session = newcomer.session
    grant_sight(request=request, number=own.number)
    request.session.save()
    assert newcomer.get(f"/proposals/{own.number}/").status_code == 200
    assert newcomer.get("/me/").status_code == 302


def test_only_the_author_and_the_enterer_read_the_own_title_before_publication(cast: Cast) -> None:
    row = submitted(cast.resident, title="路灯坏了")
    Proposal.objects.update(entered_by=cast.community)
    subject = subjects([row.number])[row.number]
    names = ("resident", "community", "resident2", "moderator")
    assert [subject.title_for(cast[name]) for name in names] == ["路灯坏了"] * 2 + ["（未公开）"] * 2


def test_ones_inbox_names_the_matter_and_the_mail_does_not(cast: Cast, client: Client) -> None:
    row = submitted(cast.resident, title="路灯坏了", body="电话13912345678，路灯坏了")
    client.force_login(cast.resident, backend="portal.accounts.backends.ScopedRoleBackend")
    [message] = Message.objects.filter(recipient=cast.resident)
    assert "您的建议已提交：《路灯坏了》" in client.get("/me/messages/").content.decode()
    assert (message.title, "路灯" in message.body) == (f"您的建议已提交：{row.number}", False)

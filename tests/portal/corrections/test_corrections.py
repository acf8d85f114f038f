"""纠错: from the foot of any page to the editors of its division, and back to whoever reported it."""

import re
from typing import Any
from urllib.parse import unquote

import pytest
from captcha.models import CaptchaStore
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse

from portal.accounts.models import RoleAssignment
from portal.accounts.selectors import forget_roles
from portal.corrections.forms import own_path
from portal.corrections.models import Correction
from portal.corrections.selectors import corrections_for
from portal.corrections.services import AlreadyAnswered, answer_correction, report_correction
from portal.corrections.states import State
from portal.jurisdictions.services.site import save_site_profile
from portal.outbox.models import Message, NoticeTask
from portal.outbox.selectors import people_to_tell
from portal.trail.models import Entry
from tests.conftest import Cast
from tests.factories.pages import column, news
from tests.factories.proposals import other_subdistrict, published, subdistrict

FAST = {"form_seconds": (0, 1), "correction": (99, 60), "correction_address": (99, 60), "anonymous_write": (99, 60)}
FAST |= {"anonymous_write_address": (99, 60)}


def reported(**values: Any) -> Correction:
    values = {"address": "/", "words": "电话少一位", "form_key": "k" * 20, "fingerprint": "f"} | values
    return report_correction(**values)


def filled(client: Client, page: str = "/", **values: str) -> dict[str, str]:
    html = client.get(f"/corrections/new/?page={page}").content.decode()
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html)
    return {**dict(hidden), "words": "第二段的电话少一位", **values}


@pytest.mark.django_db
def test_every_page_leads_to_the_form_with_its_own_address(client: Client, cast: Cast) -> None:
    page = news(column())
    for address in ("/", page.url, "/proposals/", published(cast.resident, cast.moderator).get_absolute_url()):
        html = client.get(address).content.decode()
        link = re.search(r'href="(/corrections/new/\?page=[^"]+)"', html.split("<footer")[1])
        assert link is not None
        assert f'<a href="{unquote(address)}">' in client.get(link[1]).content.decode()


@pytest.mark.django_db
@override_settings(GATE_LIMITS=FAST)
def test_a_visitor_reports_once_and_is_thanked(client: Client, cast: Cast) -> None:
    page = news(column(), division=subdistrict())
    posted = filled(client, page.url, contact="13900000000")
    answers = [client.post("/corrections/new/", posted) for _ in range(2)]
    assert [answer.headers["Location"] for answer in answers] == ["/corrections/thanks/?told=1"] * 2
    row = Correction.objects.get()
    assert (row.page_title, row.division, row.words) == (page.title, page.division, "第二段的电话少一位")
    assert (row.contact, row.state, row.reporter) == ("13900000000", State.WAITING, None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT contact FROM corrections_correction")
        assert "13900000000" not in cursor.fetchone()[0]


@pytest.mark.django_db
@override_settings(GATE_LIMITS=FAST)
def test_nothing_written_is_said_beside_the_field_and_the_contact_stays(client: Client) -> None:
    html = client.post("/corrections/new/", filled(client, words="", contact="a@b.cn")).content.decode()
    assert "请写一下哪里有错" in html
    assert 'value="a@b.cn"' in html
    assert Correction.objects.count() == 0


@pytest.mark.django_db
@override_settings(GATE_LIMITS=FAST | {"correction_address": (1, 3600)})
def test_who_is_over_the_limit_answers_a_sum_and_is_never_locked_out(client: Client) -> None:
    client.post("/corrections/new/", filled(client))
    again = client.post("/corrections/new/", filled(client, words="又一处"))
    assert 'name="captcha_1"' in again.content.decode()
    assert Correction.objects.count() == 1
    key = re.search(r'name="captcha_0" value="(\w+)"', again.content.decode())
    assert key is not None
    solved = {"captcha_0": key[1], "captcha_1": CaptchaStore.objects.get(hashkey=key[1]).response}
    assert client.post("/corrections/new/", filled(client, words="又一处", **solved)).status_code == 302


@pytest.mark.django_db
@override_settings(GATE_LIMITS=FAST)
def test_the_honeypot_takes_what_a_machine_fills_in(client: Client) -> None:
    client.post("/corrections/new/", filled(client, website="http://spam.example"))
    assert Correction.objects.count() == 0


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ("/news/", "/news/"),
        ("http://a.example/news/?q=1", "/news/"),
        ("http://b.example/news/", "/"),
        ("//b.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/admin/pages/", "/"),
        ("/accounts/login/", "/"),
        ("", "/"),
    ],
)
def test_only_public_addresses_of_this_site_are_taken(given: str, path: str) -> None:
    assert own_path(given, "a.example") == path


@pytest.mark.django_db
def test_a_page_that_is_not_public_lends_no_title(client: Client, cast: Cast) -> None:
    page = news(column(), live=False, title="还没发布的稿件", slug="draft")
    assert reported(address=page.url).page_title == ""
    assert "还没发布的稿件" not in client.get(f"/corrections/new/?page={page.url}").content.decode()


@pytest.mark.django_db
def test_a_page_without_a_division_goes_to_the_sites_own(cast: Cast) -> None:
    home = subdistrict()
    save_site_profile(values={"site_name": "议事厅", "host_organisation": "街道", "phones": "0731-1", "division": home})
    assert reported().division == home


@pytest.mark.django_db
def test_a_page_of_the_whole_site_waits_for_who_covers_it_or_else_for_everybody_inside(cast: Cast) -> None:
    def listed() -> list[str]:
        people = (cast.editor, cast.moderator, cast.committee, cast.director, cast.clerk)
        for user in people:
            forget_roles(user)
        return [user.username for user in people if corrections_for(user)]

    first = reported()
    everybody = ["editor", "moderator", "committee", "director"]
    told = Message.objects.filter(event=f"correction:{first.pk}:waiting")
    assert (first.division, listed(), told.count()) == (None, everybody, 4)
    answer_correction(correction=first, state=State.CORRECTED, answer="改了", by=cast.editor)
    first.delete()

    city = subdistrict().parent
    save_site_profile(values={"site_name": "议事厅", "host_organisation": "市", "phones": "0731-1", "division": city})
    row = reported(form_key="s" * 20)
    told = Message.objects.filter(event=f"correction:{row.pk}:waiting")
    assert (row.division, listed(), [each.recipient for each in told]) == (city, ["moderator"], [cast.moderator])
    with pytest.raises(PermissionDenied):
        answer_correction(correction=row, state=State.CORRECTED, answer="改了", by=cast.editor)
    RoleAssignment.objects.filter(user=cast.moderator, division=city).update(division=subdistrict())
    assert listed() == everybody
    answer_correction(correction=row, state=State.CORRECTED, answer="改了", by=cast.editor)


@pytest.mark.django_db
def test_editors_see_and_answer_what_is_in_their_division_only(cast: Cast) -> None:
    here = Correction.objects.get(pk=reported(address=news(column(), division=subdistrict()).url).pk)
    there = Correction.objects.get(
        pk=reported(form_key="n" * 20, address=news(column(slug="b"), division=other_subdistrict()).url).pk
    )
    assert list(corrections_for(cast.editor)) == [here]
    assert list(corrections_for(cast.resident)) == []
    with pytest.raises(PermissionDenied):
        answer_correction(correction=there, state=State.CORRECTED, answer="改了", by=cast.editor)
    with pytest.raises(PermissionDenied):
        answer_correction(correction=here, state=State.CORRECTED, answer="改了", by=cast.resident)


@pytest.mark.django_db
def test_an_answer_is_recorded_and_told_to_the_account(cast: Cast) -> None:
    row = reported(address=news(column(), division=subdistrict()).url, reporter=cast.resident)
    answer_correction(correction=row, state=State.CORRECTED, answer="电话已补全", by=cast.editor)
    row.refresh_from_db()
    assert (row.state, row.answer, row.answered_by) == (State.CORRECTED, "电话已补全", cast.editor)
    message = Message.objects.get(recipient=cast.resident)
    assert (message.title, message.body) == ("您反映的网页错误已处理：已更正", "电话已补全")
    verbs = Entry.objects.filter(subject_kind="correction").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["correction_reported", "correction_answered"]
    with pytest.raises(AlreadyAnswered):
        answer_correction(correction=row, state=State.UNFOUNDED, answer="没错", by=cast.editor)


@pytest.mark.django_db
def test_who_left_a_number_only_is_told_by_a_task_of_the_division(cast: Cast) -> None:
    row = reported(address=news(column(), division=subdistrict()).url, contact="13900000000")
    answer_correction(correction=row, state=State.UNFOUNDED, answer="核对过，没有错", by=cast.editor)
    task = NoticeTask.objects.exclude(delivery__message__kind="correction_waiting").get()
    assert task.division == row.division
    assert [person.telephone for person in people_to_tell(task)] == ["13900000000"]


@pytest.mark.django_db
def test_who_left_nothing_is_not_looked_for(cast: Cast) -> None:
    row = reported(address=news(column(), division=subdistrict()).url)
    answer_correction(correction=row, state=State.UNFOUNDED, answer="没有错", by=cast.editor)
    assert set(Message.objects.values_list("kind", flat=True)) == {"correction_waiting"}


@pytest.mark.django_db
def test_the_editor_answers_in_the_admin(client: Client, cast: Cast) -> None:
    row = reported(address=news(column(), division=subdistrict()).url, words="路名写错了")
    client.force_login(cast.editor)
    assert "路名写错了" in client.get(reverse("corrections_admin:index")).content.decode()
    address = reverse("corrections_admin:edit", args=[row.pk])
    assert "路名写错了" in client.get(address).content.decode()
    client.post(address, {"state": "corrected", "answer": "已改为解放路"})
    row.refresh_from_db()
    assert (row.state, row.answer) == ("corrected", "已改为解放路")
    page = client.get(address).content.decode()
    assert "已改为解放路" in page
    assert 'name="answer"' not in page


@pytest.mark.django_db
def test_the_admins_first_page_counts_what_waits(client: Client, cast: Cast) -> None:
    reported(address=news(column(), division=subdistrict()).url)
    client.force_login(cast.editor)
    assert re.search(r"<strong>1</strong>件待处理", client.get("/admin/").content.decode())

"""The pages: what a member answers, what anybody reads before publication, and steps posted out of turn."""

import pytest
from django.test import Client

from participation.evaluations.models import SecretAnswer
from tests.conftest import Cast
from tests.factories import oversight

pytestmark = pytest.mark.django_db


def test_a_member_rates_once_and_the_page_keeps_no_value(client: Client, cast: Cast) -> None:
    row = oversight.opened(cast)
    client.force_login(cast.member)
    url = f"/oversight/{row.pk}/rate/"
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"value": "dissatisfied"}).status_code == 302
    page = client.get(url).content.decode()
    assert ("您已参加测评。" in page, "不满意" in page) == (True, False)
    client.post(url, {"value": "satisfied"})
    assert [answer.value for answer in SecretAnswer.objects.all()] == ["dissatisfied"]


@pytest.mark.parametrize("is_logged_in", [True, False])
def test_a_secret_answer_does_not_rest_in_the_session_after_a_time_out(
    client: Client, cast: Cast, is_logged_in: bool
) -> None:
    row = oversight.opened(cast)
    url = f"/oversight/{row.pk}/rate/"
    if is_logged_in:
        client.force_login(cast.member)
        client.get(url)
        session = client.session
        session["last_seen"] = 1
        session.save()
    answer = client.post(url, {"value": "dissatisfied"})
    assert answer["Location"].startswith("/accounts/login/?next=")
    assert not [key for key, value in client.session.items() if "dissatisfied" in str(value)]
    assert "刚才填的没有交上" in client.get(answer["Location"]).content.decode()


def test_no_figure_is_public_before_publication(client: Client, cast: Cast) -> None:
    row = oversight.dispatched(cast, ["satisfied"] * 7)
    page = client.get(f"/oversight/{row.pk}/").content.decode()
    assert ("评议结果还没有公开" in page, "等次" in page) == (True, False)
    assert client.get(f"/oversight/{oversight.planned(cast).pk}/").status_code == 404


@pytest.mark.parametrize("who", ["unit", "party", "superior", "auditor"])
def test_a_forged_step_of_another_role_changes_nothing(client: Client, cast: Cast, who: str) -> None:
    row = oversight.dispatched(cast)
    client.force_login(cast[who])
    url = f"/admin/oversight/appraisals/{row.pk}/"
    for step in ("publish_result", "archive", "record_consent"):
        assert client.post(url, {"step": step}).status_code == 403
    row.refresh_from_db()
    assert row.state == "dispatched"


def test_the_desk_refuses_a_step_out_of_turn_with_its_reason(client: Client, cast: Cast) -> None:
    row = oversight.reported(cast)
    client.force_login(cast.director)
    answer = client.post(f"/admin/oversight/appraisals/{row.pk}/", {"step": "archive"})
    assert (answer.status_code, "不能归档" in answer.content.decode()) == (422, True)

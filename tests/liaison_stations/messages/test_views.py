"""The pages behind a code, the deputy's answer and the desk."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from liaison_stations.messages import services
from liaison_stations.messages.models import DeputyMessage, DeputyQrCode, MessageDraft
from portal.lookup.selectors import current_query_code
from tests.conftest import Cast
from tests.factories import messages as make

pytestmark = pytest.mark.django_db
KEY = "k" * 32
WORDS = {"body": "楼下的路灯坏了一个月", "name": "王示例", "phone": make.PHONE, "form_key": KEY}


@pytest.fixture(autouse=True)
def no_haste(settings: object) -> None:
    limits = dict(settings.GATE_LIMITS)  # type: ignore[attr-defined]  # pytest-django's settings
    settings.GATE_LIMITS = limits | {"form_seconds": (0, 1)}  # type: ignore[attr-defined]  # as said


def sent_code() -> str:
    return re.findall(r"\d{6}", settings.SMS_LOG.read_text(encoding="utf-8"))[-1]


def post(client: Client, code: DeputyQrCode, **changes: str) -> object:
    page = client.get(code.get_absolute_url())
    age = re.search(r'name="form_age" value="([^"]+)"', page.content.decode())
    assert age is not None
    return client.post(code.get_absolute_url(), {**WORDS, "form_age": age[1]} | changes)


def test_a_visitor_writes_proves_the_phone_and_looks_it_up(client: Client, cast: Cast) -> None:
    code = make.deputy_code(cast)
    response = post(client, code)
    assert (response.status_code, DeputyMessage.objects.count()) == (302, 0)  # type: ignore[attr-defined]  # a response
    page = client.get(response.url)  # type: ignore[attr-defined]  # as said
    assert ("138****0009" in page.content.decode(), make.PHONE in page.content.decode()) == (True, False)
    wrong = client.post(response.url, {"code": "000000" if sent_code() != "000000" else "111111"})  # type: ignore[attr-defined]  # as said
    assert (wrong.status_code, "验证码不对" in wrong.content.decode()) == (422, True)
    done = client.post(response.url, {"code": sent_code()})  # type: ignore[attr-defined]  # as said
    message = DeputyMessage.objects.get()
    assert done.url == reverse("messages:submitted", args=[message.number])
    # reload, back and sent again: the same number
    assert client.get(response.url).url == done.url  # type: ignore[attr-defined]  # as said
    assert post(client, code).url == done.url  # type: ignore[attr-defined]  # as said
    assert DeputyMessage.objects.count() == 1
    shown = client.get(done.url).content.decode()
    assert (message.number in shown, current_query_code(message.number) in shown) == (True, True)
    stranger = Client()
    assert stranger.get(message.get_absolute_url()).status_code == 404


def test_what_is_wrong_stands_by_its_field_and_what_was_typed_stays(client: Client, cast: Cast) -> None:
    code = make.station_code(cast)
    response = post(client, code, body="好", phone="12345")
    text = response.content.decode()  # type: ignore[attr-defined]  # a response
    assert response.status_code == 422  # type: ignore[attr-defined]  # as said
    assert ("至少四个字" in text, "请填写11位手机号码" in text, 'value="12345"' in text) == (True, True, True)
    assert MessageDraft.objects.count() == 0


def test_a_draft_can_be_changed_before_its_code_and_belongs_to_its_browser(client: Client, cast: Cast) -> None:
    code = make.station_code(cast)
    page = post(client, code).url  # type: ignore[attr-defined]  # a response
    back = client.get(f"{code.get_absolute_url()}?draft={KEY}").content.decode()
    assert "楼下的路灯坏了一个月" in back
    stranger = Client()
    assert stranger.get(page).url == code.get_absolute_url()
    assert "楼下" not in stranger.get(f"{code.get_absolute_url()}?draft={KEY}").content.decode()


def test_a_verified_resident_needs_no_code(client: Client, cast: Cast) -> None:
    client.force_login(cast.resident)
    code = make.deputy_code(cast)
    response = post(client, code)
    message = DeputyMessage.objects.get()
    assert response.url == reverse("messages:submitted", args=[message.number])  # type: ignore[attr-defined]  # a response
    assert (message.sender, message.phone) == (cast.resident, "")
    client.force_login(cast.deputy)
    assert message.number in client.get("/me/").content.decode()
    answer = reverse("messages:answer", args=[message.number])
    refused = client.post(answer, {"kind": "reflected", "text": "问题已解决"})
    assert (refused.status_code, "不写“已解决”" in refused.content.decode()) == (422, True)
    client.post(answer, {"kind": "reflected", "text": "已向街道反映"})
    client.force_login(cast.resident)
    assert "已向街道反映" in client.get(message.get_absolute_url()).content.decode()


def test_a_revoked_code_leads_on(client: Client, cast: Cast) -> None:
    old = make.station_code(cast)
    new = services.reissue_code(code=old, by=cast.clerk, reason="海报遗失")
    response = client.get(old.get_absolute_url())
    text = response.content.decode()
    assert (response.status_code, new.get_absolute_url() in text, "以前的码" in text) == (410, True, True)
    assert client.get("/m/aaaaaaaaaa/").status_code == 404


def test_the_desk_sees_the_own_station_only(client: Client, cast: Cast) -> None:
    from tests.liaison_stations.messages.test_services import elsewhere

    message, code = make.message(cast), make.station_code(cast)
    client.force_login(elsewhere())
    for name, key in (("message", message.number), ("code", code.pk)):
        assert client.get(reverse(f"messages_admin:{name}", args=[key])).status_code == 404
        assert client.post(reverse(f"messages_admin:{name}", args=[key]), {"step": "revoke"}).status_code == 404
    for name in ("index", "codes", "posters"):
        text = client.get(reverse(f"messages_admin:{name}")).content.decode()
        assert (message.number in text, code.token in text) == (False, False)


def test_the_desk_opens_an_item_and_prints_posters(client: Client, cast: Cast) -> None:
    message = make.message(cast)
    client.force_login(cast.clerk)
    desk = reverse("messages_admin:message", args=[message.number])
    assert make.PHONE not in client.get(desk).content.decode()
    assert make.PHONE in client.post(desk, {"step": "view_contact"}).content.decode()
    wrong = client.post(desk, {"step": "open_item", "open_item-title": ""})
    assert (wrong.status_code, "请填写这一项" in wrong.content.decode()) == (422, True)
    client.post(desk, {"step": "open_item", "open_item-title": "路灯不亮"})
    message.refresh_from_db()
    assert message.state == "opened"
    codes = reverse("messages_admin:codes")
    station = make.station_code(cast).station
    services.revoke_code(code=DeputyQrCode.objects.get(station=station), by=cast.clerk, reason="换海报")
    assert station is not None
    client.post(codes, {"chosen": [f"station-{station.pk}"]})
    sheet = client.get(reverse("messages_admin:posters"), {"size": "a5"}).content.decode()
    assert (sheet.count('class="poster"'), sheet.count('class="poster__qr"')) == (2, 2)
    for query, number in (({"division": "430381001"}, 2), ({"code": str(DeputyQrCode.objects.valid().first().pk)}, 1)):  # type: ignore[union-attr]  # there is one
        sheet = client.get(reverse("messages_admin:posters"), query).content.decode()
        assert sheet.count('class="poster"') == number
    nothing_ticked = client.get(reverse("messages_admin:posters"), {"picked": "1", "size": "a4"})
    assert nothing_ticked.status_code == 302


def test_the_desk_passes_a_message_on_and_the_home_counts_it(client: Client, cast: Cast) -> None:
    message, deputy = make.message(cast, make.station_code(cast)), make.deputy(cast)
    client.force_login(cast.clerk)
    desk = reverse("messages_admin:message", args=[message.number])
    assert client.post(desk, {"step": "pass_on"}).status_code == 422
    client.post(desk, {"step": "pass_on", "pass_on-deputy": str(deputy.pk)})
    message.refresh_from_db()
    assert (message.state, message.passed_to) == ("passed_on", deputy)
    assert client.post(desk, {"step": "propose", "propose-body": "路灯不亮了"}).status_code == 422
    listed = client.get(reverse("messages_admin:index"), {"state": "waiting"}).content.decode()
    home = client.get("/admin/").content.decode()
    assert (message.number in listed, "message-tasks-title" in home) == (True, True)
    client.force_login(cast.deputy)
    assert client.get(reverse("messages:answer", args=[message.number])).status_code == 200


def test_the_list_asks_the_same_for_any_number_of_rows(client: Client, cast: Cast) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(cast.clerk)
    counts = []
    for number in range(2):
        for one in range(1 + 4 * number):
            make.message(cast, body=f"第{number}批第{one}条留言")
        client.get(reverse("messages_admin:index"))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("messages_admin:index"))
        counts.append(len(asked))
    assert counts[0] == counts[1]

"""规则文本: versions that never change, consents that name theirs, and agreeing again after a change."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from portal.accounts.models import Consent, NoticeText, User
from portal.accounts.privacy_notice import BUILT_IN_VERSION, PRIVACY, TERMS, current_notice
from portal.accounts.services import accept_notice, publish_notice
from portal.accounts.services.privacy import text_hash
from portal.jurisdictions.services.site import save_site_profile
from portal.trail.models import Entry
from tests.conftest import Cast
from tests.factories.proposals import subdistrict

TEXT = "<p>新规则：另收集紧急联系人。</p>"


@pytest.fixture(autouse=True)
def site(cast: Cast) -> None:
    values = {"site_name": "议事厅", "host_organisation": "街道", "phones": "0731-1", "division": subdistrict()}
    save_site_profile(values=values)


def publish(cast: Cast, kind: str = PRIVACY, asks_again: bool = False, text: str = TEXT) -> NoticeText:
    return publish_notice(kind=kind, text=text, asks_again=asks_again, by=cast.director)


@pytest.mark.django_db
def test_what_comes_with_the_portal_is_the_first_version_of_both(client: Client) -> None:
    for address in ("/accounts/privacy/", "/accounts/terms/", f"/accounts/terms/{BUILT_IN_VERSION}/"):
        assert f"版本 {BUILT_IN_VERSION}" in client.get(address).content.decode()


@pytest.mark.django_db
def test_old_versions_stay_readable_and_say_that_they_are_old(client: Client, cast: Cast) -> None:
    first, second = publish(cast), publish(cast, text="<p>再改</p>")
    assert first.version != second.version
    assert "再改" in client.get("/accounts/privacy/").content.decode()
    old = client.get(f"/accounts/privacy/{first.version}/").content.decode()
    assert ["另收集紧急联系人" in old, "这是旧版" in old] == [True, True]
    assert "登录、发送验证码" in client.get(f"/accounts/privacy/{BUILT_IN_VERSION}/").content.decode()
    assert client.get("/accounts/privacy/1999-01/").status_code == 404


@pytest.mark.django_db
def test_a_consent_names_version_and_hash_of_both_texts(cast: Cast) -> None:
    row = publish(cast)
    accept_notice(user=cast.resident)
    newest = {c.purpose: c for c in Consent.objects.filter(user=cast.resident, version=row.version)}
    assert newest["privacy"].text_hash == text_hash(TEXT)
    terms = Consent.objects.get(user=cast.resident, purpose="terms", withdrawn_at=None)
    assert (terms.version, terms.text_hash) == (BUILT_IN_VERSION, text_hash(current_notice(TERMS).source))


@pytest.mark.django_db
def test_publishing_is_recorded_and_nobodys_but_the_directors(cast: Cast) -> None:
    row = publish(cast)
    entry = Entry.objects.get(verb="notice_published")
    assert (entry.subject_key, entry.detail["text_hash"]) == (f"privacy:{row.version}", text_hash(TEXT))
    with pytest.raises(PermissionDenied):
        publish_notice(kind=PRIVACY, text=TEXT, asks_again=False, by=cast.editor)


@pytest.mark.django_db
def test_a_change_of_purpose_asks_everybody_before_the_next_page(client: Client, cast: Cast) -> None:
    client.force_login(cast.resident)
    publish(cast, asks_again=True)
    answer = client.get("/proposals/?q=灯")
    assert answer.headers["Location"].startswith("/me/agree/?next=%2Fproposals%2F%3Fq%3D")
    page = client.get(answer.headers["Location"]).content.decode()
    assert ["/accounts/privacy/" in page, "/me/cancel/" in page] == [True, True]
    for address in ("/accounts/privacy/", "/me/data/", "/me/cancel/"):
        assert client.get(address).status_code == 200
    assert client.post("/me/agree/", {"next": "/proposals/"}).headers["Location"] == "/proposals/"
    assert client.get("/proposals/").status_code == 200
    consent = Consent.objects.filter(user=cast.resident, purpose="privacy").latest("given_at")
    assert consent.version == current_notice(PRIVACY).version


@pytest.mark.django_db
def test_an_editorial_change_asks_nobody(client: Client, cast: Cast) -> None:
    client.force_login(cast.resident)
    publish(cast)
    assert client.get("/proposals/").status_code == 200
    assert User.objects.filter(must_agree_again=True).count() == 0


@pytest.mark.django_db
def test_what_is_being_sent_is_not_lost_and_visitors_are_not_asked(client: Client, cast: Cast) -> None:
    publish(cast, asks_again=True)
    assert client.get("/proposals/").status_code == 200
    client.force_login(cast.resident)
    assert not client.post("/proposals/new/", {"body": "路灯"}).headers.get("Location", "").startswith("/me/agree/")


@pytest.mark.django_db
def test_the_director_publishes_in_the_admin_and_no_version_can_be_changed(client: Client, cast: Cast) -> None:
    client.force_login(cast.director)
    add = reverse("accounts_notice_texts:add")
    assert client.get(add).context["form"].initial["text"] == current_notice(PRIVACY).source
    body: dict[str, Any] = {"kind": "privacy", "text": '{"blocks": [], "entityMap": {}}', "asks_again": "on"}
    body["text"] = (
        '{"blocks": [{"key": "a", "text": "新版正文", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], '
        '"entityRanges": []}], "entityMap": {}}'
    )
    client.post(add, body)
    row = NoticeText.objects.get()
    assert ("新版正文" in row.text, row.asks_again, row.published_by) == (True, True, cast.director)
    User.objects.update(must_agree_again=False)
    assert client.get(reverse("accounts_notice_texts:index")).status_code == 200
    edit, delete = (reverse(f"accounts_notice_texts:{name}", args=[row.pk]) for name in ("edit", "delete"))
    assert [client.get(address).status_code for address in (edit, delete)] == [302, 302]

"""R50: the process says that it lives, and whether it can serve."""

import logging

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from portal.operations.adapters.logging import PrivateFormatter, blotted

NAME, PHONE, MAIL = "张三丰", "13800138000", "zhang@example.org"
WELL = {"database": "ok", "migrations": "ok", "cache": "ok", "disk": "ok", "worker": "ok"}


def test_healthz_needs_no_database_and_no_known_host(client):
    """Without the `db` fixture any query would raise."""
    with override_settings(ALLOWED_HOSTS=["portal.example.org"]):
        response = client.get("/healthz", headers={"host": "10.0.0.7"})
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_readyz_names_each_part_as_json_and_as_plain_text(client):
    assert client.get("/readyz").json() == {"status": "ok", "checks": WELL}
    plain = client.get("/readyz", headers={"accept": "text/plain"}).content.decode()
    assert plain == "ok\ndatabase: ok\nmigrations: ok\ncache: ok\ndisk: ok\nworker: ok\n"
    assert client.get("/readyz?format=plain").content.decode() == plain


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("setting", "part"),
    [
        ({"MIN_FREE_BYTES": 10**18}, "disk"),
        ({"CACHES": {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}}, "cache"),
        (
            {"CACHES": {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "no"}}},
            "cache",
        ),
    ],
)
def test_readyz_is_503_while_a_part_fails_and_200_again_afterwards(setting, part, client):
    with override_settings(**setting):
        response = client.get("/readyz")
    assert (response.status_code, response.json()["checks"]) == (503, WELL | {part: "failed"})
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_readyz_is_503_while_a_migration_is_pending(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'operations'")
    assert client.get("/readyz").json()["checks"] == WELL | {"migrations": "failed"}


@pytest.mark.django_db(transaction=True)
def test_readyz_is_503_while_the_database_is_away_and_200_when_it_is_back(client, tmp_path):
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(tmp_path / "no" / "database")
    try:
        response = client.get("/readyz")
        assert client.get("/healthz").status_code == 200
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
    assert (response.status_code, response.json()["checks"]["database"]) == (503, "failed")
    assert client.get("/readyz").status_code == 200


# --- What a failure tells -------------------------------------------------------------------------------------
def fail(request):
    try:
        raise KeyError(f"{NAME} {MAIL}")
    except KeyError as error:
        secret = request.POST.get("body")
        raise ValueError(f"{secret} {PHONE}") from error


def page_of_failure(request):
    return HttpResponse(request.reference_id, status=500)


urlpatterns = [path("fail/", fail)]
handler500 = page_of_failure


@pytest.fixture
def log(caplog):
    """What our formatter makes of everything that is logged."""
    caplog.handler.setFormatter(PrivateFormatter("{levelname} {name} {message}", style="{"))
    logger = logging.getLogger("django.request")
    logger.addHandler(caplog.handler)
    yield lambda: caplog.text
    logger.removeHandler(caplog.handler)


@override_settings(ROOT_URLCONF=__name__)
def test_page_and_log_of_a_failure_share_a_reference_and_hold_no_personal_data(log):
    client = Client(raise_request_exception=False)
    response = client.post(f"/fail/?phone={PHONE}", {"body": f"{NAME} {PHONE} {MAIL}"})
    reference = response.content.decode()
    assert (response.status_code, response["X-Error-Reference"]) == (500, reference)
    text = log()
    assert f"[{reference}] ERROR django.request Internal Server Error: /fail/" in text
    assert "in fail\n  builtins.ValueError" in text
    assert "builtins.KeyError" in text
    assert [canary for canary in (NAME, PHONE, MAIL) if canary in text] == []


def test_two_requests_have_two_references():
    from portal.operations.middleware import ErrorReferenceMiddleware

    seen = []
    middleware = ErrorReferenceMiddleware(lambda request: seen.append(request.reference_id) or HttpResponse())
    for _ in range(2):
        middleware(RequestFactory().get("/"))
    assert len(set(seen)) == 2


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("tel 138 0013 8000 or +86-13800138000.", "tel [number] or [number]."),
        ("id 43010219900101123X", "id [number]"),
        ("to zhang.san@mail.example.org, please", "to [mail], please"),
        ("GET /lookup/?number=JY-1&code=2 404", "GET /lookup/?… 404"),
        ("line 120 of 3600 rows", "line 120 of 3600 rows"),
        ("sha 0123456789abcdef", "sha 0123456789abcdef"),
    ],
)
def test_long_numbers_addresses_and_queries_are_blotted_out(text, left):
    assert blotted(text) == left


def test_settings_use_the_private_formatter(settings):
    used = {handler["formatter"] for handler in settings.LOGGING["handlers"].values() if "formatter" in handler}
    names = {settings.LOGGING["formatters"][name]["()"] for name in used}
    assert names == {"portal.operations.adapters.logging.PrivateFormatter"}


def test_a_long_outage_is_not_logged_with_every_probe(client, db, log):
    with override_settings(MIN_FREE_BYTES=10**18):
        assert client.get("/readyz").status_code == 503
    assert log() == ""

"""Answers that middleware gives in front of the views."""

import pytest
from django.conf import settings as live_settings


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/no/such/page/", "/no.such.page"])
def test_the_demo_answers_an_unknown_address_with_our_own_page(client, settings, address):
    settings.DEBUG = settings.DEMO = True
    settings.MIDDLEWARE = [*live_settings.MIDDLEWARE, "portal.frame.middleware.DemoNotFoundMiddleware"]
    answer = client.get(address)
    page = answer.content.decode()
    assert (answer.status_code, "没有找到这个页面" in page, "DEBUG" in page) == (404, True, False)


@pytest.mark.parametrize("address", ["/proposals/?q=", "/search/?q=", "/no/such/page/?"])
def test_an_address_longer_than_any_of_ours_gets_a_page_of_ours_without_the_database(client, address):
    answer = client.get(address + "%E8%B7%AF" * 500)
    assert (answer.status_code, "查找的内容太长了" in answer.content.decode()) == (414, True)


@pytest.mark.django_db
def test_what_a_search_field_takes_is_never_too_long_for_the_server(cast, client):
    assert client.get("/proposals/?q=" + "%E8%B7%AF" * 61).status_code == 200

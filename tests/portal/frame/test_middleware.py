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

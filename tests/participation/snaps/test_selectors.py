"""What was reported before from the same spot: squares first, then the distance, the same queries however many."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participation.snaps import services
from participation.snaps.selectors import nearby, same_matter
from tests.conftest import Cast
from tests.factories import snaps
from tests.factories.proposals import other_subdistrict, subdistrict

pytestmark = pytest.mark.django_db
HERE, CLOSE, FAR = "27.73250,112.53100", "27.73285,112.53120", "27.73350,112.53100"  # 44 and 111 metres off


def test_open_reports_from_the_same_spot_are_pointed_out_over_the_border_of_streets(cast: Cast) -> None:
    close = snaps.reviewed(cast, position=CLOSE, text="井盖翘起", division=subdistrict())
    here = snaps.reviewed(cast, position=HERE, text="单车乱停")
    snaps.reviewed(cast, position=FAR, text="垃圾没清")
    snaps.captured(cast.deputy, position=HERE)  # not public yet
    services.set_hidden(snap=snaps.reviewed(cast, position=HERE), by=cast.moderator, is_hidden=True, reason="复核")
    assert [row.number for row in nearby(HERE)] == [here.number, close.number]
    assert [row.number for row in same_matter("毫不相干的话", other_subdistrict(), HERE)] == [here.number, close.number]
    services.empty_own(cast.deputy)
    assert nearby(HERE) == []  # the square went with the position


def test_the_hint_asks_as_often_for_six_as_for_two(cast: Cast) -> None:
    counts, place = [], subdistrict()
    for more in (2, 4):
        for _each in range(more):
            snaps.reviewed(cast, position=HERE)
        with CaptureQueriesContext(connection) as queries:
            found = same_matter(snaps.TEXT, place, HERE)
        counts.append((len(queries), len(found)))
    assert (counts[0][0], counts[0], counts[1][1]) == (counts[1][0], (2, 2), 3)


def test_the_spot_of_a_report_is_told_to_nobody_who_may_not_report(client: Client, cast: Cast) -> None:
    snap = snaps.reviewed(cast, position=HERE)
    asked = {"position": CLOSE, "division": subdistrict().key}
    address = reverse("snaps:near")
    client.force_login(cast.resident)
    assert client.post(address, asked).status_code == 403
    client.force_login(cast.deputy)
    answers = [client.post(address, {**asked, "position": place}).content.decode() for place in (CLOSE, FAR, "here")]
    assert [snap.get_absolute_url() in answer for answer in answers] == [True, False, False]
    assert client.get(address).status_code == 405  # no position stands in an address


def test_the_queue_of_the_staff_asks_as_often_for_five_as_for_two(client: Client, cast: Cast) -> None:
    client.force_login(cast.committee)
    counts = []
    for more in (2, 3):
        for _each in range(more):
            snaps.answered(cast, evidence=[(snaps.shot(), "亮着的路灯", "after")])
        client.get(reverse("snaps_admin:index"))
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("snaps_admin:index"), {"has_photos_waiting": "on"}).content.decode()
        counts.append((len(queries), page.count("<small>有照片待审核</small>")))
    assert (counts[0][0] == counts[1][0], counts[0][1], counts[1][1]) == (True, 2, 5)

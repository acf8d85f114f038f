"""Following a place, a category and a search from the lists, and hearing of what is published there."""

from urllib.parse import urlencode

import pytest

from portal.follows.models import Follow
from portal.outbox.models import Message


@pytest.mark.parametrize(
    ("kind", "key", "page", "word"),
    [
        ("division", "{division}", "/proposals/?division={division}", "关注“"),
        ("category", "roads", "/proposals/?category=roads", "关注“道路与交通”"),
        ("category", "roads", "/ledger/?category=roads", "关注“道路与交通”"),
        ("search", "路灯 坏", "/search/?q=路灯+坏", "关注“路灯 坏”"),
        ("search", "路灯", "/proposals/?q=路灯", "关注“路灯”"),
    ],
)
def test_a_list_can_be_followed_from_its_page_and_ended_under_my_follows(client, cast, kind, key, page, word):
    from portal.jurisdictions.selectors import site_divisions

    place = site_divisions()[0].key
    key, page = key.format(division=place), page.format(division=place)
    assert word in client.get(page).content.decode()
    client.force_login(cast.resident)
    assert word in client.get(page).content.decode()
    assert client.get(f"/follow/?{urlencode({'kind': kind, 'key': key})}").status_code == 200
    client.post("/follow/", {"kind": kind, "key": key, "do": "follow"})
    row = Follow.objects.get(user=cast.resident)
    assert (row.subject_kind, row.subject_key, row.frequency) == (kind, key, "daily")
    mine = client.get("/me/follows/").content.decode()
    assert ["每日汇总" in mine, "这件事目前不公开" in mine] == [True, False]
    client.post("/follow/", {"kind": kind, "key": key, "do": "frequency", "frequency": "none"})
    row.refresh_from_db()
    assert row.frequency == "none"
    client.post("/follow/", {"kind": kind, "key": key, "do": "unfollow"})
    assert not Follow.objects.exists()


def test_what_is_no_topic_cannot_be_followed(client, cast):
    client.force_login(cast.resident)
    strange = [("category", "x"), ("search", "，，"), ("search", "字" * 81), ("division", "999999999999")]
    answers = [client.post("/follow/", {"kind": kind, "key": key, "do": "follow"}) for kind, key in strange]
    assert [answer.status_code for answer in answers] == [404] * len(strange)
    assert not Message.objects.exists()

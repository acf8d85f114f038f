"""Consent, export, correction and cancellation (个人信息保护法 14, 15, 44–50)."""

import csv
import io
import json
import re
import zipfile

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone

from participation.proposals.services.drafting import save_draft
from portal.accounts import personal_data
from portal.accounts.models import Consent
from portal.accounts.services import (
    AccountRefused,
    cancel_account,
    change_details,
    create_user,
    give_consent,
    withdraw_consent,
)
from portal.corrections.models import Correction
from portal.follows.models import Follow
from portal.follows.services import follow
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import division_by_code
from portal.outbox.models import Message
from portal.trail.selectors import history_of
from tests.factories.proposals import published

pytestmark = pytest.mark.django_db
User = get_user_model()


@pytest.fixture
def settled(cast):
    """A resident who left traces in every section."""
    change_details(
        user=cast.resident, actor=cast.resident, nickname="小河边", address="东风社区3栋", contact_phone="0731-56780000"
    )
    give_consent(user=cast.resident, purpose="privacy", version="2026-01", text="规则")
    Follow.objects.create(user=cast.resident, subject_kind="proposal", subject_key="JY-1")
    Message.objects.create(recipient=cast.resident, event="e", kind="k", title="已公开", body="张示例您好")
    EmailAddress.objects.create(user=cast.resident, email="zhang@example.org", verified=True, primary=True)
    TOTP.activate(cast.resident, "JBSWY3DPEHPK3PXP")
    return cast.resident


def stored(user):
    """Everything the database holds in the account's own row, as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_user WHERE id = %s", [user.pk])
        names = [column[0] for column in cursor.description]
        return dict(zip(names, cursor.fetchone(), strict=True))


def test_cancelling_empties_the_account_and_keeps_the_row(settled, client):
    client.force_login(settled)
    answer = client.post("/me/cancel/", {"confirms": "on", "reason": "搬家"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    row = stored(settled)
    emptied = {name: row[name] for name in ("real_name", "nickname", "phone", "contact_phone", "address", "email")}
    assert emptied == dict.fromkeys(emptied, "")
    assert (row["phone_index"], row["contact_phone_index"], row["division_id"], row["verified_at"]) == (None,) * 4
    assert (bool(row["is_active"]), row["username"]) == (False, f"cancelled-{settled.trail_id}")
    assert (Follow.objects.count(), list(Message.objects.values_list("title", "body"))) == (0, [("", "")])
    assert EmailAddress.objects.filter(user=settled).count() == 0
    assert Consent.objects.filter(user=settled, withdrawn_at=None).count() == 0
    assert [entry.verb for entry in history_of("account", settled.trail_id)][-1] == "cancelled"
    assert User.objects.get(pk=settled.pk).display_name == "已注销用户"


def test_cancelling_ends_every_session(settled, client, client_class):
    other = client_class()
    client.force_login(settled)
    other.force_login(settled)
    cancel_account(user=settled)
    assert [one.get("/me/").status_code for one in (client, other)] == [302, 302]


@pytest.fixture
def client_class():
    from django.test import Client

    return Client


def test_the_number_is_free_after_cancelling(settled):
    cancel_account(user=settled)
    assert create_user(phone="13800000001").pk != settled.pk


def test_cancelling_needs_the_tick(settled, client):
    client.force_login(settled)
    assert client.post("/me/cancel/", {"confirms": ""}).status_code == 200
    assert User.objects.get(pk=settled.pk).is_active is True


@pytest.mark.parametrize("name", ["clerk", "director", "admin"])
def test_whoever_holds_a_post_hands_it_over_first(cast, name):
    with pytest.raises(AccountRefused) as refused:
        cancel_account(user=cast[name])
    assert (refused.value.code, User.objects.get(pk=cast[name].pk).is_active) == ("holds_post", True)


def test_a_failing_section_undoes_the_whole_cancellation(settled, monkeypatch):
    def fail(user):
        raise RuntimeError

    monkeypatch.setitem(
        personal_data.sections, "broken", personal_data.PersonalData("broken", "坏的", lambda user: [], fail)
    )
    with pytest.raises(RuntimeError):
        cancel_account(user=settled)
    assert (User.objects.get(pk=settled.pk).real_name, Follow.objects.count()) == ("张示例", 1)


def test_an_account_is_never_deleted(cast):
    with pytest.raises(TypeError):
        cast.resident.delete()


def test_the_export_holds_every_section(settled, client):
    client.force_login(settled)
    answer = client.post("/me/data/")
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    data = json.loads(archive.read("data.json"))
    assert set(data["sections"]) == set(personal_data.sections)
    account = data["sections"]["account"]["rows"][0]
    assert (account["real_name"], account["phone"], account["address"]) == ("张示例", "13800000001", "东风社区3栋")
    assert archive.read("账号资料.csv").startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(archive.read("关注.csv").decode("utf-8-sig"))))
    assert [row["关注的编号"] for row in rows] == ["JY-1"]
    assert [entry.verb for entry in history_of("account", settled.trail_id)][-1] == "data_exported"


def test_every_column_of_the_tables_has_a_heading_in_words(settled, client):
    client.force_login(settled)
    archive = zipfile.ZipFile(io.BytesIO(client.post("/me/data/").content))
    tables = [name for name in archive.namelist() if name.endswith(".csv")]
    heads = [archive.read(name).decode("utf-8-sig").splitlines()[0] for name in tables]
    assert [re.findall("[a-z]+", head) for head in heads] == [[]] * len(heads)


CODES = re.compile(r"\b[a-z]{3,}(_[a-z]+)*\b")  # a machine's word, as against JY-…, a version or a file's name
RAW_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT|\d\d:\d\d:\d\d|\+00:00")


def test_every_cell_of_the_tables_is_in_words_and_every_moment_names_its_zone(cast, client):
    number = published(cast.resident, cast.moderator, title="路灯").number
    save_draft(key="a" * 32, content={"body": "井盖松了", "category_group": "unsure"}, user=cast.resident)
    Correction.objects.create(
        address="/news/",
        words="错字",
        reporter=cast.resident,
        created_at=timezone.now(),
        division=cast.resident.division,
    )
    for kind, key in (("proposal", number), ("page", "1"), ("division", "430381001000")):
        follow(user=cast.resident, subject_kind=kind, subject_key=key)
    client.force_login(cast.resident)
    archive = zipfile.ZipFile(io.BytesIO(client.post("/me/data/").content))
    tables = {
        name.removesuffix(".csv"): list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
        for name in archive.namelist()
        if name.endswith(".csv")
    }
    assert {"账号资料", "同意记录", "关注", "居民建议", "纠错"} <= set(tables)
    left_out = {"用户名", "文本校验值", "页面地址", "照片文件"}  # these are what they are
    wrong = [
        (name, heading, cell)
        for name, rows in tables.items()
        for row in rows
        for heading, cell in row.items()
        if heading not in left_out and (CODES.search(cell) or RAW_MOMENT.search(cell))
    ]
    assert wrong == []
    # the thread of the own proposal is followed from its publication
    discussed, first, *_others = tables["关注"]
    assert (discussed["种类"], discussed["标题"]) == ("讨论", "讨论：路灯")
    assert (first["种类"], first["关注的编号"], first["标题"], first["通知频率"]) == (
        "居民建议",
        number,
        "路灯",
        "立即",
    )
    assert [row["种类"] for row in tables["关注"]] == ["讨论", "居民建议", "页面", "区划"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", first["关注时间（北京时间）"])
    assert tables["账号资料"][0]["核验方式"] == "手机验证码"
    whole = json.loads(archive.read("data.json"))
    assert whole["sections"]["follows"]["rows"][0]["since"].endswith("+08:00")


def test_the_export_is_safe_to_open_in_a_spreadsheet(cast, client):
    User.objects.filter(pk=cast.resident.pk).update(nickname="＝HYPERLINK(1)")
    client.force_login(cast.resident)
    archive = zipfile.ZipFile(io.BytesIO(client.post("/me/data/").content))
    assert "'＝HYPERLINK(1)" in archive.read("账号资料.csv").decode("utf-8-sig")


def test_correcting_ones_details_changes_nothing_else(cast, client):
    client.force_login(cast.resident)
    extra = {field.name: "1" for field in User._meta.get_fields() if field.concrete and not field.many_to_many}
    details = {"real_name": "张新", "nickname": "小河边", "shows_nickname": "on", "contact_phone": "073156780000",
               "address": "", "division": "", "prefers_elder_mode": "", "prefers_high_contrast": ""}  # fmt: skip
    before = stored(cast.resident)
    client.post("/me/details/", {**extra, **details})
    after = stored(cast.resident)
    changed = {name for name in after if after[name] != before[name]}
    # the sealed values differ each time they are written; the index tells whether the number did
    assert changed <= {"real_name", "nickname", "shows_nickname", "contact_phone", "contact_phone_index", "division_id"}
    assert User.objects.get(pk=cast.resident.pk).display_name == "小河边"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"nickname": "湘乡市政府"}, "nickname"),
        ({"nickname": "一" * 21}, "nickname"),
        ({"shows_nickname": "on"}, "nickname"),
        ({"contact_phone": "12"}, "contact_phone"),
        ({"address": "一" * 101}, "address"),
        ({"division": "999999"}, "division"),
    ],
)
def test_what_the_details_refuse(cast, client, changes, field):
    client.force_login(cast.resident)
    answer = client.post("/me/details/", {"real_name": "张", **changes})
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])


def test_a_name_checked_at_the_counter_is_not_changed_by_oneself(cast, client):
    User.objects.filter(pk=cast.resident.pk).update(verification="counter")
    client.force_login(cast.resident)
    client.post("/me/details/", {"real_name": "别人"})
    assert User.objects.get(pk=cast.resident.pk).real_name == "张示例"


def test_consent_is_given_once_and_withdrawn(cast):
    for _ in range(2):
        give_consent(user=cast.resident, purpose="contact", version="1", text="可以回访")
    assert Consent.objects.filter(purpose="contact").count() == 1
    assert (withdraw_consent(user=cast.resident, purpose="contact"), Consent.objects.get(purpose="contact").withdrawn_at
            is not None) == (1, True)  # fmt: skip
    give_consent(user=cast.resident, purpose="contact", version="1", text="可以回访")
    assert Consent.objects.filter(purpose="contact").count() == 2


# --- Where one lives: in two steps or by name, never in one list of hundreds ------------------------------------
def places_in(page):
    """The options of the list, as (key, label)."""
    chooser = page.split('name="division"')[1].split("</select>")[0]
    return re.findall(r'<option value="(\d+)"[^>]*>([^<]+)<', chooser)


@pytest.fixture
def many(divisions):
    """As many subdistricts as two counties have: too many for one list."""
    for parent in Division.objects.filter(level="county"):
        for n in range(1, 16):
            code = f"{parent.key[:6]}{900 + n}000"
            path = f"{parent.path}{code}/"
            Division.objects.create(code=code, name=f"测试第{n}街道", level="subdistrict", parent=parent, path=path)


def test_a_newcomer_is_offered_the_counties_and_goes_down_to_the_community(client, many):
    client.force_login(create_user(username="newcomer"))
    page = client.get("/me/details/").content.decode()
    counties = places_in(page)
    assert len(counties) <= 24
    county = next(key for key, label in counties if label.endswith("湘乡市"))
    typed = {"nickname": "小河边", "shows_nickname": "on", "address": "东风社区3栋"}
    page = client.post("/me/details/", {**typed, "division": county, "find": "below"}).content.decode()
    assert ('value="小河边"' in page, 'value="东风社区3栋"' in page) == (True, True)
    assert re.search(r'name="shows_nickname"[^>]*checked', page)
    subdistrict = next(key for key, label in places_in(page) if label.endswith("望春门街道"))
    page = client.post("/me/details/", {**typed, "division": subdistrict, "find": "below"}).content.decode()
    community = next(key for key, label in places_in(page) if label.endswith("社区"))
    assert client.post("/me/details/", {**typed, "division": community}).status_code == 302
    user = User.objects.get(username="newcomer")
    assert (str(user.division_id), user.nickname) == (community, "小河边")
    assert (community, True) in [(key, True) for key, _label in places_in(client.get("/me/details/").content.decode())]


def test_a_place_is_found_by_name_and_nothing_is_saved_by_looking(client, divisions):
    client.force_login(create_user(username="newcomer"))
    looked = client.post("/me/details/", {"place_words": " 望春门 ", "find": "words", "nickname": "工委主任"})
    page = looked.content.decode()
    assert looked.status_code == 200
    assert next(label for _key, label in places_in(page)).endswith("湘乡市望春门街道")
    assert ('value="工委主任"' in page, "以免被误认" in page) == (True, False)  # judged when it is saved
    assert (
        "没有找到名字里有“火星”的地方"
        in client.post("/me/details/", {"place_words": "火星", "find": "words"}).content.decode()
    )
    assert User.objects.get(username="newcomer").nickname == ""


def test_a_county_is_no_answer(client, many):
    client.force_login(create_user(username="newcomer"))
    county = places_in(client.get("/me/details/").content.decode())[0][0]
    assert "请再选到街道（乡镇）或社区（村）" in client.post("/me/details/", {"division": county}).content.decode()


def test_the_own_place_comes_with_its_neighbours(cast, client):
    client.force_login(cast.resident)
    User.objects.filter(pk=cast.resident.pk).update(division=division_by_code("430381001000"))
    labels = [label for _key, label in places_in(client.get("/me/details/").content.decode())]
    assert labels[0].endswith("望春门街道")
    assert [label for label in labels if "长沙市" in label and label.endswith("街道")] == []

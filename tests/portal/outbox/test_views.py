import re

import pytest
from django.core import mail

from portal.outbox import registry
from portal.outbox.models import Message, NoticeTask, Preference
from portal.outbox.services import deliver_due, queue_messages


@pytest.fixture
def proposal_kind():
    registry.register_kind("proposal", "我的建议")
    yield
    registry.kinds.pop("proposal")


def tell(user, number=1):
    queue_messages(
        event=f"e{number}", kind="proposal", recipients=[user], title=f"进展{number}", body="正文", url="/proposals/1/"
    )


def test_the_inbox_shows_only_ones_own_and_reading_needs_a_post(client, person):
    resident, resident2 = person("resident"), person("resident2")
    tell(resident, 1), tell(resident2, 2)
    client.force_login(resident)
    page = client.get("/me/messages/").content.decode()
    assert ["进展1" in page, "进展2" in page, "未读 1 条" in page] == [True, False, True]
    mine, other = Message.objects.get(recipient=resident), Message.objects.get(recipient=resident2)
    assert client.get(f"/me/messages/{mine.pk}/read/").status_code == 405
    assert client.post(f"/me/messages/{other.pk}/read/").status_code == 404
    assert client.post(f"/me/messages/{mine.pk}/read/").status_code == 302
    assert sorted(Message.objects.filter(read_at=None).values_list("recipient", flat=True)) == [resident2.pk]


def test_all_can_be_marked_read_at_once(client, person):
    resident = person("resident")
    for number in range(3):
        tell(resident, number)
    client.force_login(resident)
    client.post("/me/messages/read/")
    assert Message.objects.filter(read_at=None).count() == 0


def test_a_long_inbox_is_paged(client, person, django_assert_num_queries):
    resident = person("resident")
    for number in range(45):
        tell(resident, number)
    client.force_login(resident)
    seen, address = [], "/me/messages/"
    while address:
        page = client.get(address).content.decode()
        seen += re.findall(r">(进展\d+)</a>", page)
        more = re.search(r'rel="next" href="([^"]+)"', page)
        address = "/me/messages/" + more[1].replace("&amp;", "&") if more else ""
    assert seen == [f"进展{number}" for number in reversed(range(45))]


@pytest.mark.parametrize("address", ["/me/messages/", "/me/messages/settings/"])
def test_a_visitor_logs_in_first(client, db, address):
    answer = client.get(address)
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")


def test_settings_change_only_the_kinds_that_were_shown(client, person, proposal_kind):
    resident = person("resident")
    client.force_login(resident)
    assert "我的建议" in client.get("/me/messages/settings/").content.decode()
    client.post("/me/messages/settings/", {"shown": ["proposal", "invented"], "wanted": []})
    assert list(Preference.objects.values_list("user", "kind")) == [(resident.pk, "proposal")]
    client.post("/me/messages/settings/", {"shown": ["proposal"], "wanted": ["proposal"]})
    assert Preference.objects.count() == 0


def test_opening_the_link_changes_nothing_and_one_click_needs_no_cookie(client, person, proposal_kind):
    resident = person("resident", email="a@b.cn")
    tell(resident)
    deliver_due()
    address = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")
    client.handler.enforce_csrf_checks = True
    assert "确认退订" in client.get(address).content.decode()
    assert Preference.objects.count() == 0
    answer = client.post(address, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, "已退订" in answer.content.decode()) == (200, True)
    assert list(Preference.objects.values_list("user", "kind")) == [(resident.pk, "proposal")]


def test_a_forged_link_is_refused(client, person):
    person("resident")
    for method in (client.get, client.post):
        assert method("/me/messages/unsubscribe/W10:1abc:forged/").status_code == 404
    assert Preference.objects.count() == 0


def test_staff_record_a_try_in_the_admin(client, person, django_user_model):
    tell(person("resident", in_person=True, name="张三", telephone="0731-58000000"))
    admin = django_user_model.objects.create_superuser("admin", password="x" * 12)
    client.force_login(admin)
    task = NoticeTask.objects.get()
    assert "进展1" in client.get("/admin/outbox/notice-tasks/").content.decode()
    page = client.get(f"/admin/outbox/notice-tasks/edit/{task.pk}/").content.decode()
    assert ["张三" in page, "0731-58000000" in page] == [True, True]
    answer = client.post(
        f"/admin/outbox/notice-tasks/edit/{task.pk}/", {"way": "phone", "result": "told", "note": "本人"}
    )
    assert (answer.status_code, NoticeTask.objects.get().state) == (302, "told")
    again = client.post(f"/admin/outbox/notice-tasks/edit/{task.pk}/", {"way": "phone", "result": "told"})
    assert (again.status_code, "这一件已被别人处理过" in again.content.decode()) == (200, True)


def test_staff_decide_on_a_failed_delivery_and_nobody_adds_or_deletes_rows(client, person, django_user_model):
    resident = person("resident", email="a@b.cn")
    tell(resident)
    resident.messages.get().deliveries.filter(channel="email").update(state="failed")
    delivery = resident.messages.get().deliveries.get(channel="email")
    client.force_login(django_user_model.objects.create_superuser("admin", password="x" * 12))
    assert "进展1" in client.get("/admin/outbox/deliveries/").content.decode()
    for address in ("/admin/outbox/deliveries/new/", f"/admin/outbox/deliveries/delete/{delivery.pk}/"):
        assert client.get(address).status_code == 302
    missing = client.post(f"/admin/outbox/deliveries/edit/{delivery.pk}/", {"decision": "give_up"})
    delivery.refresh_from_db()
    assert (missing.status_code, delivery.state) == (200, "failed")
    client.post(f"/admin/outbox/deliveries/edit/{delivery.pk}/", {"decision": "give_up", "reason": "邮箱已停用"})
    delivery.refresh_from_db()
    assert delivery.state == "cancelled"


def test_residents_do_not_see_the_staff_screens(client, person):
    client.force_login(person("resident"))
    for address in ("/admin/outbox/deliveries/", "/admin/outbox/notice-tasks/"):
        assert client.get(address).status_code in (302, 403)


def test_a_message_names_the_matter_only_to_who_may_see_it(client, person):
    from portal.trail import subjects

    def resolve(keys):
        return {
            key: subjects.Subject("thing", key, "修路灯", "/", lambda user: user.username == "resident") for key in keys
        }

    subjects.register_subject("thing", resolve)
    resident, resident2 = person("resident"), person("resident2")
    title, about = "建议 T-1 已受理", {"subject_kind": "thing", "subject_key": "T-1"}
    queue_messages(event="e", kind="proposal", recipients=[resident, resident2], title=title, **about)
    seen = []
    for user in (resident, resident2):
        client.force_login(user)
        page = client.get("/me/messages/").content.decode()
        seen.append(("建议 《修路灯》 已受理" in page, "T-1" in page))
    subjects._resolvers.pop("thing")
    assert seen == [(True, False), (False, True)]

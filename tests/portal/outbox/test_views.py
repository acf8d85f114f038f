import re

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from portal.outbox import registry
from portal.outbox.models import Delivery, Message, NoticeTask, Preference
from portal.outbox.selectors import unsubscribe_token
from portal.outbox.services import deliver_due, queue_messages, set_preference, unsubscribe


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


def titles(page):
    return re.findall(r'message__title">(进展\d)<', page)


def test_messages_of_one_matter_stand_together_and_are_read_together(client, person):
    resident, resident2 = person("resident"), person("resident2")
    about = {"subject_kind": "thing", "subject_key": "T-1"}
    for number, given in enumerate([about, {}, about]):
        queue_messages(event=f"e{number}", kind="k", recipients=[resident, resident2], title=f"进展{number}", **given)
    client.force_login(resident)
    page = client.get("/me/messages/").content.decode()
    assert titles(page) == ["进展2", "进展0", "进展1"]
    assert ["这件事的都标为已读" in page, ">T-1</h2>" in page, "，未读 3 条" in page] == [True] * 3
    assert client.get("/me/messages/matter/read/").status_code == 405
    client.post("/me/messages/matter/read/", about)
    assert list(Message.objects.filter(read_at=None, recipient=resident).values_list("event", flat=True)) == ["e1"]
    assert Message.objects.filter(read_at=None, recipient=resident2).count() == 3
    narrowed = client.get("/me/messages/?unread=1").content.decode()
    assert titles(narrowed) == ["进展1"]


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
    client.post("/me/messages/settings/", {"email-proposal": "daily", "email-invented": "none", "hour": "20"})
    rows = Preference.objects.values_list("user", "kind", "channel", "frequency")
    assert list(rows.all()) == [(resident.pk, "proposal", "email", "daily")]
    assert resident.digest_hour.hour == 20
    client.post("/me/messages/settings/", {"email-proposal": "immediate", "sms-proposal": "none"})
    assert sorted(rows.all()) == [
        (resident.pk, "proposal", "email", "immediate"),
        (resident.pk, "proposal", "sms", "none"),
    ]
    assert client.post("/me/messages/settings/", {"email-proposal": "hourly", "hour": "24"}).status_code == 200
    assert rows.count() == 2


def test_the_summary_as_such_can_be_refused_and_wanted_again(client, person, proposal_kind):
    resident = person("resident", email="a@b.cn")
    client.force_login(resident)
    seen = []
    for number, wish in enumerate(["no", "yes"]):
        client.post("/me/messages/settings/", {"digests": wish, "email-proposal": "daily"})
        tell(resident, number)
        seen.append(Delivery.objects.filter(channel="digest").count())
    assert seen == [0, 1]


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
    assert sorted(Preference.objects.values_list("user", "kind", "channel", "frequency")) == [
        (resident.pk, "proposal", channel, "none") for channel in ("email", "sms")
    ]


def test_all_messages_can_be_refused_by_the_same_link_and_one_taken_up_again(client, person, proposal_kind):
    resident = person("resident", email="a@b.cn")
    set_preference(user=resident, kind="proposal", channel="email", frequency="immediate")
    address = reverse("outbox:unsubscribe", args=[unsubscribe_token(resident, "thing")])
    assert "今后不再用邮件、短信给您发送消息" in client.post(address, {"all": "1"}).content.decode()
    tell(resident, 1)
    assert Delivery.objects.exclude(channel="site").count() == 0
    set_preference(user=resident, kind="proposal", channel="email", frequency="immediate")
    tell(resident, 2)
    assert [each.message.title for each in Delivery.objects.filter(channel="email")] == ["进展2"]
    assert Message.objects.count() == 2


def test_refusing_all_leaves_ones_duties_alone(person):
    clerk = person("clerk", email="a@b.cn")
    unsubscribe(user=clerk, kind="")
    registry.register_kind("duty", "本站的事", is_listed=False)
    queue_messages(event="e", kind="duty", recipients=[clerk], title="待办")
    registry.kinds.pop("duty")
    assert Delivery.objects.filter(channel="email").count() == 1


def test_every_mail_can_be_ended_with_one_click(client, person, proposal_kind):
    """The summary's click ends summaries only."""
    resident = person("resident", email="a@b.cn")
    set_preference(user=resident, kind="proposal", channel="email", frequency="daily")
    with time_machine.travel("2026-03-10T10:00:00+08:00"):
        tell(resident)
    with time_machine.travel("2026-03-11T08:01:00+08:00"):
        deliver_due()
        [letter] = mail.outbox
        assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        address = letter.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")
        client.handler.enforce_csrf_checks = True
        assert "每日汇总" in client.get(address).content.decode()
        assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert list(Preference.objects.values_list("kind", "channel", "frequency").order_by("-kind")) == [
        ("proposal", "email", "daily"),
        ("@digest", "email", "none"),
    ]


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

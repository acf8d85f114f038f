from portal.outbox.models import Delivery, Message, NoticeTask
from portal.outbox.services import queue_messages, unsubscribe


def tell(*people, event="proposal:JY-1:published", **given):
    return queue_messages(event=event, kind="proposal", recipients=people, title="您的建议已公开", **given)


def ways(user):
    return sorted(Delivery.objects.filter(message__recipient=user).values_list("channel", "state"))


def test_one_event_is_one_message_per_person(person):
    resident, resident2 = person("resident"), person("resident2")
    assert [tell(resident, resident), tell(resident, resident2), tell(resident, resident2)] == [1, 1, 0]
    assert Message.objects.count() == 2
    assert ways(resident) == [("site", "sent")]


def test_each_person_is_told_by_the_way_that_reaches_them(person):
    resident, resident2, member = person("resident", email="a@b.cn"), person("resident2", mobile="13"), person("member")
    tell(resident, resident2, member)
    assert [ways(resident), ways(resident2), ways(member)] == [
        [("email", "queued"), ("site", "sent")],
        [("site", "sent"), ("sms", "queued")],
        [("site", "sent")],
    ]


def test_who_cannot_be_reached_becomes_a_task_for_staff(person):
    resident = person("resident", in_person=True, name="张三", telephone="0731-58000000")
    tell(resident, body="三天内上门查看。", subject_kind="proposal", subject_key="JY-430381001-2026-000123")
    task = NoticeTask.objects.get()
    assert (task.state, task.delivery.message.recipient) == ("open", resident)
    assert task.script.splitlines()[0] == "您的建议已公开"
    assert "三天内上门查看。" in task.script
    assert "编号：JY-430381001-2026-000123" in task.script
    assert "张三" not in task.script


def test_a_kind_switched_off_stays_on_the_site_only(person):
    resident = person("resident", email="a@b.cn")
    unsubscribe(user=resident, kind="proposal")
    tell(resident)
    assert ways(resident) == [("site", "sent")]


def test_without_mail_configured_nothing_waits_for_it(person, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", ""
    resident = person("resident", email="a@b.cn")
    tell(resident)
    assert ways(resident) == [("site", "sent")]


def test_a_cancelled_account_is_not_told(person):
    resident = person("resident")
    resident.is_active = False
    assert tell(resident) == 0
    assert Message.objects.count() == 0


def test_telling_many_takes_a_constant_number_of_queries(person, django_assert_num_queries, contacts):
    few, many = [person(f"resident{n}", email="a@b.cn") for n in range(3)], []
    with django_assert_num_queries(6):
        tell(*few)
    many = [person(f"member{n}", email="a@b.cn") for n in range(40)]
    with django_assert_num_queries(6):
        tell(*many)

from django.db import connections

from portal.follows.models import Follow
from portal.follows.services import follow
from portal.outbox.models import Delivery, Message
from portal.outbox.services import queue_messages
from tests.races.harness import at_once


def test_parallel_tellings_of_one_event_are_one_message_per_person(transactional_db, django_user_model):
    people = [django_user_model.objects.create_user(f"resident{n}", f"r{n}@b.cn") for n in range(10)]

    def tell(order):
        try:
            return queue_messages(event="e", kind="k", recipients=order, title="已公开")
        finally:
            connections.close_all()

    orders = [people, people[::-1], people[5:] + people[:5], people[::2] + people[1::2]] * 4
    told = at_once([lambda order=order: tell(order) for order in orders])
    assert sum(told) == len(people)
    assert Message.objects.count() == len(people)
    assert Delivery.objects.filter(channel="email").count() == len(people)
    assert Delivery.objects.filter(channel="site").count() == len(people)


def test_parallel_follows_are_one_row(transactional_db, django_user_model):
    resident = django_user_model.objects.create_user("resident")

    def press():
        try:
            return follow(user=resident, subject_kind="thing", subject_key="1")
        finally:
            connections.close_all()

    assert sorted(at_once([press] * 10)) == [False] * 9 + [True]
    assert Follow.objects.count() == 1

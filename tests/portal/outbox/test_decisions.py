import pytest

from portal.outbox.models import Delivery, NoticeTask
from portal.outbox.services import queue_messages, record_notice_try
from portal.outbox.services.decisions import NotOpen


@pytest.fixture
def task(person):
    queue_messages(event="e", kind="k", recipients=[person("resident", in_person=True)], title="已受理")
    return NoticeTask.objects.get()


@pytest.mark.parametrize(
    ("results", "state", "delivery_state"),
    [
        (["told"], "told", "sent"),
        (["absent"], "second_try", "queued"),
        (["absent", "told"], "told", "sent"),
        (["wrong_address", "absent"], "unreached", "failed"),
        (["declined"], "unreached", "failed"),
    ],
)
def test_somebody_is_tried_twice_at_most(task, person, results, state, delivery_state):
    community = person("community")
    for result in results:
        record_notice_try(task=task, way="phone", result=result, by=community)
    task.refresh_from_db()
    assert (task.state, Delivery.objects.get(channel="visit").state) == (state, delivery_state)
    assert [(each.order, each.result) for each in task.tries.all()] == list(enumerate(results, start=1))


def test_a_finished_task_takes_no_more_tries(task, person):
    community = person("community")
    record_notice_try(task=task, way="door", result="told", by=community)
    with pytest.raises(NotOpen):
        record_notice_try(task=task, way="phone", result="told", by=community)

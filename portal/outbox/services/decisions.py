"""What staff decide and report: uncertain deliveries, and people told in person."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.trail.services import record

from ..models import Delivery, NoticeTask, NoticeTry
from ..states import DECISIONS, TRIES, Decision, DeliveryState, NoticeResult, NoticeTaskState


class NotOpen(Exception):
    """Somebody else decided first, or the thing is not in a state that can be decided."""


def decide_delivery(*, delivery: Delivery, decision: str, by: Any, reason: str) -> Delivery:
    """Say what became of an uncertain or failed delivery; sending again keeps its Message-ID.

    The lines of a daily summary are one letter: they are decided together.
    """
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
        old = delivery.state
        new = DECISIONS.get((DeliveryState(old), Decision(decision)))
        if new is None:
            raise NotOpen(old)
        delivery.state, delivery.problem, delivery.claim = new.value, reason[:300], ""
        if new is DeliveryState.QUEUED:
            delivery.due_at, delivery.finished_at, delivery.attempts = timezone.now(), None, 0
        else:
            delivery.finished_at = timezone.now()
        delivery.save()
        if delivery.digest_id is not None:
            fields = ["state", "problem", "claim", "due_at", "finished_at", "attempts"]
            Delivery.objects.filter(digest=delivery.digest_id, state=old).update(
                **{field: getattr(delivery, field) for field in fields}
            )
        record(
            subject_kind="delivery",
            subject_key=str(delivery.pk),
            verb=str(Decision(decision)),
            actor=by,
            from_state=old,
            to_state=new.value,
            reason=reason,
        )
    return delivery


def record_notice_try(*, task: NoticeTask, way: str, result: str, by: Any, note: str = "") -> NoticeTask:
    """One phone call or visit. Whoever is not reached is tried once more; a second failure ends it."""
    with transaction.atomic():
        task = NoticeTask.objects.select_for_update().get(pk=task.pk)
        old = task.state
        new = TRIES.get((NoticeTaskState(old), NoticeResult(result)))
        if new is None:
            raise NotOpen(old)
        order = 1 if old == NoticeTaskState.OPEN else 2
        now = timezone.now()
        NoticeTry.objects.create(task=task, order=order, way=way, result=result, note=note, by=by, at=now)
        task.state = new.value
        task.save(update_fields=["state"])
        ends = {NoticeTaskState.TOLD: DeliveryState.SENT, NoticeTaskState.UNREACHED: DeliveryState.FAILED}
        delivery = {"attempts": order, "claimed_at": now}
        if new in ends:
            delivery |= {"state": ends[new].value, "finished_at": now}
        Delivery.objects.filter(pk=task.delivery_id).update(**delivery)
        record(
            subject_kind="notice_task",
            subject_key=str(task.pk),
            verb=f"{way}_{result}",
            actor=by,
            from_state=old,
            to_state=new.value,
        )
    return task

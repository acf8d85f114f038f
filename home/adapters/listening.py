"""Wagtail tells of a review by signals only; here they reach our services."""

from typing import Any

from wagtail.signals import (
    page_published,
    task_approved,
    task_rejected,
    task_submitted,
    workflow_approved,
)


def _published(instance: Any, **kwargs: Any) -> None:
    from ..services import note_publication

    note_publication(page=instance)


def _submitted(instance: Any, **kwargs: Any) -> None:
    from ..services import note_submission

    note_submission(task_state=instance)


def _approved(instance: Any, user: Any, **kwargs: Any) -> None:
    from ..services import note_decision

    note_decision(task_state=instance, verb="page_reviewed", user=user)


def _rejected(instance: Any, user: Any, **kwargs: Any) -> None:
    from ..services import note_decision

    note_decision(task_state=instance, verb="page_returned", user=user)


def _passed(instance: Any, **kwargs: Any) -> None:
    from ..services import note_passing

    note_passing(workflow_state=instance)


def listen() -> None:
    for signal, receiver in (
        (page_published, _published),
        (task_submitted, _submitted),
        (task_approved, _approved),
        (task_rejected, _rejected),
        (workflow_approved, _passed),
    ):
        signal.connect(receiver, dispatch_uid=f"home{receiver.__name__}")

"""What owners and staff do with a thread: open, suspend, set its last day, close it with a summary."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from participation.moderation.services import require_reason
from portal.follows.models import Follow
from portal.follows.services import follow
from portal.jurisdictions.models import Division
from portal.trail.services import record
from portal.wording.services import mask

from .. import notifications
from ..models import Thread
from ..permissions import user_can_keep_thread
from ..rules import SUMMARY_LENGTH
from ..selectors import THREAD_KIND
from ..states import ThreadState
from .moves import locked_thread


def open_thread(*, subject_kind: str, subject_key: str, division: Division, followers: Iterable[Any] = ()) -> Thread:
    """The thread of a subject, made once. `followers` (the authors of the matter) hear of official answers."""
    thread, is_new = Thread.objects.get_or_create(
        subject_kind=subject_kind, subject_key=subject_key, defaults={"division": division}
    )
    if is_new:
        for user in followers:
            follow(user=user, subject_kind=THREAD_KIND, subject_key=thread.key, frequency=Follow.Frequency.IMMEDIATE)
    return thread


def keep_thread(*, thread: Thread, division: Division, is_suspended: bool) -> None:
    """As its owner stands now: whether comments are taken, and where it belongs."""
    Thread.objects.filter(pk=thread.pk).exclude(division=division, is_suspended=is_suspended).update(
        division=division, is_suspended=is_suspended
    )


def _for_keeper(thread: Thread, by: Any) -> Thread:
    row = locked_thread(thread)
    if not user_can_keep_thread(by, row):
        raise PermissionDenied
    return row


def _record(thread: Thread, verb: str, by: Any, **detail: Any) -> int:
    entry = record(
        subject_kind=THREAD_KIND,
        subject_key=thread.key,
        verb=verb,
        actor=by,
        capacity="moderator",
        to_state=thread.state,
        detail={"kind": thread.subject_kind, "key": thread.subject_key, **detail},
    )
    return int(entry.pk)


@transaction.atomic
def set_last_day(*, thread: Thread, by: Any, closes_on: date | None) -> Thread:
    """讨论截止日期; the day itself still counts. None: without an end."""
    row = _for_keeper(thread, by)
    if row.is_closed:
        raise Refused(_("讨论已经结束。"))
    if closes_on is not None and closes_on < timezone.localdate():
        raise Refused(_("截止日期不能早于今天。"))
    before, row.closes_on = row.closes_on, closes_on
    row.save(update_fields=["closes_on"])
    _record(row, "set_last_day", by, before=str(before or ""), after=str(closes_on or ""))
    return row


@transaction.atomic
def set_summary_hidden(*, key: str, is_hidden: bool, text: str) -> None:
    """After a report, by the reviewers' verbs. The words leave the public row, and come back as they were."""
    row = locked_thread(Thread.objects.get(pk=key))
    row.is_summary_hidden, row.summary = is_hidden, "" if is_hidden else text
    row.save(update_fields=["is_summary_hidden", "summary"])


@transaction.atomic
def close_thread(*, thread: Thread, by: Any, summary: str) -> Thread:
    """结束讨论, with the 小结 that everybody reads first from then on; final."""
    row = _for_keeper(thread, by)
    if row.is_closed:
        raise Refused(_("讨论已经结束。"))
    summary = mask(require_reason(summary, _("请先写小结，再结束讨论。"))).text
    if len(summary) > SUMMARY_LENGTH:
        raise Refused(_("小结最多%d字。") % SUMMARY_LENGTH)
    row.state, row.summary = ThreadState.CLOSED, summary
    row.closed_at, row.closed_by = timezone.now(), by
    row.save(update_fields=["state", "summary", "closed_at", "closed_by"])
    notifications.thread_closed(row, _record(row, "close", by))
    return row

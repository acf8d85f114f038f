"""Who is told what of reports and appeals. The words are in templates/emails/moderation/, the first line the title."""

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from portal.accounts.selectors import users_with_role
from portal.outbox.services import queue_messages

from .models import Appeal, Report, Review
from .registry import owner_of

KIND_READER = "own_report"
KIND_AUTHOR = "own_appeal"
KIND_STAFF = "moderation_duty"


def _tell(
    event: str, review: Review, *, key: str, kind: str, recipients: Iterable[Any], url: str = "", **facts: Any
) -> None:
    owner = owner_of(review.kind)
    context = {"label": owner.label, "number": review.subject_key, **facts}
    title, _newline, body = render_to_string(f"emails/moderation/{event}.txt", context).strip().partition("\n")
    queue_messages(
        event=key,
        kind=kind,
        recipients=recipients,
        title=title.strip(),
        body=body.strip(),
        url=url,
        subject_kind=owner.subject_kind,
        subject_key=review.subject_key,
    )


def _directors(review: Review) -> list[Any]:
    """The director of the place; the committee where there is none."""
    found = list(users_with_role("director", review.division))
    return found or list(users_with_role("committee", review.division))


def report_decided(review: Review, readers: Iterable[Any], entry: int, *, is_upheld: bool, answer: str) -> None:
    key = f"report:{review.pk}:{entry}"
    _tell("report_decided", review, key=key, kind=KIND_READER, recipients=readers, is_upheld=is_upheld, answer=answer)


def part_moved(event: str, review: Review, entry: int, *, kind: str, title: str, reason: str = "") -> None:
    """To the author of a photo or a summary: part_hidden, part_restored."""
    if review.author is None:
        return
    key, url = f"part:{review.pk}:{entry}", reverse("moderation:appeals")
    _tell(event, review, key=key, kind=kind, recipients=[review.author], url=url, title=title, reason=reason)


def appeal_received(appeal: Appeal) -> None:
    """To those who may answer it: the director, never the one who decided."""
    people = [user for user in _directors(appeal.review) if user.pk != appeal.decided_first_by_id]
    url = reverse("appeals:detail", args=[appeal.pk])
    key = f"appeal:{appeal.pk}:received"
    _tell("appeal_received", appeal.review, key=key, kind=KIND_STAFF, recipients=people, url=url, due=appeal.due_on)


def appeal_answered(appeal: Appeal, entry: int) -> None:
    facts = {"is_granted": appeal.state == "granted", "answer": appeal.answer, "against": appeal.against}
    key, url = f"appeal:{appeal.pk}:{entry}", reverse("moderation:appeals")
    _tell("appeal_answered", appeal.review, key=key, kind=KIND_AUTHOR, recipients=[appeal.author], url=url, **facts)


def confirmation_late(review: Review) -> None:
    key = f"review:{review.pk}:confirm:{review.decided_at}"
    people = [user for user in _directors(review) if user.pk != review.decided_by_id]
    url = reverse("reviews:review", args=[review.pk])
    _tell("confirmation_late", review, key=key, kind=KIND_STAFF, recipients=people, url=url)


def report_late(report: Report) -> None:
    url = reverse("reports:detail", args=[report.review_id])
    people, key = _directors(report.review), f"report:{report.pk}:late"
    _tell("report_late", report.review, key=key, kind=KIND_STAFF, recipients=people, url=url, due=report.due_on)


def appeal_late(appeal: Appeal) -> None:
    url = reverse("appeals:detail", args=[appeal.pk])
    people, key = _directors(appeal.review), f"appeal:{appeal.pk}:late"
    _tell("appeal_late", appeal.review, key=key, kind=KIND_STAFF, recipients=people, url=url, due=appeal.due_on)

"""Who is told what of reports and appeals. The words are in templates/emails/moderation/, the first line the title."""

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from portal.accounts.selectors import users_with_role
from portal.outbox.services import queue_messages
from portal.wording.services import mask

from .models import Appeal, Report, Review
from .registry import owner_of
from .selectors import with_summaries
from .states import ReportState

KIND_READER = "own_report"
KIND_AUTHOR = "own_appeal"
KIND_STAFF = "moderation_duty"


def _tell(
    event: str, review: Review, *, key: str, kind: str, recipients: Iterable[Any], url: str = "", **facts: Any
) -> None:
    summary = with_summaries([review])[0].summary
    own = (owner_of(review.kind).subject_kind, review.subject_key)
    matter = summary.matter if summary and summary.matter[0] else own
    context = {"name": review.name, **facts}
    title, _newline, body = render_to_string(f"emails/moderation/{event}.txt", context).strip().partition("\n")
    queue_messages(
        event=key,
        kind=kind,
        recipients=recipients,
        title=title.strip(),
        body=body.strip(),
        url=url,
        subject_kind=matter[0],
        subject_key=matter[1],
    )


def _deciders(review: Review, *, but: int | None = None) -> list[Any]:
    """The directors of the place, or else the committee, or else the moderators; never the author, nor `but`, who took
    the step that another has to look at."""
    for role in ("director", "committee", "moderator"):
        people = [user for user in users_with_role(role, review.division) if user.pk not in {but, review.author_id}]
        if people:
            return people
    return []


def report_decided(review: Review, readers: Iterable[Any], entry: int, *, is_upheld: bool, answer: str) -> None:
    key = f"report:{review.pk}:{entry}"
    _tell("report_decided", review, key=key, kind=KIND_READER, recipients=readers, is_upheld=is_upheld, answer=answer)


def report_overturned(review: Review) -> None:
    """To readers whose report was upheld: another person looked at it and it is public again."""
    rows = Report.objects.filter(review=review, state=ReportState.UPHELD, reporter__isnull=False)
    readers = [row.reporter for row in rows.select_related("reporter")]
    reason, key = mask(review.reason).text, f"report:{review.pk}:restored:{review.decided_at}"
    _tell("report_overturned", review, key=key, kind=KIND_READER, recipients=readers, reason=reason)


def part_moved(event: str, review: Review, entry: int, *, kind: str, title: str, reason: str = "") -> None:
    """To the author of a photo or a summary: part_hidden, part_restored."""
    if review.author is None:
        return
    key, url = f"part:{review.pk}:{entry}", reverse("moderation:appeals")
    _tell(event, review, key=key, kind=kind, recipients=[review.author], url=url, title=title, reason=reason)


def appeal_received(appeal: Appeal) -> None:
    """To those who may answer it, never the one who decided."""
    people = _deciders(appeal.review, but=appeal.decided_first_by_id)
    url = reverse("appeals:detail", args=[appeal.pk])
    key = f"appeal:{appeal.pk}:received"
    _tell("appeal_received", appeal.review, key=key, kind=KIND_STAFF, recipients=people, url=url, due=appeal.due_on)


def appeal_answered(appeal: Appeal, entry: int) -> None:
    facts = {"is_granted": appeal.state == "granted", "answer": appeal.answer, "against": appeal.against}
    key, url = f"appeal:{appeal.pk}:{entry}", reverse("moderation:appeals")
    _tell("appeal_answered", appeal.review, key=key, kind=KIND_AUTHOR, recipients=[appeal.author], url=url, **facts)


def hiding_to_confirm(review: Review) -> None:
    """At once: the second person has one working day."""
    _ask_to_confirm("hiding_to_confirm", review, f"review:{review.pk}:hidden:{review.decided_at}")


def confirmation_late(review: Review) -> None:
    _ask_to_confirm("confirmation_late", review, f"review:{review.pk}:confirm:{review.decided_at}")


def _ask_to_confirm(event: str, review: Review, key: str) -> None:
    people, url = _deciders(review, but=review.decided_by_id), reverse("reviews:review", args=[review.pk])
    _tell(event, review, key=key, kind=KIND_STAFF, recipients=people, url=url)


def report_late(report: Report) -> None:
    url = reverse("reports:detail", args=[report.review_id])
    people, key = _deciders(report.review), f"report:{report.pk}:late"
    _tell("report_late", report.review, key=key, kind=KIND_STAFF, recipients=people, url=url, due=report.due_on)


def appeal_late(appeal: Appeal) -> None:
    url = reverse("appeals:detail", args=[appeal.pk])
    people, key = _deciders(appeal.review, but=appeal.decided_first_by_id), f"appeal:{appeal.pk}:late"
    _tell("appeal_late", appeal.review, key=key, kind=KIND_STAFF, recipients=people, url=url, due=appeal.due_on)

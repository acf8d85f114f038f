"""Reads for the queue: what this reviewer may see, with the owner's facts beside each review."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, DurationField, ExpressionWrapper, F, Min, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.permissions import roles_granted
from portal.accounts.selectors import divisions_of
from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import full_names
from portal.trail.selectors import history_of

from .models import Appeal, CommentClosure, Decision, Report, Review
from .querysets import ReviewQuerySet
from .registry import OwnerSummary, owner_of, owners
from .rules import DECIDE, VIEW, Refused, count_in_words, share_in_words
from .rules.screening import BURST_MINUTES, AuthorFacts
from .states import APPEALABLE, AppealState, ReportState, ReviewState, Verb

# what the trail says of any kind, in words
VERBS_OF_ALL = {
    "report": gettext_lazy("读者举报"),
    "decide_report": gettext_lazy("答复举报"),
    "appeal": gettext_lazy("作者申诉"),
    "answer_appeal": gettext_lazy("答复申诉"),
    "confirm_hiding": gettext_lazy("复核隐去"),
}
LONG_WAIT = timedelta(days=3)
MONTHS_SHOWN = 6
NOTE = "public_note"  # in `Review.outcome` of what was hidden


def scope_of(user: Any, permission: str) -> list[Division] | None:
    """The divisions in which the user holds the permission; None for a superuser: everywhere."""
    if not user.is_active:
        return []
    if user.is_superuser:
        return None
    roles = roles_granted(permission)
    divisions: list[Division] = divisions_of(user, *roles) if roles else []
    return divisions


def reviews_for(user: Any, permission: str = VIEW) -> ReviewQuerySet:
    """Every review in the user's scope, whatever its state; imports that rest unpublished are among them."""
    rows = Review.objects.select_related("division", "claimed_by", "decided_by")
    scope = scope_of(user, permission)
    return rows if scope is None else rows.in_divisions([division.path for division in scope])


def with_summaries(reviews: Iterable[Review]) -> list[Review]:
    """The rows with `.summary` (OwnerSummary or None) set; one resolver call per kind."""
    rows = list(reviews)
    found: dict[int, OwnerSummary] = {}
    for kind, owner in owners().items():
        mine = [row for row in rows if row.kind == kind]
        if mine:
            found.update(owner.resolve(mine))
    for row in rows:
        row.summary = found.get(row.pk)
    return rows


@dataclass(frozen=True)
class Step:
    """One line of a review's history."""

    at: datetime
    actor: str
    verb: str
    from_state: str
    to_state: str
    reason: str


def history(review: Review) -> list[Step]:
    """From the trail, oldest first, with the names of those who acted; two queries."""
    owner = owner_of(review.kind)
    words = {**VERBS_OF_ALL, **owner.verb_labels}
    entries = history_of(owner.subject_kind, review.subject_key)
    people = get_user_model().objects.filter(trail_id__in={entry.actor for entry in entries})
    names = {person.trail_id: person.get_full_name() for person in people}
    return [
        Step(
            at=entry.at,
            actor=names.get(entry.actor, ""),
            verb=str(words.get(entry.verb, entry.verb)),
            from_state=entry.from_state,
            to_state=entry.to_state,
            reason=entry.reason,
        )
        for entry in entries
    ]


@dataclass(frozen=True)
class QueueCounts:
    waiting: int
    mine: int
    long_waiting: int
    to_confirm: int
    reports: int
    appeals: int


def queue_counts(user: Any) -> QueueCounts:
    """For the home panel."""
    waiting = reviews_for(user, DECIDE).waiting()
    return QueueCounts(
        waiting=waiting.count(),
        mine=waiting.filter(claimed_by=user).count(),
        long_waiting=waiting.filter(submitted_at__lt=timezone.now() - LONG_WAIT).count(),
        to_confirm=reviews_for(user, DECIDE).to_confirm().exclude(decided_by=user).count(),
        reports=reported_in(scope_of(user, DECIDE)).count(),
        appeals=appeals_in(scope_of(user, DECIDE)).exclude(decided_first_by=user).count(),
    )


def transfer_targets(review: Review) -> list[tuple[str, list[tuple[int, str]]]]:
    """Subdistricts and townships of the same city, grouped by county, for a select."""
    city = "/".join(review.division.path.split("/")[:2]) + "/"
    levels = [Division.Level.SUBDISTRICT, Division.Level.TOWNSHIP]
    rows = list(
        Division.objects.filter(path__startswith=city, level__in=levels)
        .exclude(pk=review.division_id)
        .select_related("parent")
        .order_by("path")
    )
    groups: dict[str, list[tuple[int, str]]] = {}
    for row in rows:
        groups.setdefault(str(row.parent), []).append((row.pk, row.name))
    return list(groups.items())


def division_names(reviews: Iterable[Review]) -> dict[int, str]:
    return full_names({review.division for review in reviews})


def is_public(review: Review) -> bool:
    """Whether its text stands on a public page now: what can be reported."""
    summary = owner_of(review.kind).resolve([review]).get(review.pk)
    return review.state == ReviewState.PUBLISHED and summary is not None and bool(summary.public_url)


def review_of_subject(subject_kind: str, subject_key: str) -> Review | None:
    """The review of a subject as the trail names it; None for a kind that nobody reviews.

    Not stored yet for a photo or a summary that nobody has reported: `services.report` stores it.
    """
    kinds = {kind: owner for kind, owner in owners().items() if owner.subject_kind == subject_kind}
    rows = Review.objects.select_related("division").filter(kind__in=kinds, subject_key=subject_key)
    if (found := rows.first()) is not None:
        return found
    for owner in kinds.values():
        if owner.unreviewed is not None:
            return owner.unreviewed(subject_key)
    return None


def hidden_notes(kind: str, keys: Iterable[Any]) -> dict[str, str]:
    """By key, of what a reviewer hid: the note for the public ("" without one). One query, none without keys."""
    wanted = [str(key) for key in keys]
    if not wanted:
        return {}
    rows = Review.objects.filter(kind=kind, subject_key__in=wanted, state=ReviewState.HIDDEN)
    return {key: str(outcome.get(NOTE, "")) for key, outcome in rows.values_list("subject_key", "outcome")}


def require_not_hidden(kind: str, key: Any) -> None:
    """Refused where a reviewer hid it: only a second person's verb or an appeal shows it again."""
    if hidden_notes(kind, [key]):
        raise Refused(_("已经隐去，须由另一人在审核件中恢复公开。"))


def is_decided_against(user: Any, review: Review) -> bool:
    """One's own text, decided in a way that its author may object to; no query."""
    return user.pk is not None and review.author_id == user.pk and review.state in APPEALABLE


def appealed(reviews: Iterable[Review]) -> set[int]:
    """Keys of those whose decision as it stands was appealed against, answered or not; one query."""
    decided = {row.pk: row.decided_at for row in reviews}
    rows = Appeal.objects.filter(review__in=decided).values_list("review_id", "decided_first_at")
    return {key for key, decided_first_at in rows if decided[key] == decided_first_at}


def mark_appealed(user: Any, reviews: Iterable[Review]) -> None:
    """Set `.is_appealed` of a list's rows for `{% appeal_link %}`; one query where something was decided against."""
    rows = list(reviews)
    decided = [row for row in rows if is_decided_against(user, row)]
    found = appealed(decided) if decided else set()
    for row in rows:
        row.is_appealed = row.pk in found


def may_appeal(user: Any, review: Review) -> bool:
    """One's own, returned, refused or hidden, of a kind that can be taken back, and not appealed against before."""
    if not is_decided_against(user, review):
        return False
    verb = Verb.RESTORE if review.state == ReviewState.HIDDEN else Verb.RECONSIDER
    if owner_of(review.kind).handler(verb) is None:
        return False
    return not appealed([review])


def appeals_of(user: Any) -> list[Appeal]:
    """One's own, the newest first; their reviews with summaries."""
    rows = list(Appeal.objects.filter(author=user).select_related("review").order_by("-pk"))
    with_summaries([row.review for row in rows])
    return rows


def appealable_of(user: Any) -> list[Review]:
    """One's own texts against whose treatment one may still appeal, the latest first."""
    rows = Review.objects.filter(author=user, state__in=APPEALABLE).order_by("-decided_at")
    return with_summaries(row for row in rows[:50] if may_appeal(user, row))


@dataclass(frozen=True)
class AuthorHistory:
    """What became of everything one account wrote: plain figures, no words."""

    total: int
    published: int
    returned: int
    rejected: int
    hidden: int
    reports_upheld: int
    first_at: datetime | None


def author_history(review: Review) -> AuthorHistory | None:
    """Of the author's other texts, wherever; two queries. None where no account wrote it."""
    if review.author_id is None:
        return None
    others = Review.objects.filter(author=review.author_id).exclude(pk=review.pk)
    states = Counter(dict(others.values_list("state").annotate(n=Count("pk")).order_by()))
    upheld = Report.objects.filter(review__author=review.author_id, state=ReportState.UPHELD).exclude(review=review)
    return AuthorHistory(
        total=sum(states.values()),
        published=states[ReviewState.PUBLISHED],
        returned=states[ReviewState.RETURNED],
        rejected=states[ReviewState.REJECTED] + states[ReviewState.DIVERTED],
        hidden=states[ReviewState.HIDDEN],
        reports_upheld=upheld.values("review").distinct().count(),
        first_at=others.order_by("submitted_at").values_list("submitted_at", flat=True).first(),
    )


RECENT_SHOWN = 5


def recent_of_author(review: Review, user: Any) -> list[Review]:
    """The author's latest other texts in this reviewer's scope; nothing confidential, on neither side of the link."""
    if review.author_id is None or review.is_confidential:
        return []
    rows = reviews_for(user).filter(author=review.author_id, is_confidential=False).exclude(pk=review.pk)
    return with_summaries(rows.order_by("-submitted_at", "-pk")[:RECENT_SHOWN])


def author_facts(user: Any, text: str, now: datetime) -> AuthorFacts:
    """For `rules.reasons_for_review`; two queries."""
    own = Review.objects.filter(author=user)
    recent = list(
        own.filter(submitted_at__gte=now - timedelta(days=1)).values_list("submitted_at", "original_body")[:100]
    )
    burst = now - timedelta(minutes=BURST_MINUTES)
    joined = user.date_joined or now
    return AuthorFacts(
        published=own.filter(state=ReviewState.PUBLISHED).count(),
        days_registered=(now - joined).days,
        recent=sum(at >= burst for at, _text in recent),
        repeats=sum(body.strip() == text.strip() for _at, body in recent),
    )


def comments_closed_for(division: Division, subject_kind: str = "", subject_key: str = "") -> CommentClosure | None:
    """The closure in force for a subject of `division`, the widest first: the site, a division above, the subject."""
    paths = [division.path[: place + 1] for place, char in enumerate(division.path) if char == "/"]
    rows = CommentClosure.objects.filter(lifted_at__isnull=True).filter(
        Q(division__isnull=True)
        | Q(division__path__in=paths, subject_kind="")
        | Q(subject_kind=subject_kind, subject_key=subject_key)
    )
    found: CommentClosure | None = rows.order_by(F("division").asc(nulls_first=True), "subject_kind", "pk").first()
    return found


def closures_in(scope: list[Division] | None) -> Any:
    """For staff: those of these divisions and below (None is everywhere), the ones in force first."""
    rows = CommentClosure.objects.select_related("division", "closed_by", "lifted_by")
    if scope is not None:
        near = Q(pk__in=[])
        for division in scope:
            near |= Q(division__path__startswith=division.path)
        rows = rows.filter(near | Q(division__isnull=True))
    return rows.order_by(F("lifted_at").desc(nulls_first=True), "-pk")


def reported_in(scope: list[Division] | None) -> Any:
    """Reviews with open reports, the earliest day first; with how many."""
    rows = Review.objects.filter(reports__state=ReportState.OPEN)
    rows = rows if scope is None else rows.in_divisions([division.path for division in scope])
    counted = rows.annotate(open_reports=Count("reports"), due_on=Min("reports__due_on"))
    return counted.select_related("division").order_by("due_on", "pk")


def appeals_in(scope: list[Division] | None) -> Any:
    """Open ones, the earliest day first."""
    rows = Appeal.objects.filter(state=AppealState.OPEN).select_related("review__division", "decided_first_by")
    if scope is not None:
        near = Q(pk__in=[])
        for division in scope:
            near |= Q(review__division__path__startswith=division.path)
        rows = rows.filter(near)
    return rows.order_by("due_on", "pk")


@dataclass(frozen=True)
class MonthFigures:
    """One month of decisions by people, as words: see `rules.count_in_words` and `share_in_words`."""

    month: date
    total: str
    within_a_day: str
    within_three_days: str
    returned: str
    refused: str
    hidden: str


def monthly_figures() -> list[MonthFigures]:
    """The last months, the latest first; one query. What was public without a reviewer has no decision."""
    since = (timezone.localdate().replace(day=1) - timedelta(days=31 * (MONTHS_SHOWN - 1))).replace(day=1)
    start = timezone.make_aware(datetime.combine(since, time.min))
    is_review = ~Q(state=ReviewState.HIDDEN)  # a hiding comes after the review, and says nothing of its time
    waited = ExpressionWrapper(F("decided_at") - F("submitted_at"), output_field=DurationField())
    rows = (
        Decision.objects.filter(decided_at__gte=start)
        .annotate(month=TruncMonth("decided_at"), waited=waited)
        .values("month")
        .annotate(
            total=Count("pk", filter=is_review),
            day=Count("pk", filter=is_review & Q(waited__lte=timedelta(days=1))),
            three=Count("pk", filter=is_review & Q(waited__lte=timedelta(days=3))),
            returned=Count("pk", filter=Q(state=ReviewState.RETURNED)),
            refused=Count("pk", filter=Q(state__in=[ReviewState.REJECTED, ReviewState.DIVERTED])),
            hidden=Count("pk", filter=Q(state=ReviewState.HIDDEN)),
        )
        .order_by("-month")
    )
    return [
        MonthFigures(
            month=row["month"].date(),
            total=count_in_words(row["total"]),
            within_a_day=share_in_words(row["day"], row["total"]),
            within_three_days=share_in_words(row["three"], row["total"]),
            returned=share_in_words(row["returned"], row["total"]),
            refused=share_in_words(row["refused"], row["total"]),
            hidden=count_in_words(row["hidden"]) if row["hidden"] else "0",
        )
        for row in rows
    ]


def commented_subject(key: str) -> tuple[str, str, Division] | None:
    """(kind, key, division) of a reviewed matter by its number as people write it."""
    parts = [kind for kind, owner in owners().items() if owner.unreviewed is not None]
    rows = Review.objects.select_related("division").filter(subject_key__iexact=key)
    row = rows.exclude(kind__in=["comment", *parts]).first()
    return None if row is None else (owner_of(row.kind).subject_kind, row.subject_key, row.division)

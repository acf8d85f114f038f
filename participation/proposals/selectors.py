"""Reads for pages, across tables; every function says how many queries it makes where that matters."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.search.backends import get_search_backend
from wagtail.search.query import PlainText

from portal.jurisdictions.models import Division
from portal.jurisdictions.selectors import term
from portal.lookup.registry import Found
from portal.lookup.selectors import current_query_code
from portal.trail.models import Entry
from portal.trail.subjects import Subject
from portal.workdays.rules import Calendar, DueDate, add_days
from portal.workdays.selectors import calendar

from .models import Proposal, Support
from .permissions import user_can_view_proposal
from .rules.similarity import likely_words, likeness
from .states import PUBLIC, Action, State

ENDED = frozenset({State.REJECTED, State.DIVERTED, State.NOT_ADOPTED, State.MERGED, State.WITHDRAWN, State.VOIDED})


def proposal_by_number(number: str) -> Proposal | None:
    return (
        Proposal.objects.select_related("division", "community", "review", "merged_into")
        .filter(number=number.strip().upper())
        .first()
    )


def promised_date(proposal: Proposal, days: Calendar | None = None) -> DueDate | None:
    """本站承诺办理时限, counted from the day of submission; None where the division promises none or nothing is due.

    Never a legal limit, so nothing turns red by it. Pass `days` (a calendar taken once) for lists.
    """
    if proposal.is_imported or proposal.state in ENDED:
        return None
    promise = term(proposal.division, "resident_promise_days")
    if not promise:
        return None
    return add_days(timezone.localdate(proposal.submitted_at), int(promise), days or calendar())


def code_of(proposal: Proposal) -> str:
    """The six-digit query code of the slip; computed, never stored."""
    return current_query_code(proposal.number)


def supported_ids(user: Any, proposals: Iterable[Proposal]) -> set[int]:
    """Which of these the user supports: one query for a page."""
    if not user.is_authenticated:
        return set()
    keys = [proposal.pk for proposal in proposals]
    return set(Support.objects.filter(user=user, proposal__in=keys).values_list("proposal_id", flat=True))


def similar_proposals(text: str, division: Division | None = None, *, limit: int = 5) -> list[Proposal]:
    """At most `limit` readable proposals about the same matter, the likest first. Two queries at most.

    The search index proposes candidates by a few telling words, the pure rule ranks them.
    """
    words = likely_words(text)
    if not words:
        return []
    rows = Proposal.objects.readable().select_related("division", "community")
    if division is not None:
        county = division.path if division.level == Division.Level.COUNTY else _county_path(division)
        rows = rows.filter(division__path__startswith=county)
    candidates = _candidates(rows, words)
    ranked = sorted(((likeness(text, f"{row.title} {row.body[:300]}"), row) for row in candidates), key=_by_score)
    return [row for score, row in ranked[:limit] if score >= 0.12]


def _by_score(pair: tuple[float, Proposal]) -> tuple[float, int]:
    return (-pair[0], -pair[1].pk)


def _county_path(division: Division) -> str:
    """The same county: a matter in the next subdistrict is still the same matter."""
    parts = division.path.rstrip("/").split("/")
    return "/".join(parts[:3]) + "/"


def _candidates(rows: Any, words: list[str]) -> list[Proposal]:
    query = PlainText(" ".join(words), operator="or")
    return list(get_search_backend().search(query, rows, order_by_relevance=True)[:60])


def counts_by_state(division: Division | None = None) -> dict[str, int]:
    """Public figures; confidential ones are counted (decisions.md 18), hidden ones are not."""
    rows = Proposal.objects.public().filter(state__in=PUBLIC)
    if division is not None:
        rows = rows.in_division(division)
    return dict(rows.order_by().values_list("state").annotate(Count("pk")))


def proposals_of(user: Any) -> Any:
    """The user's own, newest first, whatever their state."""
    return Proposal.objects.of_author(user).select_related("division", "community", "review").order_by("-submitted_at")


# verb of the trail -> (words on the public page, kind of the timeline's mark)
PUBLIC_VERBS = {
    Action.SUBMIT: (_("已受理"), ""),
    Action.IMPORT: (_("历史留言导入"), ""),
    Action.PUBLISH: (_("审核通过，公开"), "ok"),
    Action.PUBLISH_IMPORT: (_("公开"), "ok"),
    Action.START_SCREENING: (_("开始筛选研判"), ""),
    Action.ADOPT: (_("采纳"), "official"),
    Action.DECLINE: (_("未采纳"), "official"),
    Action.MERGE: (_("并案办理"), ""),
    Action.TRANSFER: (_("转交其他街道（乡镇）"), ""),
    Action.WITHDRAW: (_("建议人撤回"), ""),
    Action.HIDE: (_("隐去公开内容"), "due"),
    Action.RESTORE: (_("恢复公开"), "ok"),
    Action.RECEIVE_IMPORTED_REPLY: (_("补充导入答复"), "ok"),
}
# only the holder learns these
HOLDER_VERBS = {
    Action.TAKE: (_("开始审核"), ""),
    Action.RETURN: (_("退回补正"), "due"),
    Action.RESUBMIT: (_("补正后重新提交"), ""),
    Action.REJECT: (_("不予公开"), "late"),
    Action.DIVERT: (_("告知其他渠道"), "due"),
    Action.VOID: (_("作废"), ""),
}
_REASON_IS_PUBLIC = {Action.ADOPT, Action.DECLINE, Action.TRANSFER}
_CAPACITIES = {
    "author": _("建议人"),
    "staff": _("工作人员代填"),
    "reviewer": _("审核人员"),
    "committee": _("人大街道工委"),
    "system": _("系统"),
}


def public_timeline(proposal: Proposal, *, is_holder: bool) -> list[dict[str, Any]]:
    """What happened, oldest first, one query. A reason shows where it is public, or to whoever holds the matter."""
    shown = {**PUBLIC_VERBS, **(HOLDER_VERBS if is_holder else {})}
    entries = Entry.objects.filter(subject_kind="proposal", subject_key=proposal.number, verb__in=list(shown))
    timeline = []
    for entry in entries.order_by("id"):
        title, kind = shown[Action(entry.verb)]
        has_reason = not proposal.is_confidential and entry.verb in _REASON_IS_PUBLIC
        timeline.append(
            {
                "when": entry.at,
                "title": title,
                "kind": kind,
                "actor": _CAPACITIES.get(entry.capacity, ""),
                "body": entry.reason if has_reason or is_holder else "",
            }
        )
    return timeline


def own_panel(request: Any) -> dict[str, Any]:
    """The latest of one's own, for `/me/`."""
    return {"rows": list(proposals_of(request.user)[:3])}


def found_by_slip(*, number: str = "", last_six: str = "", limit: int = 2) -> list[Found]:
    """For `/lookup/`: whoever holds number and code sees the page of the matter, public or not. One query."""
    rows = Proposal.objects.select_related("division")
    rows = rows.filter(number=number) if number else rows.filter(number__endswith=last_six)[:limit]
    return [Found(row.number, row.get_absolute_url(), row.division) for row in rows]


def subjects(keys: list[str]) -> dict[str, Subject]:
    """For the trail, follows and outbox: one query for all keys."""
    rows = Proposal.objects.filter(number__in=keys).select_related("division")
    return {row.number: _subject(row) for row in rows}


def _subject(row: Proposal) -> Subject:
    def visible_to(user: Any) -> bool:
        return user_can_view_proposal(user, row)

    return Subject(
        kind="proposal",
        key=row.number,
        title=row.display_title,
        url=row.get_absolute_url(),
        visible_to=visible_to,
    )

"""What becomes of a record: answered at the table, opened in the ledger or as a proposal, shown the right address."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from liaison_stations.deputies.models import Deputy
from participation.ledger.models import Party, Source
from participation.ledger.services import NewItem, NewParty, open_item
from participation.moderation.rules import Refused
from participation.proposals.models import Channel
from participation.proposals.services import enter_for_resident
from portal.follows.services import follow
from portal.trail.services import record as record_step
from portal.wording.selectors import word_hits
from portal.wording.services import mask

from .. import notifications
from ..models import ReceptionRecord
from ..permissions import user_can_view_records
from ..rules.diversion import CHANNELS
from ..rules.naming import ANSWER_LENGTH, SAID_LENGTH, TITLE_LENGTH
from ..rules.recording import names_the_visitor, words_never_said
from ..states import Action
from .checking import checked_community, checked_deputies, checked_said
from .moves import SUBJECT_KIND, move, opened_for, words


@transaction.atomic
def answer_on_the_spot(*, record: ReceptionRecord, by: Any, answer: str) -> ReceptionRecord:
    """当场答复, with the words that were said. Nobody says 已解决 at the table (代表法 31)."""
    row = opened_for(record, by, Action.ANSWER)
    answer = words(answer, ANSWER_LENGTH, _("请写明当场答复的内容。"))
    if found := words_never_said(answer):
        raise Refused(_("代表答复写已反映、已转办或者当场说明的内容，不写“%s”。") % found[0])
    move(row, Action.ANSWER, by=by, answer=answer)
    notifications.answered(row)
    return row


@transaction.atomic
def open_as_item(
    *, record: ReceptionRecord, by: Any, title: str, summary: str = "", confidential_reason: str = ""
) -> ReceptionRecord:
    """转入台账: source 代表接待. `title` and `summary` are what the public reads, the visitor's own words stay here.

    The visitor becomes a party and hears of the outcome; deputies with an account follow the item. With a reason it is
    a confidential item, whose title and text nobody reads.
    """
    row = opened_for(record, by, Action.OPEN_ITEM)
    title = _for_the_public(row, words(title, TITLE_LENGTH, _("请填写台账事项的公开标题。")))
    summary = _for_the_public(row, summary.strip()) if summary.strip() else ""
    if len(summary) > SAID_LENGTH:
        raise Refused(_("不能超过%d字。") % SAID_LENGTH)
    party = NewParty(
        user=row.user, name="" if row.user else row.name, phone="" if row.user else row.phone,
        capacity=Party.Capacity.VISITOR.value, added_by=by,
    )  # fmt: skip
    reason = confidential_reason.strip()
    new = NewItem(
        source=Source.RECEPTION.value, source_kind=SUBJECT_KIND, source_key=row.number, division=row.division,
        community=row.community, title=title, summary=summary, raised_on=row.session.date,
        is_confidential=bool(reason), confidential_reason=reason[:200], parties=(party,),
    )  # fmt: skip
    item = open_item(new=new, by=by)
    move(row, Action.OPEN_ITEM, by=by, item=item, detail={"item": item.reference})
    if not item.is_confidential:
        _followed_by_deputies(row, "ledger_item", item.reference)
    notifications.handed_over(row)
    return row


@transaction.atomic
def open_as_proposal(*, record: ReceptionRecord, by: Any, body: str = "", title: str = "") -> ReceptionRecord:
    """作为居民建议提出, for the visitor: from here on it is reviewed, masked and handled as any proposal is."""
    row = opened_for(record, by, Action.PROPOSE)
    done = enter_for_resident(
        by=by, form_key=f"reception-{row.number}", division=row.division, body=(body.strip() or row.said),
        title=title.strip(), channel=Channel.WALK_IN.value, community=row.community, author=row.user,
        name=row.name, phone="" if row.user else row.phone, category_group=row.category_group,
        received_on=row.session.date,
    )  # fmt: skip
    proposal = done.proposal
    move(row, Action.PROPOSE, by=by, proposal=proposal, detail={"proposal": proposal.number})
    _followed_by_deputies(row, "proposal", proposal.number)
    notifications.handed_over(row)
    return row


@transaction.atomic
def divert_record(*, record: ReceptionRecord, by: Any, channel: str, reason: str = "") -> ReceptionRecord:
    """Litigation, reconsideration, arbitration and what else is not taken up here: the right address is given."""
    row = opened_for(record, by, Action.DIVERT)
    if channel not in CHANNELS:
        raise Refused(_("请选择告知的渠道。"))
    move(row, Action.DIVERT, by=by, diverted_to=channel, reason=reason.strip()[:200], detail={"channel": channel})
    notifications.diverted(row, CHANNELS[channel])
    return row


@transaction.atomic
def revise_record(
    *, record: ReceptionRecord, by: Any, deputies: Iterable[Deputy] | None = None, **facts: Any
) -> ReceptionRecord:
    """Before anything became of it. The trail tells which fields were changed, not their contents."""
    row = opened_for(record, by, Action.REVISE)
    allowed = {"name", "phone", "people", "said", "category_group", "community", "place"}
    if not set(facts) <= allowed:
        raise Refused(_("这些内容不能修改。"))
    if "said" in facts:
        facts["said"] = checked_said(facts["said"])
    checked_community(row.session, facts.get("community"))
    changed = sorted(name for name, value in facts.items() if getattr(row, name) != value)
    if deputies is not None:
        chosen = checked_deputies(row.session, deputies)
        if {each.pk for each in chosen} != set(row.deputies.values_list("pk", flat=True)):
            row.deputies.set(chosen)
            changed.append("deputies")
    if changed:
        move(row, Action.REVISE, by=by, detail={"fields": changed}, **facts)
    return row


@transaction.atomic
def void_record(*, record: ReceptionRecord, by: Any, reason: str) -> ReceptionRecord:
    """Entered by mistake: it keeps its number and counts nowhere (decisions.md 11)."""
    row = opened_for(record, by, Action.VOID)
    move(row, Action.VOID, by=by, reason=words(reason, 200, _("请填写理由。")))
    return row


@transaction.atomic
def view_contact(*, record: ReceptionRecord, by: Any) -> ReceptionRecord:
    """Name and phone are read for a reason: the trail keeps who looked."""
    if not user_can_view_records(by, record.division):
        raise PermissionDenied(_("您没有这个联络站的权限。"))
    record_step(subject_kind=SUBJECT_KIND, subject_key=record.number, verb="view_contact", actor=by, capacity="staff")
    return record


def _for_the_public(row: ReceptionRecord, text: str) -> str:
    """Masked as everything is that staff write for the public; a listed word or the visitor's name is sent back."""
    if names_the_visitor(row.name, text):
        raise Refused(_("公开的标题和内容里不能写来访人的姓名。"))
    if hits := [hit for hit in word_hits(text) if hit.level != "note"]:
        raise Refused(_("公开的标题和内容里有“%s”，请改写。") % hits[0].word)
    return mask(text).text


def _followed_by_deputies(row: ReceptionRecord, kind: str, key: str) -> None:
    for each in row.deputies.select_related("user"):
        if each.user is not None:
            follow(user=each.user, subject_kind=kind, subject_key=key)

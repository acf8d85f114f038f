"""答复、反馈、办结: what the unit answers, who hears of it, and that it is done."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.moderation.rules import Refused
from participation.moderation.services import require_reason

from .. import notifications
from ..models import (
    Assignment,
    Commitment,
    Extension,
    Feedback,
    HandlingPhoto,
    LedgerItem,
    LedgerScan,
    Party,
    Reply,
    ReplyCorrection,
)
from ..permissions import user_can_enter_for_unit, works_for
from ..selectors.people import contact_obstacle, unanswered_parties
from ..states import Action, ReplyKind
from .assigning import past_day
from .handling import required_text
from .moves import (
    capacity_of,
    locked,
    move,
    not_for,
    opened_for,
    require,
    require_paper_of,
)
from .photographing import NewEvidence, drop_photos, keep_photos, ready_evidence
from .rounds import open_rounds

FAR_YEARS = 10  # a promise further off than that is a slip of the pen


@transaction.atomic
def draft_reply(
    *,
    item: LedgerItem,
    by: Any,
    kind: str,
    text: str,
    commitments: Iterable[tuple[str, date]] = (),
    photos: Sequence[NewEvidence] = (),
    dropped: Iterable[HandlingPhoto] = (),
    paper: LedgerScan | None = None,
) -> Reply:
    """A draft, changed until it is signed. 已列计划 names what is promised and by when (X25).

    `photos` show 办理前 and 办理后 and are added to those of the draft, less `dropped`; public with the signature.
    """
    row = opened_for(item, by, Action.DRAFT_REPLY, paper=paper)
    promised = checked_promises(kind, commitments)
    text = required_text(text, _("请填写答复内容。"))
    gone = [photo.pk for photo in dropped]
    kept = HandlingPhoto.objects.filter(reply__item=row, reply__leg=row.leg).exclude(pk__in=gone).count()
    pictures = ready_evidence(photos, kept)
    reply, _is_new = Reply.objects.update_or_create(
        item=row,
        leg=row.leg,
        defaults={
            "unit": row.unit,
            "kind": kind,
            "text": text,
            "drafted_by": by,
            "drafted_at": timezone.now(),
            "is_proxy": paper is not None,
        },
    )
    drop_photos(reply, gone)
    keep_photos(reply, pictures)
    reply.commitments.all().delete()  # of a draft; once signed they stay
    Commitment.objects.bulk_create(
        Commitment(item=row, reply=reply, text=words[:300], due_on=due_on) for words, due_on in promised
    )
    happening = move(row, Action.DRAFT_REPLY, by=by, capacity=capacity_of(paper), detail={"kind": kind})
    notifications.reply_drafted(row, happening)
    return reply


def checked_promises(kind: str, commitments: Iterable[tuple[str, date]]) -> list[tuple[str, date]]:
    """X25: a kind of reply, and promises with it exactly where it says 已列计划."""
    if kind not in list(ReplyKind):
        raise Refused(_("请选择答复类别。"))
    promised = [(words.strip(), due_on) for words, due_on in commitments if words.strip()]
    if kind == ReplyKind.PLANNED and not promised:
        raise Refused(_("“已列计划”须列出承诺事项和落实时限。"))
    if kind != ReplyKind.PLANNED and promised:
        raise Refused(_("只有“已列计划”的答复带承诺事项。"))
    today = timezone.localdate()
    if any(due_on <= today for _words, due_on in promised):
        raise Refused(_("承诺事项的落实时限应晚于今天。"))
    if any(due_on.year > today.year + FAR_YEARS for _words, due_on in promised):
        raise Refused(_("承诺事项的落实时限在%d年以后，请核对年份。") % FAR_YEARS)
    return promised


@transaction.atomic
def send_back_reply(*, item: LedgerItem, by: Any, reason: str) -> LedgerItem:
    """The unit's head wants it written anew."""
    row = opened_for(item, by, Action.SEND_BACK_REPLY)
    move(row, Action.SEND_BACK_REPLY, by=by, capacity="unit_head", reason=require_reason(reason))
    return row


@transaction.atomic
def sign_reply(
    *, item: LedgerItem, by: Any, on: date | None = None, signer_name: str = "", paper: LedgerScan | None = None
) -> Reply:
    """签发 by the unit's head: public from now on, and every party hears of it (C34). X24 must be met.

    Parties with an account are fed back by the site itself; the others wait for `feed_back`.
    """
    row = opened_for(item, by, Action.SIGN_REPLY, paper=paper)
    if obstacle := contact_obstacle(row):
        raise Refused(obstacle)
    if paper is not None and not signer_name.strip():
        raise Refused(_("请填写签发人姓名，以单位的书面答复为准。"))
    if row.extensions.filter(state=Extension.State.REQUESTED).exists():
        raise Refused(_("延期申请尚未处理。"))
    day = past_day(on, row.leg_started_on)
    reply = Reply.objects.select_for_update().get(item=row, leg=row.leg)
    reply.signed_by, reply.signed_on, reply.signer_name = by, day, signer_name.strip()[:60]
    reply.save(update_fields=["signed_by", "signed_on", "signer_name"])
    happening = move(
        row,
        Action.SIGN_REPLY,
        by=by,
        capacity="proxy" if paper is not None else "unit_head",
        detail={"kind": reply.kind, "signed_on": day.isoformat()},
        replied_on=day,
    )
    feed_back_on_site(row, reply)
    notifications.replied(row, reply, happening)
    return reply


def feed_back_on_site(row: LedgerItem, reply: Reply) -> None:
    """C34 for the parties with an account, whom the site tells itself."""
    told = [party for party in Party.objects.filter(item=row).select_related("user") if party.user_id]
    Feedback.objects.bulk_create(
        Feedback(reply=reply, party=party, way=Feedback.Way.SITE, on=timezone.localdate()) for party in told
    )


@transaction.atomic
def feed_back(
    *, item: LedgerItem, by: Any, party: Party, way: str, note: str = "", paper: LedgerScan | None = None
) -> Feedback:
    """C34 for a party without an account: by phone, in person, by letter, or why not."""
    row = opened_for(item, by, Action.FEED_BACK, paper=paper)
    if way not in Feedback.Way.values or way == Feedback.Way.SITE:
        raise Refused(_("请选择反馈方式。"))
    if party.item_id != row.pk:
        raise Refused(_("该提出人不属于本事项。"))
    if way == Feedback.Way.UNREACHABLE:
        require_reason(note, _("请说明联系过几次、为何联系不上。"))
    reply = Reply.objects.get(item=row, leg=row.leg)
    feedback, _is_new = Feedback.objects.update_or_create(
        reply=reply,
        party=party,
        defaults={"way": way, "on": timezone.localdate(), "by": by, "note": note.strip()[:200]},
    )
    move(row, Action.FEED_BACK, by=by, capacity=capacity_of(paper, row), detail={"way": way})
    return feedback


@transaction.atomic
def complete_item(*, item: LedgerItem, by: Any, on: date | None = None, paper: LedgerScan | None = None) -> LedgerItem:
    """办结, reported by the unit: only when every party has heard (C34). Opens the rating (C38)."""
    row = opened_for(item, by, Action.COMPLETE, paper=paper)
    reply = Reply.objects.get(item=row, leg=row.leg)
    if waiting := unanswered_parties(reply):
        raise Refused(_("“反馈至提出意见建议的议事代表”：还有%d位提出人没有得到反馈。") % len(waiting))
    helping = row.assignments.filter(is_lead=False, state__in=[Assignment.State.SENT, Assignment.State.SIGNED_FOR])
    if helping.exists():
        raise Refused(_("协办单位尚未提出办理意见。"))
    day = past_day(on, row.replied_on)
    happening = move(
        row,
        Action.COMPLETE,
        by=by,
        capacity=capacity_of(paper, row),
        detail={"completed_on": day.isoformat()},
        completed_on=day,
        completed_by=by,
    )
    open_rounds(row, reply)
    notifications.completed(row, happening)
    return row


@transaction.atomic
def correct_reply(*, reply: Reply, by: Any, text: str, paper: LedgerScan | None = None) -> ReplyCorrection:
    """更正: dated, below the published text, which stays as it was (decisions.md 23)."""
    row = opened_for(reply.item, by, Action.CORRECT_REPLY, paper=paper)
    if not reply.is_public:
        raise Refused(_("答复尚未公开，可直接修改。"))
    correction = ReplyCorrection.objects.create(
        reply=reply, text=required_text(text, _("请填写更正内容。")), on=timezone.localdate(), by=by
    )
    happening = move(row, Action.CORRECT_REPLY, by=by, capacity=capacity_of(paper, row))
    notifications.reply_corrected(row, happening)
    return correction


@transaction.atomic
def co_reply(*, assignment: Assignment, by: Any, opinion: str, paper: LedgerScan | None = None) -> Assignment:
    """协办意见: the helping unit tells the lead what it did."""
    row = locked(assignment.item)
    allowed = user_can_enter_for_unit(by, row) if paper is not None else works_for(by, assignment.unit_id)
    if not allowed:
        raise not_for(Action.CO_REPLY, row, by_proxy=paper is not None)
    require_paper_of(row, paper)
    require(row, Action.CO_REPLY)
    mine = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if mine.is_lead or mine.state not in (Assignment.State.SENT, Assignment.State.SIGNED_FOR):
        raise Refused(_("本单位不是待提出意见的协办单位。"))
    mine.opinion, mine.state = required_text(opinion, _("请填写办理意见。")), Assignment.State.REPLIED
    mine.is_proxy = paper is not None
    mine.save(update_fields=["opinion", "state", "is_proxy"])
    move(row, Action.CO_REPLY, by=by, capacity=capacity_of(paper), detail={"unit": mine.unit.name})
    return mine


@transaction.atomic
def end_commitment(
    *, commitment: Commitment, by: Any, is_delivered: bool, note: str, paper: LedgerScan | None = None
) -> Commitment:
    """落实 with what was done, or 撤回 with the reason; the list is public."""
    action = Action.DELIVER_COMMITMENT if is_delivered else Action.WITHDRAW_COMMITMENT
    row = opened_for(commitment.item, by, action, paper=paper)
    mine = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if mine.state != Commitment.State.OPEN:
        raise Refused(_("该承诺事项已经登记过结果。"))
    if not mine.reply.is_public:
        raise Refused(_("答复签发后才能登记落实情况。"))
    mine.note = require_reason(note, _("请填写落实情况。") if is_delivered else _("请填写撤回的理由。"))
    mine.state = Commitment.State.DELIVERED if is_delivered else Commitment.State.WITHDRAWN
    mine.ended_on, mine.ended_by = timezone.localdate(), by
    mine.save()
    detail = {"due_on": mine.due_on.isoformat()}
    happening = move(row, action, by=by, capacity=capacity_of(paper, row), reason=mine.note, detail=detail)
    notifications.commitment_ended(row, mine, happening)
    return mine

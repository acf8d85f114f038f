"""Everybody in the chain of a matter hears of what happened to it once: parties, those it was merged with, followers,
and whoever has to do something next. Nobody else does.

The cast: `resident` raised it, `member` follows it, `deputy` follows the place. What each row expects comes from the
rules (decisions.md 3, 5 and 10; conventions 18 and 23), not read from the code.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from participation.ledger import services as matters
from participation.ledger.models import AskedDeputy, Commitment, Extension, LedgerItem
from participation.proposals import services
from participation.proposals.states import State
from participation.snaps.services import review_snap, verify_snap
from portal.follows.services import follow
from portal.outbox.models import Delivery, Message
from tests.conftest import Cast
from tests.factories import ledger, snaps
from tests.factories import proposals as make

Act = Callable[[], Any]
Scene = Callable[[Cast], Act]
SCENES: list[tuple[str, Scene, str]] = []


def scene(expected: str) -> Callable[[Scene], Scene]:
    """`prepare(cast)` answers what is done; `expected` are the people told by it, one word for each message."""

    def add(prepare: Scene) -> Scene:
        SCENES.append((prepare.__name__, prepare, expected))
        return prepare

    return add


def followed(cast: Cast, kind: str, key: str) -> None:
    follow(user=cast.member, subject_kind=kind, subject_key=key)


def followed_proposal(cast: Cast, state: State = State.PUBLISHED) -> Any:
    row = make.in_state(state, cast)
    followed(cast, "proposal", row.number)
    return row


def watched(cast: Cast, item: LedgerItem) -> LedgerItem:
    followed(cast, "ledger_item", item.reference)
    return item


# --- A proposal -------------------------------------------------------------------------------------------------------
@scene("resident moderator")
def a_proposal_is_submitted(cast: Cast) -> Act:
    return lambda: make.submitted(cast.resident)


@scene("resident moderator")
def what_was_returned_is_handed_in_again(cast: Cast) -> Act:
    row = make.in_state(State.RETURNED, cast)
    return lambda: services.resubmit_proposal(proposal=row, by=cast.resident, body="改过的内容")


@scene("clerk moderator")
def staff_enter_the_words_of_somebody_without_an_account(cast: Cast) -> Act:
    words = {"division": make.subdistrict(), "body": make.BODY, "channel": "call", "name": "王示例"}
    return lambda: services.enter_for_resident(by=cast.clerk, form_key="k" * 24, **words)


@scene("resident deputy")
def it_is_published_and_who_follows_the_place_hears(cast: Cast) -> Act:
    row = make.submitted(cast.resident)
    return lambda: services.publish_proposal(proposal=row, by=cast.moderator)


@scene("resident")
def an_author_who_follows_the_place_hears_once(cast: Cast) -> Act:
    follow(user=cast.resident, subject_kind="search", subject_key="路灯")
    follow(user=cast.resident, subject_kind="division", subject_key=make.subdistrict().key)
    cast.deputy.follows.all().delete()
    row = make.submitted(cast.resident)
    return lambda: services.publish_proposal(proposal=row, by=cast.moderator)


@scene("resident")
def a_confidential_one_is_accepted(cast: Cast) -> Act:
    row = make.submitted(cast.resident, is_confidential=True)
    return lambda: services.publish_proposal(proposal=row, by=cast.moderator)


@scene("resident")
def it_is_returned_for_correction(cast: Cast) -> Act:
    row = make.submitted(cast.resident)
    return lambda: services.return_for_correction(proposal=row, by=cast.moderator, reason="请写明位置")


@scene("resident")
def it_is_rejected(cast: Cast) -> Act:
    row = make.submitted(cast.resident)
    return lambda: services.reject_proposal(proposal=row, by=cast.moderator, reason="广告")


@scene("resident")
def it_is_shown_the_right_address(cast: Cast) -> Act:
    row = make.submitted(cast.resident)
    return lambda: services.divert_proposal(proposal=row, by=cast.moderator, channel="court", reason="已立案")


@scene("resident member")
def it_is_merged_into_another(cast: Cast) -> Act:
    row, target = followed_proposal(cast), make.published(cast.resident2, cast.moderator)
    return lambda: services.merge_proposal(proposal=row, by=cast.moderator, target=target)


@scene("resident resident2 member")
def what_took_another_in_is_adopted(cast: Cast) -> Act:
    row, target = followed_proposal(cast), make.published(cast.resident2, cast.moderator)
    services.merge_proposal(proposal=row, by=cast.moderator, target=target)
    target.refresh_from_db()
    services.start_screening(proposal=target, by=cast.committee)
    return lambda: services.adopt_proposal(proposal=target, by=cast.director, route="topic", matter_level="own")


@scene("resident member")
def its_screening_begins(cast: Cast) -> Act:
    row = followed_proposal(cast)
    return lambda: services.start_screening(proposal=row, by=cast.committee)


@scene("resident member")
def it_is_not_adopted(cast: Cast) -> Act:
    row = followed_proposal(cast, State.SCREENING)
    return lambda: services.decline_proposal(proposal=row, by=cast.director, reason="已列入年度计划")


@scene("resident member")
def its_author_withdraws_it(cast: Cast) -> Act:
    row = followed_proposal(cast)
    return lambda: services.withdraw_proposal(proposal=row, by=cast.resident)


@scene("resident")
def it_was_entered_by_mistake(cast: Cast) -> Act:
    row = make.submitted(cast.resident)
    return lambda: services.void_proposal(proposal=row, by=cast.director, reason="重复录入")


# --- A matter of the ledger -------------------------------------------------------------------------------------------
@scene("resident member unit deputy")
def it_is_assigned(cast: Cast) -> Act:
    item = watched(cast, ledger.opened(proposers=(cast.resident,)))
    unit = ledger.unit_of(cast.unit)
    return lambda: matters.assign_item(item=item, by=cast.committee, unit=unit, owner_name="示例责任人")


@scene("unit2")
def another_unit_is_to_help(cast: Cast) -> Act:
    item, soon = watched(cast, ledger.handling(cast)), timezone.localdate() + timedelta(days=9)
    return lambda: matters.add_co_unit(item=item, by=cast.committee, unit=ledger.unit_of(cast.unit2), due_on=soon)


@scene("committee")
def the_unit_gives_it_back(cast: Cast) -> Act:
    item = watched(cast, ledger.assigned(cast))
    return lambda: matters.return_item(item=item, by=cast.unit, reason="不属于本单位职责")


@scene("resident member")
def the_unit_tells_of_its_progress(cast: Cast) -> Act:
    item = watched(cast, ledger.handling(cast))
    return lambda: matters.note_progress(item=item, by=cast.unit, text="已采购灯具，下周安装。")


@scene("director")
def the_unit_asks_for_more_time(cast: Cast) -> Act:
    item = watched(cast, ledger.handling(cast, source="deputy_suggestion"))
    until = timezone.localdate() + timedelta(days=120)
    return lambda: matters.request_extension(item=item, by=cast.unit, reason="需要招标", until=until)


@scene("unit")
def more_time_is_refused(cast: Cast) -> Act:
    item = watched(cast, ledger.handling(cast, source="deputy_suggestion"))
    until = timezone.localdate() + timedelta(days=120)
    matters.request_extension(item=item, by=cast.unit, reason="需要招标", until=until)
    asked = Extension.objects.get()
    return lambda: matters.decide_extension(extension=asked, by=cast.director, is_approved=False, reason="理由不足")


@scene("resident member")
def it_is_replied_to(cast: Cast) -> Act:
    item = watched(cast, ledger.handling(cast))
    matters.note_contact(item=item, by=cast.unit, way="face")
    matters.draft_reply(item=item, by=cast.unit, kind="done", text=ledger.ANSWER)
    return lambda: matters.sign_reply(item=item, by=cast.unit)


@scene("resident member")
def its_reply_is_corrected(cast: Cast) -> Act:
    reply = ledger.replied(cast)
    watched(cast, reply.item)
    return lambda: matters.correct_reply(reply=reply, by=cast.unit, text="地址应为书院路12号。")


@scene("resident member")
def it_is_completed(cast: Cast) -> Act:
    item = watched(cast, ledger.replied(cast).item)
    return lambda: matters.complete_item(item=item, by=cast.unit)


@scene("resident member unit")
def its_proposer_is_dissatisfied_and_it_is_done_again(cast: Cast) -> Act:
    item = watched(cast, ledger.completed(cast))
    return lambda: matters.rate_reply(item=item, by=cast.resident, value="dissatisfied", reason="灯还是不亮")


def twice_dissatisfied(cast: Cast) -> LedgerItem:
    item = ledger.completed(cast)
    for _round in range(2):
        if _round:
            item = matters.complete_item(item=ledger.replied(cast, item=item).item, by=cast.unit)
        matters.rate_reply(item=item, by=cast.resident, value="dissatisfied", reason="没修好")
        item = LedgerItem.objects.get(pk=item.pk)
    return item


@scene("committee director")
def its_proposer_is_dissatisfied_again(cast: Cast) -> Act:
    item = ledger.completed(cast)
    matters.rate_reply(item=item, by=cast.resident, value="dissatisfied", reason="没修好")
    item = matters.complete_item(item=ledger.replied(cast, item=LedgerItem.objects.get(pk=item.pk)).item, by=cast.unit)
    watched(cast, item)
    return lambda: matters.rate_reply(item=item, by=cast.resident, value="dissatisfied", reason="还是没修好")


@scene("resident member")
def the_committee_leaves_it_as_it_is(cast: Cast) -> Act:
    item = watched(cast, twice_dissatisfied(cast))
    return lambda: matters.decide_after_dissatisfaction(item=item, by=cast.director, reworks=False, reason="已修好")


@scene("resident member")
def a_promise_is_kept(cast: Cast) -> Act:
    soon = timezone.localdate() + timedelta(days=30)
    watched(cast, ledger.replied(cast, kind="planned", commitments=[("更换整条线路", soon)]).item)
    promise = Commitment.objects.get()
    return lambda: matters.end_commitment(commitment=promise, by=cast.unit, is_delivered=True, note="线路已更换")


@scene("resident member")
def it_is_closed_off(cast: Cast) -> Act:
    item = watched(cast, ledger.completed(cast))
    matters.rate_reply(item=item, by=cast.resident, value="satisfied")
    return lambda: matters.close_off_item(item=item, by=cast.committee, evidence="现场核查，路灯已亮。")


@scene("committee director")
def somebody_objects_to_closing_it_off(cast: Cast) -> Act:
    item = watched(cast, ledger.closed_off(cast))
    return lambda: matters.object_to_close_off(item=item, by=cast.resident2, reason="路灯还是不亮")


@scene("resident resident2 member")
def the_objection_is_refused(cast: Cast) -> Act:
    item = watched(cast, ledger.closed_off(cast))
    objection = matters.object_to_close_off(item=item, by=cast.resident2, reason="路灯还是不亮")
    return lambda: matters.decide_objection(
        objection=objection, by=cast.director, is_accepted=False, reason="已到现场核实"
    )


@scene("resident resident2 member unit")
def the_objection_is_accepted(cast: Cast) -> Act:
    item = watched(cast, ledger.closed_off(cast))
    objection = matters.object_to_close_off(item=item, by=cast.resident2, reason="路灯还是不亮")
    return lambda: matters.decide_objection(
        objection=objection, by=cast.director, is_accepted=True, reason="确有三盏不亮"
    )


@scene("resident member superior")
def deputies_are_asked_for_a_suggestion(cast: Cast) -> Act:
    item = watched(cast, ledger.upper(proposers=(cast.resident,)))
    asked = [ledger.deputy(cast.superior)]
    return lambda: ledger.suggested(cast, deputies=asked, item=item)


@scene("committee")
def a_deputy_declines(cast: Cast) -> Act:
    watched(cast, ledger.suggested(cast))
    asked = AskedDeputy.objects.get(deputy__user=cast.deputy)
    return lambda: matters.decline_suggestion(asked=asked, by=cast.deputy, reason="已提出同类建议")


@scene("resident member deputy")
def what_a_deputy_suggested_is_answered(cast: Cast) -> Act:
    item = watched(cast, ledger.proposed(cast))
    today = timezone.localdate()
    return lambda: matters.record_outside_reply(
        item=item, by=cast.committee, unit_name="市交通运输局（示例）", kind="done", text="省道改造已完工。",
        met_on=today, reported_to_committee_on=today, reported_to_congress_on=today,
    )  # fmt: skip


# --- 随手拍 -----------------------------------------------------------------------------------------------------------
@scene("deputy")
def a_snap_is_reviewed(cast: Cast) -> Act:
    row = snaps.captured(cast.deputy)
    return lambda: review_snap(snap=row, by=cast.moderator)


@scene("deputy member")
def a_snap_is_seen_to_be_mended(cast: Cast) -> Act:
    row = snaps.answered(cast)
    followed(cast, "snap", row.number)
    photos = [snaps.shot(colour="yellow")]
    return lambda: verify_snap(snap=row, by=cast.deputy, is_mended=True, photos=photos)


@pytest.mark.parametrize(("prepare", "expected"), [row[1:] for row in SCENES], ids=[row[0] for row in SCENES])
def test_everybody_in_the_chain_hears_once_and_nobody_else(cast: Cast, prepare: Scene, expected: str) -> None:
    follow(user=cast.deputy, subject_kind="division", subject_key=make.subdistrict().key)
    act = prepare(cast)
    Message.objects.all().delete()
    act()
    told = Message.objects.order_by("recipient__username").values_list("recipient__username", flat=True)
    assert list(told) == sorted(expected.split())
    # and the whole of it by one bell each beyond the inbox at most
    outside = Delivery.objects.exclude(channel="site").values_list("message", flat=True)
    assert len(outside) == len(set(outside))


def test_there_are_thirty_scenes_and_more() -> None:
    assert len(SCENES) >= 30

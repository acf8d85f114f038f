"""R22: state × action × role. What is not in the table below changes nothing."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction

from participation.moderation.rules import Refused
from participation.proposals import services
from participation.proposals.models import Proposal
from participation.proposals.states import STORED, Action, State, next_state
from portal.outbox.models import Message
from portal.trail.selectors import history_of
from tests.factories import proposals as make

# The demo's admin is a superuser, whom Django lets pass every permission.
REVIEWERS = {"moderator", "committee", "director", "admin"}
COMMITTEE = {"committee", "director", "admin"}
# Who may do what, written down again: not read from the permissions under test.
ROLES = {
    Action.TAKE: REVIEWERS,
    Action.RELEASE: REVIEWERS,
    Action.PUBLISH: REVIEWERS,
    Action.RETURN: REVIEWERS,
    Action.REJECT: REVIEWERS,
    Action.DIVERT: REVIEWERS,
    Action.MERGE: REVIEWERS,
    Action.TRANSFER: REVIEWERS,
    Action.CLASSIFY: REVIEWERS,
    Action.HIDE: REVIEWERS,
    Action.CONFIRM_HIDING: REVIEWERS,
    Action.RESTORE: REVIEWERS,
    Action.RECONSIDER: REVIEWERS,
    Action.PUBLISH_IMPORT: REVIEWERS,
    Action.START_SCREENING: COMMITTEE,
    Action.ADOPT: COMMITTEE,
    Action.DECLINE: COMMITTEE,
    Action.VOID: COMMITTEE,
    Action.WITHDRAW: {"resident"},  # the author
    Action.RESUBMIT: {"resident"},
}


def run(action, proposal, by, target):
    calls = {
        Action.TAKE: lambda: services.take_for_review(proposal=proposal, by=by),
        Action.RELEASE: lambda: services.release_proposal(proposal=proposal, by=by),
        Action.PUBLISH: lambda: services.publish_proposal(proposal=proposal, by=by),
        Action.RETURN: lambda: services.return_for_correction(proposal=proposal, by=by, reason="理由"),
        Action.REJECT: lambda: services.reject_proposal(proposal=proposal, by=by, reason="理由"),
        Action.DIVERT: lambda: services.divert_proposal(proposal=proposal, by=by, channel="police", reason="理由"),
        Action.MERGE: lambda: services.merge_proposal(proposal=proposal, by=by, target=target),
        Action.TRANSFER: lambda: services.transfer_proposal(
            proposal=proposal, by=by, division=make.other_subdistrict(), reason="理由"
        ),
        Action.CLASSIFY: lambda: services.classify_proposal(proposal=proposal, by=by, category="transport"),
        Action.HIDE: lambda: services.hide_proposal(proposal=proposal, by=by, reason="理由"),
        Action.CONFIRM_HIDING: lambda: services.confirm_hiding(proposal=proposal, by=by),
        Action.RESTORE: lambda: services.restore_proposal(proposal=proposal, by=by),
        Action.RECONSIDER: lambda: services.reconsider_proposal(proposal=proposal, by=by),
        Action.PUBLISH_IMPORT: lambda: services.publish_import(proposal=proposal, by=by),
        Action.START_SCREENING: lambda: services.start_screening(proposal=proposal, by=by),
        Action.ADOPT: lambda: services.adopt_proposal(proposal=proposal, by=by, route="topic", matter_level="own"),
        Action.DECLINE: lambda: services.decline_proposal(proposal=proposal, by=by, reason="理由"),
        Action.VOID: lambda: services.void_proposal(proposal=proposal, by=by, reason="理由"),
        Action.WITHDRAW: lambda: services.withdraw_proposal(proposal=proposal, by=by),
        Action.RESUBMIT: lambda: services.resubmit_proposal(proposal=proposal, by=by, body="改过的内容"),
    }
    calls[action]()


class Undone(Exception):
    """Rolls a cell's work back."""


def outcome_of(action, proposal, by, target):
    """The state it came to, "denied" or "refused"; the database is as before afterwards."""
    result = ""
    try:
        with transaction.atomic():
            try:
                run(action, proposal, by, target)
                result = Proposal.objects.get(pk=proposal.pk).state
            except PermissionDenied:
                result = "denied"
            except Refused:
                result = "refused"
            raise Undone
    except Undone:
        return result


def expected(action, state, role, cast):
    if role not in ROLES[action]:
        return "denied"
    after = next_state(action, state)
    # What a state allows only under a further condition that this proposal does not meet.
    if after is None or action in {Action.CONFIRM_HIDING, Action.RESTORE}:
        return "refused"
    if action == Action.RELEASE and role != "moderator":
        return "refused"  # claimed by the moderator
    if state == State.UNDER_REVIEW and role != "moderator" and action in {
        Action.PUBLISH, Action.RETURN, Action.REJECT, Action.DIVERT, Action.MERGE,
    }:  # fmt: skip
        return "refused"
    return after.value


@pytest.mark.once
@pytest.mark.in_turn
@pytest.mark.parametrize("state", sorted(STORED))
def test_only_the_declared_transitions_happen_by_the_declared_roles(state, cast, db):
    proposal = make.in_state(State(state), cast)
    target = make.published(cast.resident2, cast.moderator)
    anyone = {name: cast[name] for name in type(cast).__dataclass_fields__} | {"visitor": AnonymousUser()}
    is_import = state in {State.IMPORTED, State.REPLIED_IMPORTED}
    wrong = {}
    for action in ROLES:
        for role, person in anyone.items():
            wanted = expected(action, State(state), role, cast)
            if is_import and role == "resident":
                wanted = "denied"  # an import has no author here
            got = outcome_of(action, proposal, person, target)
            if got != wanted:
                wrong[(action.value, role)] = (got, wanted)
    assert wrong == {}


def test_a_transition_is_one_row_one_trail_entry_and_one_message(cast):
    proposal = make.submitted(cast.resident)
    before = Message.objects.count()
    services.publish_proposal(proposal=proposal, by=cast.moderator)
    proposal.refresh_from_db()
    last = history_of("proposal", proposal.number)[-1]
    assert (proposal.state, last.verb, last.from_state, last.to_state, last.actor) == (
        "published",
        "publish",
        "submitted",
        "published",
        cast.moderator.trail_id,
    )
    told = Message.objects.order_by("pk")[before:]
    assert [(m.recipient.username, m.event) for m in told] == [
        ("resident", f"proposal:{proposal.number}:publish:{last.pk}")
    ]


def test_a_refused_transition_leaves_nothing_behind(cast):
    proposal = make.in_state(State.REJECTED, cast)
    trail, messages = len(history_of("proposal", proposal.number)), Message.objects.count()
    with pytest.raises(Refused):
        services.publish_proposal(proposal=proposal, by=cast.moderator)
    assert (len(history_of("proposal", proposal.number)), Message.objects.count()) == (trail, messages)


def test_nobody_reviews_the_own_words(cast):
    proposal = make.submitted(cast.resident)
    Proposal.objects.filter(pk=proposal.pk).update(author=cast.committee)
    with pytest.raises(PermissionDenied):
        services.publish_proposal(proposal=proposal, by=cast.committee)


def test_a_reviewer_of_another_place_is_denied(cast):
    from portal.jurisdictions.models import Division

    elsewhere = Division.objects.filter(level="subdistrict").exclude(path__startswith="430000000000/430100000000/")
    elsewhere = elsewhere.exclude(pk=make.subdistrict().pk).first()
    proposal = make.submitted(cast.resident, division=elsewhere)
    with pytest.raises(PermissionDenied):
        services.publish_proposal(proposal=proposal, by=cast.director)

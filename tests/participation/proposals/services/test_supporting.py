import threading

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import connection, connections
from django.utils import timezone

from participation.moderation.rules import Refused
from participation.proposals import services
from participation.proposals.models import Proposal, Support
from participation.proposals.states import OPEN_TO_SUPPORT, STORED, State
from tests.factories import proposals as make


@pytest.fixture
def public(cast):
    return make.published(cast.resident, cast.moderator)


def test_a_support_counts_once(public, cast):
    answers = [services.support_proposal(proposal=public, user=cast.resident2) for _n in range(3)]
    public.refresh_from_db()
    assert (answers, public.support_count, Support.objects.count()) == ([True, False, False], 1, 1)


def test_a_support_can_be_taken_back_once(public, cast):
    services.support_proposal(proposal=public, user=cast.resident2)
    answers = [services.withdraw_support(proposal=public, user=cast.resident2) for _n in range(2)]
    public.refresh_from_db()
    assert (answers, public.support_count, Support.objects.count()) == ([True, False], 0, 0)


def test_the_author_does_not_support_the_own_words(public, cast):
    with pytest.raises(PermissionDenied):
        services.support_proposal(proposal=public, user=cast.resident)


def test_only_verified_people_support(public, cast):
    cast.resident2.verified_at = None
    with pytest.raises(PermissionDenied):
        services.support_proposal(proposal=public, user=cast.resident2)


@pytest.mark.parametrize("state", sorted(STORED))
def test_supports_are_taken_in_open_states_only(state, cast):
    proposal = make.in_state(State(state), cast)
    try:
        taken = services.support_proposal(proposal=proposal, user=cast.member)
    except Refused:
        taken = False
    assert taken is (state in OPEN_TO_SUPPORT)


@pytest.mark.parametrize("how", ["confidential", "hidden"])
def test_what_nobody_can_read_takes_no_support(how, cast):
    proposal = make.published(cast.resident, cast.moderator, is_confidential=how == "confidential")
    if how == "hidden":
        services.hide_proposal(proposal=proposal, by=cast.moderator, reason="违法内容")
    with pytest.raises(Refused):
        services.support_proposal(proposal=proposal, user=cast.resident2)


def test_a_drifted_counter_is_found_and_mended(public, cast):
    services.support_proposal(proposal=public, user=cast.resident2)
    Proposal.objects.filter(pk=public.pk).update(support_count=7)
    assert services.reconcile_supports(repairs=False) == [(public.number, 7, 1)]
    assert services.reconcile_supports() == [(public.number, 7, 1)]
    assert services.reconcile_supports() == []


def test_imported_likes_are_no_supports(cast):
    proposal = make.imported(is_public=True, supports=12, opposes=3)
    services.support_proposal(proposal=proposal, user=cast.resident2)
    proposal.refresh_from_db()
    assert (proposal.source_supports, proposal.source_opposes, proposal.support_count) == (12, 3, 1)


@pytest.mark.django_db(transaction=True)
def test_parallel_supports_count_each_person_once(cast):
    """20 people, 5 requests each at the same moment: 20 rows and a counter of 20."""
    proposal = make.published(cast.resident, cast.moderator)
    people = []
    for n in range(20):
        people.append(
            get_user_model().objects.create(
                username=f"supporter{n}", verified_at=timezone.now(), verification="counter"
            )
        )
    errors: list[BaseException] = []
    gate = threading.Barrier(20)

    def five_times(person):
        try:
            gate.wait()
            for _n in range(5):
                services.support_proposal(proposal=proposal, user=person)
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=five_times, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    proposal.refresh_from_db()
    assert (errors, Support.objects.count(), proposal.support_count) == ([], 20, 20)
    connection.close()

"""The demo: every state, several subdistricts, our own words, once."""

from collections import Counter

import pytest

from participation.proposals.demo import TOPICS, load_demo
from participation.proposals.models import Proposal
from participation.proposals.services import reconcile_supports
from participation.proposals.states import State
from tests.conftest import CAST


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Loaded once for the module, in a transaction that is rolled back."""
    from django.db import transaction

    from portal.accounts.demo import create_cast

    with django_db_blocker.unblock(), transaction.atomic():
        cast = create_cast()
        yield {name: cast[name] for name in CAST}, load_demo({name: cast[name] for name in CAST})
        transaction.set_rollback(True)


def test_at_least_two_hundred_over_several_subdistricts_in_every_state(loaded):
    _cast, made = loaded
    states = Counter(Proposal.objects.values_list("state", flat=True))
    assert made >= 200
    assert set(states) == {state.value for state in State if state != State.DRAFT}
    assert Proposal.objects.values("division").distinct().count() >= 5
    assert Proposal.objects.filter(is_confidential=True).count() >= 3


def test_loading_again_makes_nothing(loaded):
    cast, _made = loaded
    before = Proposal.objects.count()
    assert (load_demo(cast), Proposal.objects.count()) == (0, before)


def test_counters_are_right_and_time_runs_forward(loaded):
    from django.utils import timezone

    assert reconcile_supports(repairs=False) == []
    assert not Proposal.objects.filter(submitted_at__gt=timezone.now()).exists()
    rows = Proposal.objects.filter(published_at__isnull=False, source="")
    assert [row.number for row in rows if row.published_at < row.submitted_at] == []


def test_topics_are_of_every_group_and_name_nobody(loaded):
    assert len({topic["group"] for topic in TOPICS}) >= 7
    labels = set(Proposal.objects.values_list("author_label", flat=True))
    assert labels <= {"", "居民", "居民 张**", "居民 刘**", "居民 王**"}


def test_every_public_one_has_a_page(loaded, client):
    for state in State:
        row = Proposal.objects.public().filter(state=state).first()
        if row is not None:
            assert client.get(row.get_absolute_url()).status_code == 200

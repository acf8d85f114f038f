"""The demo: every state, several subdistricts, our own words, once."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from participation.proposals.demo import TOPICS, load_demo
from participation.proposals.models import Proposal, Support
from participation.proposals.services import reconcile_supports
from participation.proposals.states import State
from portal.accounts.models import Consent
from portal.operations.services.diagnosis import diagnose
from portal.operations.services.periodic import run_due_jobs
from portal.outbox.models import Delivery
from portal.trail import exports, verifier
from portal.trail.models import Entry, Head
from tests.conftest import CAST, TestDatabase

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Loaded once for the module, into a copy that is thrown away: sealing needs finished transactions."""
    from portal.accounts.demo import create_cast

    with django_db_blocker.unblock():
        cast = create_cast()
        yield {name: cast[name] for name in CAST}, load_demo({name: cast[name] for name in CAST})
        TestDatabase.current.renew()


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


def test_after_the_first_periodic_run_the_doctor_finds_nothing_and_the_record_is_whole(loaded, tmp_path):
    """What `prepare_demo` leaves: everything told, every entry sealed, and the export stands its own verifier.

    It sends the letters of a whole demo, which takes its time.
    """
    assert [line for line in run_due_jobs() if "FAILED" in line] == []
    found = diagnose()
    assert {name: found[name] for name in ("outbox", "trail", "duties", "sealed fields", "periodic jobs")} == {
        name: [] for name in ("outbox", "trail", "duties", "sealed fields", "periodic jobs")
    }
    lines = list(exports.export_lines(full=True))
    path = tmp_path / "trail.jsonl"
    path.write_bytes(b"".join(lines))
    head = Head.objects.latest("count")
    told = subprocess.run(  # noqa: S603 - our own file
        [sys.executable, "-I", str(Path(verifier.__file__)), str(path), "--head", f"{head.count}:{head.chain_hash}"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (told.returncode, head.count) == (0, Entry.objects.count()), told.stdout + told.stderr


def test_the_first_periodic_run_sent_a_summary_of_the_place_one_follows(loaded):
    lines = Delivery.objects.filter(channel="digest", state="sent")
    assert set(lines.values_list("message__recipient__username", flat=True)) == {"neighbour01"}
    assert lines.filter(message__kind="followed_topic").count() >= 2
    assert lines.values("digest").distinct().count() == 1


def test_the_demo_keeps_the_rules_of_the_portal(loaded):
    """Nobody supports the own proposal, an unpublished or a confidential one; only verified residents do."""
    supports = Support.objects.select_related("proposal__author", "user")
    assert [str(row) for row in supports if row.user_id == row.proposal.author_id] == []
    assert [str(row) for row in supports if row.proposal.is_confidential or not row.user.is_verified] == []
    people = {row.user for row in supports}
    consents = set(Consent.objects.filter(purpose="privacy", withdrawn_at=None).values_list("user", flat=True))
    assert {user.pk for user in people} - consents == set()

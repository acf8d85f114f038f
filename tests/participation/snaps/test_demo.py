import pytest

from participation.snaps.demo import COURSES, load_demo
from participation.snaps.models import SnapReport
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_the_demo_shows_every_state_but_rejection_and_is_made_once(cast: Cast) -> None:
    people = {name: getattr(cast, name) for name in ("deputy", "moderator", "committee", "unit")}
    assert [load_demo(people), load_demo(people)] == [len(COURSES), 0]
    states = set(SnapReport.objects.values_list("state", flat=True))
    assert states == {
        "captured", "returned", "diverted", "reviewed", "duplicate", "forwarded", "assigned", "feedback", "verified",
        "closed",
    }  # fmt: skip

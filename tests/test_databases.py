"""The test databases themselves: a copy per run, renewed after tests that commit, and never the real one."""

import pytest
from django.conf import settings
from django.db import connection

from portal.trail.models import Entry
from portal.trail.services import record


def test_runs_on_a_copy_and_never_on_the_configured_database(db: None) -> None:
    assert connection.settings_dict["NAME"] != settings.BASE_DIR / "var" / "portal.sqlite3"
    assert "portal_test" in str(connection.settings_dict["NAME"])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_committed_trail_entry_is_gone_in_the_next_test(turn: int) -> None:
    record(subject_kind="test", subject_key=str(turn), verb="tried")
    assert [entry.subject_key for entry in Entry.objects.all()] == [str(turn)]


def test_cache_table_exists_in_the_copy(db: None) -> None:
    assert "portal_cache" in connection.introspection.table_names()

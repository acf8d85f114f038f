"""The tables refuse every change but an append, whoever asks."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from portal.trail.adapters import triggers
from portal.trail.checks import findings, triggers_exist
from portal.trail.models import Entry, Head, Seal
from portal.trail.services import seal

pytestmark = pytest.mark.django_db
ROWS = {"trail_entry": Entry, "trail_seal": Seal, "trail_head": Head}


def refused(sql: str) -> None:
    with pytest.raises(DatabaseError, match=triggers.REFUSAL), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("table", triggers.TABLES)
def test_update_and_delete_are_refused(table, write):
    write(3)
    seal()
    before = list(ROWS[table].objects.values())
    column = {"trail_entry": "reason"}.get(table, "chain_hash")
    refused(f"UPDATE {table} SET {column} = 'x'")
    refused(f"DELETE FROM {table}")
    assert list(ROWS[table].objects.values()) == before


@pytest.mark.parametrize("table", triggers.TABLES)
def test_replace_or_truncate_is_refused(table, write):
    write(3)
    seal()
    before = list(ROWS[table].objects.values())
    if connection.vendor == "sqlite":
        refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
        refused(f"UPDATE OR REPLACE {table} SET {triggers.KEYS[table]} = 1")
    else:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a pending one would refuse as well, for another reason
        refused(f"TRUNCATE {table} CASCADE")
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
        refused(f"DELETE FROM {table}")
    assert list(ROWS[table].objects.values()) == before


def test_orm_cannot_change_an_entry(write):
    write(1)
    entry = Entry.objects.get()
    for change in (entry.save, entry.delete, lambda: Entry.objects.update(reason="")):
        with pytest.raises(DatabaseError, match=triggers.REFUSAL), transaction.atomic():
            change()
    assert Entry.objects.get().reason == "第0条，理由“属实”\n换行"


def test_check_is_silent_when_all_triggers_stand():
    assert triggers_exist(databases=["default"]) == []
    assert findings() == []


@pytest.mark.parametrize("name", ["trail_entry_no_update", "trail_seal_no_update", "trail_head_no_update"])
def test_check_names_a_lost_trigger_and_protect_trail_mends_it(name):
    with connection.cursor() as cursor:
        table = name.removesuffix("_no_update")
        cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}"))
    assert triggers.missing(connection) == [name]
    assert [error.id for error in triggers_exist(databases=["default"])] == ["trail.E001"]
    assert [finding.is_serious for finding in findings()] == [True]
    call_command("protect_trail", verbosity=0)
    assert triggers.missing(connection) == []


def test_check_sees_through_an_impostor():
    """A trigger of the right name that does nothing is no guard."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER trail_entry_no_delete")
            cursor.execute("CREATE TRIGGER trail_entry_no_delete BEFORE DELETE ON trail_entry BEGIN SELECT 1; END")
            assert triggers.missing(connection) == ["trail_entry_no_delete"]
        else:
            cursor.execute("ALTER TABLE trail_entry DISABLE TRIGGER trail_entry_no_update")
            assert triggers.missing(connection) == ["trail_entry_no_update"]
            cursor.execute("ALTER TABLE trail_entry ENABLE TRIGGER trail_entry_no_update")
            assert triggers.missing(connection) == ["trail_entry_no_update"]  # a replica session would pass it


def test_doctor_finds_an_entry_that_was_changed_behind_the_triggers(write):
    write(3)
    seal()
    assert findings() == []
    triggers.remove(connection)
    Entry.objects.filter(pk=Entry.objects.order_by("pk")[1].pk).update(reason="另一个理由")
    assert [finding.is_serious for finding in findings() if "条目内容被改动" in finding.problem] == [True]

"""The triggers that make the tables of the trail append-only, on SQLite and on PostgreSQL.

SQLite drops a table's triggers silently when a migration rebuilds it; `missing` finds that, `install` mends it.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("trail_entry", "trail_seal", "trail_head")
REFUSAL = "the trail is append-only"
KEYS = {"trail_entry": "id", "trail_seal": "position", "trail_head": "count"}

# REPLACE removes the old row without firing the DELETE trigger, hence the guard on INSERT.
SQLITE = {
    "no_update": (
        "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
    ),
    "no_delete": (
        "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
    ),
    "no_replace": (
        "CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        "WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) "
        "BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
    ),
}
# ALWAYS: they also fire for a session that calls itself a replica.
POSTGRESQL = {
    "no_update": (
        "CREATE TRIGGER {table}_no_update BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION trail_refuse()"
    ),
    "no_truncate": (
        "CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse()"
    ),
}
POSTGRESQL_FUNCTION = (
    "CREATE OR REPLACE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'insufficient_privilege'; END $$"
)
SEALING_LOCK = 0x7472_6169_6C  # "trail": the key of PostgreSQL's advisory lock


def _wanted(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Every trigger by name, with the statement that creates it."""
    statements = {"sqlite": SQLITE, "postgresql": POSTGRESQL}.get(connection.vendor)
    if statements is None:
        raise NotImplementedError(f"The trail supports SQLite and PostgreSQL, not {connection.vendor}.")
    return {
        f"{table}_{name}": statement.format(table=table, key=KEYS[table], refusal=REFUSAL)
        for table in TABLES
        for name, statement in statements.items()
    }


def _squeezed(sql: str) -> str:
    return " ".join(sql.split())


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that are absent, disabled, or not ours; empty before the tables exist."""
    wanted = _wanted(connection)
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            present = {name for name, sql in cursor.fetchall() if _squeezed(sql) == _squeezed(wanted.get(name, ""))}
        else:
            cursor.execute(
                "SELECT t.tgname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
                "WHERE t.tgenabled = 'A' AND p.proname = 'trail_refuse' AND strpos(p.prosrc, %s) > 0",
                [f"RAISE EXCEPTION '{REFUSAL}'"],
            )
            present = {name for (name,) in cursor.fetchall()}
    return sorted(name for name in wanted if name.rpartition("_no_")[0] in tables and name not in present)


def install(connection: BaseDatabaseWrapper) -> None:
    """Create every trigger anew; safe to repeat."""
    remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
        for name, statement in _wanted(connection).items():
            cursor.execute(statement)
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE {name.rpartition('_no_')[0]} ENABLE ALWAYS TRIGGER {name}")


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: for reversing the migration, and for a test that plays the attacker."""
    with connection.cursor() as cursor:
        for name in _wanted(connection):
            table = "" if connection.vendor == "sqlite" else f" ON {name.rpartition('_no_')[0]}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{table}")


def install_in_migration(apps: Any, schema_editor: Any) -> None:
    install(schema_editor.connection)


def remove_in_migration(apps: Any, schema_editor: Any) -> None:
    remove(schema_editor.connection)


def lock_sealing(connection: BaseDatabaseWrapper) -> None:
    """One sealer at a time, until the end of the transaction. SQLite has one writer anyway (IMMEDIATE)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALING_LOCK])

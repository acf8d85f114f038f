"""What the database refuses: changing a round that has answers, taking an answer back, editing what was published.

SQLite drops a table's triggers silently when a migration rebuilds it, and forgets WITHOUT ROWID as well; `missing`
finds that, `install` mends it (`manage.py protect_evaluations`).
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

REFUSAL = "evaluations: this can no longer be changed"
FUNCTIONS = ("evaluations_refuse", "evaluations_refuse_of_frozen")
SECRET_TABLE = "evaluations_secretanswer"  # noqa: S105 - a table, no password

_FROZEN_COLUMNS = (
    "is_frozen", "kind", "source", "roll", "roll_size", "is_secret", "questions", "class_rule", "unit_id", "title",
)  # fmt: skip
_ROUND, _RATER = "evaluations_round", "evaluations_rater"
_PUBLISHED = ("evaluations_publication", "evaluations_correction")


def _changed(columns: tuple[str, ...], different: str) -> str:
    return " OR ".join(f"NEW.{column} {different} OLD.{column}" for column in columns)


def _guards(different: str) -> dict[str, tuple[str, str, str]]:
    """Name → (table, event, condition); the conditions that look at one row only."""
    return {
        f"{_ROUND}_no_change": (_ROUND, "UPDATE", f"OLD.is_frozen AND ({_changed(_FROZEN_COLUMNS, different)})"),
        f"{_ROUND}_no_delete": (_ROUND, "DELETE", "OLD.is_frozen"),
        f"{_ROUND}_published_once": (
            _ROUND, "UPDATE", f"OLD.publication_id IS NOT NULL AND NEW.publication_id {different} OLD.publication_id",
        ),
        f"{_RATER}_answers_once": (
            _RATER, "UPDATE", f"OLD.answered_on IS NOT NULL AND ({_changed(('answered_on', 'channel'), different)})",
        ),
        **{f"{table}_no_update": (table, "UPDATE", "") for table in _PUBLISHED},
        **{f"{table}_no_delete": (table, "DELETE", "") for table in _PUBLISHED},
    }  # fmt: skip


def _sqlite() -> dict[str, tuple[str, str]]:
    found = {}
    for name, (table, event, condition) in _guards("IS NOT").items():
        when = f"WHEN {condition} " if condition else ""
        found[name] = (
            table,
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} {when}BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
        )
    frozen = f"EXISTS (SELECT 1 FROM {_ROUND} WHERE id = {{row}}.round_id AND is_frozen AND roll <> 'verified')"  # noqa: S608 - our own tables
    for name, event, row in (
        (f"{_RATER}_no_insert", "INSERT", "NEW"),
        (f"{_RATER}_no_delete", "DELETE", "OLD"),
        (f"{_RATER}_no_swap", "UPDATE OF round_id, user_id, key", "OLD"),
    ):
        found[name] = (
            _RATER,
            f"CREATE TRIGGER {name} BEFORE {event} ON {_RATER} WHEN {frozen.format(row=row)} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
        )
    return found


def _postgresql() -> dict[str, tuple[str, str]]:
    found = {}
    for name, (table, event, condition) in _guards("IS DISTINCT FROM").items():
        when = f"WHEN ({condition}) " if condition else ""
        found[name] = (
            table,
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {when}EXECUTE FUNCTION evaluations_refuse()",
        )
    for name, event in (
        (f"{_RATER}_no_insert", "INSERT"),
        (f"{_RATER}_no_delete", "DELETE"),
        (f"{_RATER}_no_swap", "UPDATE OF round_id, user_id, key"),
    ):
        found[name] = (
            _RATER,
            f"CREATE TRIGGER {name} BEFORE {event} ON {_RATER} FOR EACH ROW "
            "EXECUTE FUNCTION evaluations_refuse_of_frozen()",
        )
    return found


_FROZEN = f"SELECT 1 FROM {_ROUND} WHERE id = of_round AND is_frozen AND roll <> 'verified'"  # noqa: S608 - our table
_RAISE = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'insufficient_privilege'"
_POSTGRESQL_FUNCTIONS = (
    f"CREATE OR REPLACE FUNCTION evaluations_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {_RAISE}; END $$",
    "CREATE OR REPLACE FUNCTION evaluations_refuse_of_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ "
    "DECLARE of_round bigint; BEGIN "
    "IF TG_OP = 'INSERT' THEN of_round := NEW.round_id; ELSE of_round := OLD.round_id; END IF; "
    f"IF EXISTS ({_FROZEN}) THEN {_RAISE}; END IF; "
    "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
)


def _wanted(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, str]]:
    makers = {"sqlite": _sqlite, "postgresql": _postgresql}
    if connection.vendor not in makers:
        raise NotImplementedError(f"Evaluations support SQLite and PostgreSQL, not {connection.vendor}.")
    return makers[connection.vendor]()


def _squeezed(sql: str) -> str:
    return " ".join(sql.split())


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that are absent, disabled or not ours, and the secret table where it keeps an order of arrival;
    empty before the tables exist."""
    wanted = _wanted(connection)
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if SECRET_TABLE not in tables:
            return []
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            present = {
                name for name, sql in cursor.fetchall() if _squeezed(sql) == _squeezed(wanted.get(name, ("", ""))[1])
            }
        else:
            cursor.execute(
                "SELECT t.tgname FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
                "WHERE t.tgenabled = 'A' AND p.proname = ANY(%s) AND strpos(p.prosrc, %s) > 0",
                [list(FUNCTIONS), f"RAISE EXCEPTION '{REFUSAL}'"],
            )
            present = {name for (name,) in cursor.fetchall()}
    absent = sorted(name for name in wanted if name not in present)
    return absent + ([SECRET_TABLE] if has_rowid(connection) else [])


def has_rowid(connection: BaseDatabaseWrapper) -> bool:
    """Whether SQLite numbers the secret answers in the order in which they came."""
    if connection.vendor != "sqlite":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", [SECRET_TABLE])
        row = cursor.fetchone()
    return bool(row) and not row[0].rstrip().upper().endswith("WITHOUT ROWID")


def drop_rowid(connection: BaseDatabaseWrapper) -> None:
    """Build the table of the secret answers anew, ordered by its random key and by nothing else."""
    if not has_rowid(connection):
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", [SECRET_TABLE])
        [create] = cursor.fetchone()
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL", [SECRET_TABLE]
        )
        indexes = [sql for (sql,) in cursor.fetchall()]
        kept = f"{SECRET_TABLE}_kept"
        cursor.execute(f'ALTER TABLE "{SECRET_TABLE}" RENAME TO "{kept}"')
        for sql in indexes:
            name = sql.split('"')[1]
            cursor.execute(f'DROP INDEX "{name}"')
        cursor.execute(f"{create} WITHOUT ROWID")
        cursor.execute(f'INSERT INTO "{SECRET_TABLE}" SELECT * FROM "{kept}" ORDER BY "key"')  # noqa: S608 - our table
        cursor.execute(f'DROP TABLE "{kept}"')
        for sql in indexes:
            cursor.execute(sql)


def install(connection: BaseDatabaseWrapper) -> None:
    """Create every trigger anew and mend the secret table; safe to repeat."""
    remove(connection)
    drop_rowid(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for function in _POSTGRESQL_FUNCTIONS:
                cursor.execute(function)
        for name, (table, statement) in _wanted(connection).items():
            cursor.execute(statement)
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: for reversing the migration, and for a test that plays the attacker."""
    with connection.cursor() as cursor:
        for name, (table, _statement) in _wanted(connection).items():
            on_table = "" if connection.vendor == "sqlite" else f" ON {table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def install_in_migration(apps: Any, schema_editor: Any) -> None:
    install(schema_editor.connection)


def remove_in_migration(apps: Any, schema_editor: Any) -> None:
    remove(schema_editor.connection)

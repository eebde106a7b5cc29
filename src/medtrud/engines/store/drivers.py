"""What PostgreSQL says and does beyond Django: append-only tables, errors made readable."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.apps import apps
from django.db import DatabaseError, connection, models
from django.db.migrations import RunSQL

from medtrud.kernel.errors import Refused

APPEND_ONLY = "MT001"  # our own SQLSTATE: a trigger refuses, its message is for the reader
PACKED = b"PGCOPY\n\xff\r\n\0" + bytes(8)  # how a stream of rows in the binary format begins
NULL = b"\xff\xff\xff\xff"
_APART = 7_205_002  # first key of the advisory locks of period_apart
_MANY = 1000  # rows of a statement from which a plan of its own pays
_PORTION = 100  # rows sent at once: small, so that the server writes them while the next ones are made
CONCURRENT = {"40001", "40P01", "55P03"}  # serialization failure, deadlock, lock not available


def append_only(table: str, text: str = "") -> RunSQL:
    """Return the migration operation that lets rows be added to a table, never changed or deleted.

    The text tells the reader why, in Russian. TRUNCATE is refused too.
    """
    text = text or "Записи этой таблицы не изменяются и не удаляются: оформите новую запись."
    return RunSQL(
        f"""
        CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION USING ERRCODE = '{APPEND_ONLY}', MESSAGE = {_literal(text)};
        END $$;
        CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_append_only();
        CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only();
        """,
        f"""
        DROP TRIGGER {table}_no_truncate ON {table};
        DROP TRIGGER {table}_append_only ON {table};
        DROP FUNCTION {table}_append_only();
        """,
    )


def written_once(table: str, *marks: str) -> RunSQL:
    """Return the migration operation that lets only these columns of a row change; none is deleted.

    For rows replaced by a new version: the marks say whether a version still counts.
    """
    text = "Запись не изменяется и не удаляется: оформите её новую версию."
    allowed = ", ".join(_literal(mark) for mark in marks)
    return RunSQL(
        f"""
        CREATE FUNCTION {table}_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF to_jsonb(NEW) - ARRAY[{allowed}] = to_jsonb(OLD) - ARRAY[{allowed}] THEN
                    RETURN NEW;
                END IF;
            END IF;
            RAISE EXCEPTION USING ERRCODE = '{APPEND_ONLY}', MESSAGE = {_literal(text)};
        END $$;
        CREATE TRIGGER {table}_written_once BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_written_once();
        """,
        f"DROP TRIGGER {table}_written_once ON {table}; DROP FUNCTION {table}_written_once();",
    )


def keys_at_once(table: str, **parents: str) -> RunSQL:
    """Return the migration operation that checks keys once per statement: {column: parent table}.

    The fields say db_constraint=False. PostgreSQL checks an ordinary key row by row: on a table with five of
    them that is more than half the price of taking in a long list. Parents are still guarded against
    deletion, by PROTECT and by a trigger on each of them.
    """
    when = "REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION"
    return RunSQL(
        f"""
        {_keys_function(table, parents)}
        CREATE TRIGGER {table}_keys_insert AFTER INSERT ON {table} {when} {table}_keys();
        CREATE TRIGGER {table}_keys_update AFTER UPDATE ON {table} {when} {table}_keys();
        {_guards(table, parents)}
        """,
        f"DROP FUNCTION {table}_keys() CASCADE;" + _guards_away(table, parents),
    )


def keys_rewrite(table: str, **parents: str) -> RunSQL:
    """Return the migration operation that writes the function of keys_at_once anew."""
    return RunSQL(_keys_function(table, parents), RunSQL.noop)


def keys_seldom(table: str, **parents: str) -> RunSQL:
    """Return the migration operation that checks keys which are nearly always empty: {column: parent table}.

    The fields say db_constraint=False. PostgreSQL puts every new row into the queue of an ordinary key,
    even when the key is empty; here an empty key costs a comparison.
    """
    checks = "".join(
        f"""
        CREATE FUNCTION {table}_{column}_key() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM FROM {parent} p WHERE p.id = NEW.{column} FOR KEY SHARE;
            IF NOT FOUND THEN
                RAISE foreign_key_violation USING MESSAGE = '{table}.{column}: no such row of {parent}';
            END IF;
            RETURN NULL;
        END $$;
        CREATE TRIGGER {table}_{column}_key AFTER INSERT OR UPDATE OF {column} ON {table}
            FOR EACH ROW WHEN (NEW.{column} IS NOT NULL) EXECUTE FUNCTION {table}_{column}_key();"""
        for column, parent in parents.items()
    )
    away = "".join(f"DROP FUNCTION {table}_{column}_key() CASCADE;" for column in parents)
    return RunSQL(checks + _guards(table, parents), away + _guards_away(table, parents))


def period_apart(table: str, constraint: str, *keys: str) -> RunSQL:
    """Return the migration operation that lets no ended period reach into one that goes on.

    It completes two constraints of a table whose rows are born without an end: period_once over the ended
    rows, and one row without an end for equal keys. Whoever opens the next row waits for the one that is
    being ended, by the second of them; a row born with an end, or an end that is moved, waits for all others.
    """
    same = " AND ".join(f"t.{key} = n.{key}" for key in keys)
    refused = f"""
            IF found_rows > 0 THEN
                RAISE exclusion_violation USING TABLE = '{table}', CONSTRAINT = '{constraint}',
                    MESSAGE = '{table}: an ended period shares a day with one that goes on';
            END IF;"""
    pairs = f"SELECT count(*) FROM fresh n JOIN {table} t ON {same} WHERE "  # noqa: S608 - own names
    open_ones = _counted(pairs + "n.until IS NULL AND t.until IS NOT NULL AND t.until > n.since") + refused
    ended_ones = _counted(pairs + "n.until > t.since AND t.until IS NULL") + refused
    moved = "fresh n JOIN past o USING (id) WHERE o.until IS NOT NULL"
    moved += " AND (o.since, o.until) <> (n.since, n.until)"
    parts = {"insert": ("", "fresh n WHERE n.until IS NOT NULL"), "update": ("OLD TABLE AS past", moved)}
    return RunSQL(
        "".join(
            f"""
        CREATE OR REPLACE FUNCTION {table}_apart_{when}() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE found_rows bigint;
        BEGIN
            IF EXISTS (SELECT FROM {alone}) THEN
                PERFORM pg_advisory_xact_lock({_APART}, TG_RELID::integer);
            ELSE
                PERFORM pg_advisory_xact_lock_shared({_APART}, TG_RELID::integer);
            END IF; {open_ones}
            IF EXISTS (SELECT FROM fresh WHERE until IS NOT NULL) THEN {ended_ones}
            END IF;
            RETURN NULL;
        END $$;
        CREATE OR REPLACE TRIGGER {table}_apart_{when} AFTER {when.upper()} ON {table}
            REFERENCING NEW TABLE AS fresh {old}
            FOR EACH STATEMENT EXECUTE FUNCTION {table}_apart_{when}();"""  # noqa: S608 - own names
            for when, (old, alone) in parts.items()
        ),
        "".join(f"DROP FUNCTION {table}_apart_{when}() CASCADE;" for when in parts),
    )


def _keys_function(table: str, parents: dict[str, str]) -> str:
    named = "(SELECT DISTINCT {} AS id FROM fresh WHERE {} IS NOT NULL) n"
    lost = "SELECT count(*) FROM {} WHERE NOT EXISTS (SELECT FROM {} p WHERE p.id = n.id)"
    checks = "".join(
        _counted(lost.format(named.format(column, column), parent))
        + f"""
            IF found_rows > 0 THEN
                RAISE foreign_key_violation USING MESSAGE = '{table}.{column}: no such row of {parent}';
            END IF;"""
        for column, parent in parents.items()
    )
    return f"""
        CREATE OR REPLACE FUNCTION {table}_keys() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE found_rows bigint;
        BEGIN {checks}
            RETURN NULL;
        END $$;"""


def _counted(query: str) -> str:
    """Count by a plan made for many rows when there are many, else by the one that is kept for few."""
    return f"""
            IF (SELECT count(*) FROM (SELECT FROM fresh LIMIT {_MANY}) AS few) = {_MANY} THEN
                EXECUTE '{query}' INTO found_rows;
            ELSE
                {query.replace("SELECT count(*)", "SELECT count(*) INTO found_rows", 1)};
            END IF;"""  # noqa: S608 - own names


def _guards(table: str, parents: dict[str, str]) -> str:
    return "".join(
        f"""
        CREATE FUNCTION {table}_{column}_guard() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT FROM gone g JOIN {table} t ON t.{column} = g.id) THEN
                RAISE foreign_key_violation USING MESSAGE = '{parent}: {table}.{column} points to it';
            END IF;
            RETURN NULL;
        END $$;
        CREATE TRIGGER {table}_{column}_guard AFTER DELETE ON {parent} REFERENCING OLD TABLE AS gone
            FOR EACH STATEMENT EXECUTE FUNCTION {table}_{column}_guard();"""
        for column, parent in parents.items()
    )


def _guards_away(table: str, parents: dict[str, str]) -> str:
    return "".join(f"DROP FUNCTION {table}_{column}_guard() CASCADE;" for column in parents)


def copy_packed(table: str, columns: Sequence[str], rows: Iterable[bytes]) -> None:
    """Write rows that are packed already, in the binary format of COPY; the server is at work meanwhile."""
    names = ", ".join(f'"{column}"' for column in columns)
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.cursor.copy(f'COPY "{table}" ({names}) FROM STDIN (FORMAT binary)') as copy,
    ):
        copy.write(PACKED)
        for portion in _portions(rows):
            copy.write(portion)
        copy.write(b"\xff\xff")


def _portions(rows: Iterable[bytes]) -> Iterator[bytes]:
    left = iter(rows)
    while portion := b"".join(islice(left, _PORTION)):
        yield portion


def refusal_of(error: DatabaseError) -> Refused | None:
    """Translate what the database refused: a named constraint, an append-only table, a lost race."""
    diagnostics = getattr(error.__cause__, "diag", None)
    if diagnostics is None:
        return None
    if diagnostics.sqlstate == APPEND_ONLY:
        return Refused(diagnostics.message_primary)
    if diagnostics.sqlstate in CONCURRENT:
        return Refused("Эти данные только что изменил другой человек. Обновите страницу и повторите.")
    text = _message_of(diagnostics.table_name, diagnostics.constraint_name)
    return Refused(text) if text else None


def _message_of(table: str | None, constraint: str | None) -> str:
    """Return the message a model gave to its constraint; none if it gave none."""
    for model in apps.get_models():
        if model._meta.db_table == table:
            for known in model._meta.constraints:
                if known.name == constraint:
                    return _own_message(known)
    return ""


def _own_message(constraint: models.BaseConstraint) -> str:
    text = str(constraint.violation_error_message)
    return "" if text == str(constraint.default_violation_error_message) else text


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''").replace("%", "%%") + "'"

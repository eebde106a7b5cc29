"""What PostgreSQL says and does beyond Django: append-only tables, errors made readable."""

from django.apps import apps
from django.db import DatabaseError, models
from django.db.migrations import RunSQL

from medtrud.kernel.errors import Refused

APPEND_ONLY = "MT001"  # our own SQLSTATE: a trigger refuses, its message is for the reader
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
    checks = "".join(
        f"""
        IF EXISTS (SELECT FROM fresh n WHERE n.{column} IS NOT NULL
                   AND NOT EXISTS (SELECT FROM {parent} p WHERE p.id = n.{column})) THEN
            RAISE foreign_key_violation USING MESSAGE = '{table}.{column}: no such row of {parent}';
        END IF;"""  # noqa: S608 - names of our own tables
        for column, parent in parents.items()
    )
    guards = "".join(
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
    when = "REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION"
    return RunSQL(
        f"""
        CREATE FUNCTION {table}_keys() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN {checks}
            RETURN NULL;
        END $$;
        CREATE TRIGGER {table}_keys_insert AFTER INSERT ON {table} {when} {table}_keys();
        CREATE TRIGGER {table}_keys_update AFTER UPDATE ON {table} {when} {table}_keys();
        {guards}
        """,
        f"DROP FUNCTION {table}_keys() CASCADE;"
        + "".join(f"DROP FUNCTION {table}_{column}_guard() CASCADE;" for column in parents),
    )


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

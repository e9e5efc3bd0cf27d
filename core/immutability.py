"""Rows that the database itself keeps from being changed, on SQLite and PostgreSQL alike.

Triggers are installed after every ``migrate`` (``post_migrate``), not in a migration: on SQLite a
later migration that rebuilds the table would drop them without a word.
"""

from collections.abc import Sequence

from django.db import connections


def forbid_update(
    *, table: str, columns: Sequence[str], when: str, name: str, using: str = "default"
) -> None:
    """Refuse to change ``columns`` of rows of ``table`` for which the SQL condition ``when`` holds.

    ``when`` names columns as ``OLD.column``. The database raises IntegrityError with ``name``.
    """
    connection = connections[using]
    changed = " OR ".join(
        f'(OLD."{c}" IS NOT NEW."{c}")'
        if connection.vendor == "sqlite"
        else f'(OLD."{c}"::text IS DISTINCT FROM NEW."{c}"::text)'
        for c in columns
    )
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
            cursor.execute(
                f'CREATE TRIGGER "{name}" BEFORE UPDATE ON "{table}" '
                f"WHEN ({when}) AND ({changed}) "
                f"BEGIN SELECT RAISE(ABORT, '{name}'); END"
            )
            return
        cursor.execute(
            f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ '
            f"BEGIN RAISE EXCEPTION '{name}' USING ERRCODE = 'restrict_violation'; END $$"
        )
        cursor.execute(
            f'CREATE OR REPLACE TRIGGER "{name}" BEFORE UPDATE ON "{table}" FOR EACH ROW '
            f'WHEN (({when}) AND ({changed})) EXECUTE FUNCTION "{name}"()'
        )

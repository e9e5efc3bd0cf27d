"""Writing many rows at once, on SQLite and PostgreSQL alike."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connections, router
from django.db.models import Model


def insert_rows(model: type[Model], fields: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert rows of plain values (numbers, text, booleans, None): COPY on PostgreSQL, one prepared
    statement on SQLite. ``fields`` are attribute names (``run_id``); other columns take nothing,
    so every column without a database default must be named."""
    connection = connections[router.db_for_write(model)]
    quote = connection.ops.quote_name
    found: list[Any] = [model._meta.get_field(name.removesuffix("_id")) for name in fields]
    columns = ", ".join(quote(field.column) for field in found)
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            holes = ", ".join(["%s"] * len(fields))
            cursor.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({holes})",  # noqa: S608
                list(rows),
            )
            return
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def update_rows(model: type[Model], fields: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Set ``fields`` of the rows whose key is ``row[0]`` to ``row[1:]``, in one statement
    (PostgreSQL) or one prepared statement (SQLite).

    Django's ``bulk_update`` writes one CASE per field and row; for a hundred thousand attempts
    that takes minutes where this takes seconds. Values are as the fields' ``get_prep_value``.
    """
    if not rows:
        return
    meta = model._meta
    connection = connections[router.db_for_write(model)]
    quote = connection.ops.quote_name
    columns: list[Any] = [meta.get_field(name) for name in fields]
    key: Any = meta.pk
    prepared = [
        (
            row[0],
            *(
                field.get_db_prep_save(value, connection)
                for field, value in zip(columns, row[1:], strict=True)
            ),
        )
        for row in rows
    ]
    names = [quote(str(field.column)) for field in columns]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            assignments = ", ".join(f"{name} = %s" for name in names)
            cursor.executemany(
                f"UPDATE {quote(meta.db_table)} SET {assignments} WHERE {quote(key.column)} = %s",  # noqa: S608
                [(*row[1:], row[0]) for row in prepared],
            )
            return
        types = [str(field.db_type(connection)).split(" CHECK")[0] for field in columns]
        arrays = ", ".join(["%s::bigint[]", *(f"%s::{kind}[]" for kind in types)])
        aliases = ", ".join(["key", *(f"value_{index}" for index in range(len(names)))])
        assignments = ", ".join(f"{name} = new.value_{index}" for index, name in enumerate(names))
        cursor.execute(
            f"UPDATE {quote(meta.db_table)} AS old SET {assignments} "  # noqa: S608
            f"FROM unnest({arrays}) AS new({aliases}) WHERE old.{quote(key.column)} = new.key",
            [list(column) for column in zip(*prepared, strict=True)],
        )

"""Rows that refer to each other while others delete.

PostgreSQL asks foreign keys at commit only (Django defers them): whoever refers to a row that
another deletes at the same moment would fail there, where nobody can be told.
"""

from collections.abc import Collection

from django.db import connection
from django.db.models import Model


def hold_rows(model: type[Model], keys: Collection[int]) -> set[int]:
    """Keeps these rows from being deleted until the transaction ends; the keys of those that are
    still there. One statement; needs a transaction."""
    rows = model._base_manager.select_for_update(no_key=True).filter(pk__in=keys)
    return set(rows.order_by("pk").values_list("pk", flat=True))


def check_references() -> None:
    """Ask the foreign keys now. Raises IntegrityError. On SQLite, where only one writes at a time,
    there is nothing to ask."""
    connection.check_constraints(table_names=[])

"""The database as it stood at one moment, to be looked at or gone back to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import Flask
from sqlalchemy import delete, insert, select, text

from assessment.store.db import Base, db

# In what order rows go and come is nobody's business for a moment.
UNORDERED: Final = {
    "sqlite": "PRAGMA defer_foreign_keys = ON",
    "postgresql": "SET LOCAL session_replication_role = replica",
}
TABLES: Final = [table for table in Base.metadata.sorted_tables if table.name != "audit"]
"""The trail of what was done is only ever added to."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Every row of every table but the trail; ``owner`` is the installation as the owner of its tables."""

    owner: Flask
    rows: Mapping[str, list[dict[str, Any]]]


def keep(owner: Flask) -> Kept:
    with owner.app_context(), db.engine.connect() as connection:
        rows = {table.name: [dict(row) for row in connection.execute(select(table)).mappings()] for table in TABLES}
    return Kept(owner, rows)


def rewind(kept: Kept) -> None:
    """Back to what was kept."""
    with kept.owner.app_context(), db.engine.begin() as connection:
        connection.execute(text(UNORDERED[db.engine.dialect.name]))
        for table in reversed(TABLES):
            connection.execute(delete(table))
        for table in TABLES:
            if rows := kept.rows[table.name]:
                connection.execute(insert(table), rows)

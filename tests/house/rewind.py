"""The database as it stood at one moment, to be looked at or gone back to."""

from __future__ import annotations

from typing import Any, Final

from flask import Flask
from sqlalchemy import delete, insert, select, text

from assessment.store.db import Base, db

Kept = dict[str, list[dict[str, Any]]]
# In what order rows go and come is nobody's business for a moment.
UNORDERED: Final = {
    "sqlite": "PRAGMA defer_foreign_keys = ON",
    "postgresql": "SET LOCAL session_replication_role = replica",
}
TABLES: Final = [table for table in Base.metadata.sorted_tables if table.name != "audit"]
"""The trail of what was done is only ever added to."""


def keep(app: Flask) -> Kept:
    """Every row of every table but the trail."""
    with app.app_context(), db.engine.connect() as connection:
        return {table.name: [dict(row) for row in connection.execute(select(table)).mappings()] for table in TABLES}


def rewind(app: Flask, kept: Kept) -> None:
    """Back to what was kept."""
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text(UNORDERED[db.engine.dialect.name]))
        for table in reversed(TABLES):
            connection.execute(delete(table))
        for table in TABLES:
            if rows := kept[table.name]:
                connection.execute(insert(table), rows)

"""An insert that can say what to do where the row is there already: each database has one of its own."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session


def insert_into(session: Session, table: Any) -> postgresql.Insert | sqlite.Insert:
    """To be ended with ``on_conflict_do_nothing`` or ``on_conflict_do_update``."""
    return sqlite.insert(table) if session.get_bind().dialect.name == "sqlite" else postgresql.insert(table)

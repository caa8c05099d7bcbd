"""What stands in the tables, counted."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import func, select

from assessment.store.db import reading


def count(app: Flask, table: type) -> int:
    """How many rows a table holds."""
    with app.app_context(), reading(answers=True) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0

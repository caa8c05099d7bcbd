"""Column types used in every table."""

from __future__ import annotations

from sqlalchemy import Enum


def checked(*values: str, name: str) -> Enum:
    """Text that may hold only these values, checked by the database itself."""
    return Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)

"""Column types used in every table."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, Enum, TypeDecorator


def checked(*values: str, name: str) -> Enum:
    """Text that may hold only these values, checked by the database itself."""
    return Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, aware of it: SQLite would give back one that is not."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None

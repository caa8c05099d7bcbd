"""Every row of a table as plain values, in an order that tells nothing of when it was written; and back.

The kinds of values are written down with them, so that a copy can be read without the models of its day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Connection,
    Date,
    Float,
    Integer,
    String,
    Table,
    TableClause,
    Uuid,
    column,
    func,
    insert,
    select,
    table,
)
from sqlalchemy.types import TypeEngine

from assessment.store.db import Base
from assessment.store.models.types import Moment

LEFT_OUT: Final = frozenset({"sign_in", "sign_in_link", "sign_in_request", "rate"})
"""What must not come back with an old copy: whoever signed out stays out, and a link that was used stays used."""
AT_ONCE: Final = 1000

Row = Sequence[Any]


class Damaged(ValueError):
    """It is no backup, or not as it was written."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of value is kept in the database, and in a copy."""

    type: TypeEngine[Any]
    write: Any = None
    read: Any = None


KINDS: Final[Mapping[str, Kind]] = {
    "uuid": Kind(Uuid(), lambda value: value.hex, UUID),
    "moment": Kind(Moment(), datetime.isoformat, datetime.fromisoformat),
    "date": Kind(Date(), date.isoformat, date.fromisoformat),
    "boolean": Kind(Boolean()),
    "integer": Kind(Integer()),
    "float": Kind(Float()),
    "text": Kind(String()),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """One table: the kind of each of its columns by name, and those that make up its key."""

    name: str
    columns: Mapping[str, str]
    key: tuple[str, ...]

    @property
    def table(self) -> TableClause:
        return table(self.name, *(column(name, KINDS[kind].type) for name, kind in self.columns.items()))


def shapes() -> tuple[Shape, ...]:
    """Every table that belongs into a copy; none before one that it refers to."""
    return tuple(_shape(one) for one in Base.metadata.sorted_tables if one.name not in LEFT_OUT)


def _shape(one: Table) -> Shape:
    columns = {each.name: _kind(each.type) for each in one.columns}
    return Shape(one.name, columns, tuple(each.name for each in one.primary_key.columns))


def _kind(type_: TypeEngine[Any]) -> str:
    return next(name for name, kind in KINDS.items() if isinstance(type_, type(kind.type)))


def read_rows(connection: Connection, shape: Shape) -> Iterator[Row]:
    """The rows by their keys, which are random where an order would tell something; as they go into a copy."""
    source = shape.table
    # PostgreSQL would sort texts as its locale does, and another database otherwise.
    plain = connection.dialect.name == "postgresql"
    order = [
        source.c[name].collate("C") if plain and shape.columns[name] == "text" else source.c[name] for name in shape.key
    ]
    write = [KINDS[kind].write for kind in shape.columns.values()]
    query = select(source).order_by(*order).execution_options(yield_per=AT_ONCE)
    for row in connection.execute(query):
        yield [one if one is None or to is None else to(one) for one, to in zip(row, write, strict=True)]


def number_of_rows(connection: Connection) -> int:
    """How many there are in all tables that belong into a copy."""
    return sum(connection.scalar(select(func.count()).select_from(one.table)) or 0 for one in shapes())


def write_rows(connection: Connection, shape: Shape, rows: Iterator[Row]) -> None:
    """Raises Damaged where a value is not of its kind."""
    target = insert(shape.table)
    read = [(name, KINDS[kind].read) for name, kind in shape.columns.items()]
    while some := list(islice(rows, AT_ONCE)):
        connection.execute(target, [_values(row, read) for row in some])


def _values(row: Row, read: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    try:
        return {name: one if one is None or to is None else to(one) for one, (name, to) in zip(row, read, strict=True)}
    except (ValueError, TypeError, AttributeError):
        raise Damaged from None

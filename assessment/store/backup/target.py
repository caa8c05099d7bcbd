"""The database that a backup is restored into: it must be empty, and nobody else's meanwhile.

Each of these is of the app's own database, unless it is given another.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, create_engine, func, inspect, select, table, text

from assessment.store.db import ANSWERS, WRITES, Base, Engine, db

VERSION: Final = "alembic_version"
PREPARED: Final = frozenset({VERSION, "definition", "network", "outbox", "rate"})
"""What a database may hold that was only just prepared, and looked at."""
OTHERS: Final = text(
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid() AND usesysid IS NOT NULL "
    # Of another role's connections it is not told what they are.
    "AND coalesce(backend_type, 'client backend') = 'client backend'"
)
SELF_REFERENCES: Final = text(
    "SELECT conrelid::regclass::text, quote_ident(conname) FROM pg_constraint "
    "WHERE contype = 'f' AND conrelid = confrelid AND connamespace = current_schema()::regnamespace"
)


class InUse(RuntimeError):
    """Another connection is open to it."""


class NotEmpty(RuntimeError):
    """It holds something; the text names the tables that do."""


class BrokenReference(RuntimeError):
    """A row refers to one that is not there."""


def engine_at(address: str) -> Engine:
    """A database that is not the app's own."""
    return create_engine(address, hide_parameters=True)


def database_kind(engine: Engine | None = None) -> str:
    return (engine or db.engine).dialect.name


def sqlite_file(engine: Engine | None = None) -> Path | None:
    """The file of an embedded database, whether it is there or not."""
    return Path(str((engine or db.engine).url.database)) if database_kind(engine) == "sqlite" else None


def refuse_in_use(engine: Engine | None = None) -> None:
    """Raise InUse if anybody else has the database open; the app's own connections are closed first."""
    (engine or db.engine).dispose()
    file = sqlite_file(engine)
    if file is None:
        with (engine or db.engine).connect() as connection:
            if connection.scalar(OTHERS):
                raise InUse
    elif file.exists():
        _refuse_locked(file)


def _refuse_locked(file: Path) -> None:
    """Every open connection holds a lock on a file that has a WAL, which keeps it from being without one."""
    with closing(sqlite3.connect(file, timeout=1, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE").fetchone()
        except sqlite3.OperationalError:
            raise InUse from None


def refuse_not_empty(engine: Engine | None = None) -> bool:
    """Raise NotEmpty if there is anything in it; whether it has tables."""
    with (engine or db.engine).connect() as connection:
        names = inspect(connection).get_table_names()
        known = {*Base.metadata.tables, VERSION}
        full = [name for name in names if name not in known or (name not in PREPARED and _has_rows(connection, name))]
    if full:
        raise NotEmpty(", ".join(sorted(full)))
    return bool(names)


def _has_rows(connection: Connection, name: str) -> bool:
    return bool(connection.scalar(select(func.count()).select_from(table(name))))


@contextmanager
def filling(engine: Engine | None = None) -> Iterator[Connection]:
    """One writing transaction in which rows may come before those that they refer to. Raises BrokenReference."""
    fill = _filling_sqlite if database_kind(engine) == "sqlite" else _filling_postgresql
    with (engine or db.engine).connect().execution_options(**{WRITES: True}) as connection:
        yield from fill(connection)


def _filling_sqlite(connection: Connection) -> Iterator[Connection]:
    driver: Any = connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            yield connection
            if connection.execute(text("PRAGMA foreign_key_check")).first():
                raise BrokenReference
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _filling_postgresql(connection: Connection) -> Iterator[Connection]:
    """Tables come in the order of their references: only one that refers to itself has to wait until the end."""
    with connection.begin():
        found = connection.execute(SELF_REFERENCES).all()
        for name, constraint in found:
            connection.execute(text(f"ALTER TABLE {name} ALTER CONSTRAINT {constraint} DEFERRABLE INITIALLY DEFERRED"))
        yield connection
        connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        for name, constraint in found:
            connection.execute(text(f"ALTER TABLE {name} ALTER CONSTRAINT {constraint} NOT DEFERRABLE"))


@contextmanager
def one_view(engine: Engine | None = None) -> Iterator[Connection]:
    """The database as it is at one moment, however long reading takes, and whoever writes meanwhile."""
    with (engine or db.engine).connect().execution_options(**{ANSWERS: True}) as connection:
        if database_kind(engine) == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        yield connection

"""The database: one engine, and two ways in — `transaction()` to write, `reading()` to read; `asking()` reads as well,
for the few pages that many people open at once.

Single people's answers, and the exact sums that scores are made of, are reached by either only with `answers=True`.
Where an operator protects them (`flask data protect`) PostgreSQL itself refuses them to whoever does not say so.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, MetaData, event, func, select
from sqlalchemy.orm import DeclarativeBase, Session

from assessment.logs import ASKED

CONVENTION = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=CONVENTION)


db = SQLAlchemy(model_class=Base, disable_autonaming=True)
Askable = Session | Connection
"""What a question can be put to."""

__all__ = [
    "Askable",
    "Base",
    "Connection",
    "Engine",
    "Session",
    "as_one_view",
    "asking",
    "db",
    "one_at_a_time",
    "reading",
    "transaction",
]

SLOW = "same_table_slow_ms"
LONGEST = 2000
log = logging.getLogger(__name__)

WRITES = "same_table_writes"
ANSWERS = "same_table_answers"
ANSWERS_ROLE = "same_table_answers_role"


@contextmanager
def transaction(*, answers: bool = False) -> Iterator[Session]:
    """One writing transaction: all of it is on disk when the block ends, or none of it."""
    session = cast("Session", db.session())
    session.connection(execution_options={WRITES: True, ANSWERS: answers})
    try:
        yield session
        session.commit()
    finally:
        session.close()


def one_at_a_time(session: Session, what: str) -> None:
    """Let no other transaction that says the same go on until this one ends.

    For what is looked up first and written then. SQLite's writers wait for each other anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(what, 0))))


def as_one_view(session: Session, *, answers: bool = False) -> None:
    """Let a reading session, before its first question, see the database as it is now however many it asks.

    SQLite's readers always do. ``answers`` as in reading them otherwise.
    """
    served = session.get_bind().dialect.name == "postgresql"
    isolation = {"isolation_level": "REPEATABLE READ"} if served else {}
    session.connection(execution_options={**isolation, ANSWERS: answers})


@contextmanager
def reading(*, answers: bool = False) -> Iterator[Session]:
    """One consistent view of the database, which is left as it was."""
    session = cast("Session", db.session())
    if answers:
        session.connection(execution_options={ANSWERS: True})
    try:
        yield session
    finally:
        session.close()


@contextmanager
def asking() -> Iterator[Connection]:
    """As `reading()`, for a question of one statement: the session around it would cost as much as the question."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            # Else a transaction is begun and ended around it, each of which is one more way there and back.
            connection.execution_options(isolation_level="AUTOCOMMIT")
        yield connection


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    # SQLAlchemy begins transactions itself (below); sqlite3's own deferred BEGIN ends in "database is locked".
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "busy_timeout=10000",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "before_cursor_execute")
def _begin_to_ask(_connection: Any, _cursor: Any, _statement: str, _parameters: Any, context: Any, _many: bool) -> None:
    if context is not None:
        context.same_table_began = time.perf_counter()


@event.listens_for(Engine, "after_cursor_execute")
def _note_asked(connection: Any, _cursor: Any, statement: str, _parameters: Any, context: Any, _many: bool) -> None:
    """Count it for the request, and write down what took long: the statement, never the values in it."""
    if context is None:
        return
    seconds = time.perf_counter() - context.same_table_began
    if asked := ASKED.get():
        asked.queries += 1
        asked.seconds += seconds
    slow = connection.get_execution_options().get(SLOW)
    if slow and seconds * 1000 >= slow:
        fields = {"ms": round(seconds * 1000), "statement": " ".join(statement.split())[:LONGEST]}
        log.warning("A statement took %d ms.", fields["ms"], extra={"fields": fields})


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if connection.dialect.name == "sqlite":
        _begin_sqlite(connection, bool(options.get(WRITES)))
    elif options.get(ANSWERS) and (role := options.get(ANSWERS_ROLE)):
        # Until this transaction ends, whichever way.
        connection.exec_driver_sql(f'SET LOCAL ROLE "{role}"')


def _begin_sqlite(connection: Connection, writes: bool) -> None:
    if writes:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        # Past SQLAlchemy, which would spend more on it than on a small question: it waits for nothing and cannot fail.
        connection.connection.cursor().execute("BEGIN")

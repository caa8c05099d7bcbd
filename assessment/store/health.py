"""Whether the database is there, at this version's migration or a newer one, with a questionnaire in it."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, func, insert, select
from sqlalchemy.exc import SQLAlchemyError

from assessment.store.db import WRITES, db, reading
from assessment.store.models import Rate, StoredDefinition


def not_ready(migrations: str) -> list[str]:
    """What is missing, as names: ``database``, ``migrations``, ``questionnaires``; empty when all is well.

    A migration that this version does not know is a newer version's. It only adds, so that this one serves on until
    it is replaced.
    """
    try:
        now = revision_now()
        if now is None or (now != newest_revision(migrations) and knows_revision(migrations, now)):
            return ["migrations"]
        with reading() as session:
            stored = session.scalar(select(func.count()).select_from(StoredDefinition))
    except SQLAlchemyError:
        return ["database"]
    return [] if stored else ["questionnaires"]


def is_writable() -> bool:
    """Whether a row can be written; it is not kept."""
    try:
        with db.engine.connect().execution_options(**{WRITES: True}) as connection:
            connection.execute(insert(Rate).values(key=uuid4().hex, ends_at=datetime.now(UTC), times=1))
            connection.rollback()
    except SQLAlchemyError:
        return False
    return True


def clock_of_the_database() -> datetime | None:
    """What time a database server says it is; an embedded one has no clock of its own."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            return None
        said: datetime = connection.scalar(select(func.clock_timestamp()))  # type: ignore[assignment]
        return said.astimezone(UTC)


def revision_now(engine: Engine | None = None) -> str | None:
    with (engine or db.engine).connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_revision(migrations: str) -> str | None:
    return _scripts(migrations).get_current_head()


def knows_revision(migrations: str, revision: str) -> bool:
    """Whether this version of the code has the migration that the database stands at."""
    return any(script.revision == revision for script in _scripts(migrations).walk_revisions())


def _scripts(migrations: str) -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", migrations)
    return ScriptDirectory.from_config(config)

"""Whether the database is there, at this version's migration, with a questionnaire in it."""

from __future__ import annotations

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError

from assessment.store.db import db, reading
from assessment.store.models import StoredDefinition


def not_ready(migrations: str) -> list[str]:
    """What is missing, as names: ``database``, ``migrations``, ``questionnaires``; empty when all is well."""
    try:
        if revision_now() != newest_revision(migrations):
            return ["migrations"]
        with reading() as session:
            stored = session.scalar(select(func.count()).select_from(StoredDefinition))
    except SQLAlchemyError:
        return ["database"]
    return [] if stored else ["questionnaires"]


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

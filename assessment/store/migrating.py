"""Bringing a database to a migration: the app's own, unless it is given another. Only within an app."""

from __future__ import annotations

from contextlib import suppress

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

from assessment.store.backup.target import VERSION, sqlite_file
from assessment.store.db import db


def bring_up(migrations: str, revision: str, engine: Engine | None = None) -> None:
    """``revision`` may be "head"."""
    command.upgrade(_config(migrations, engine), revision)


def take_down(migrations: str, engine: Engine | None = None) -> None:
    """No table is left."""
    command.downgrade(_config(migrations, engine), "base")
    with (engine or db.engine).begin() as connection:
        connection.execute(text(f"DROP TABLE {VERSION}"))


def remove_file() -> None:
    """An embedded database, with what SQLite keeps beside it."""
    db.engine.dispose()
    if file := sqlite_file():
        for end in ("", "-wal", "-shm", "-journal"):
            with suppress(FileNotFoundError):
                file.with_name(file.name + end).unlink()


def _config(migrations: str, engine: Engine | None) -> Config:
    config = Config()
    config.attributes["engine"] = engine
    config.set_main_option("script_location", migrations)
    return config

"""Back up everything that is needed to go on, and restore it. The secret key is in neither database nor backup."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from assessment.store.backup.file import Content, Counting, Manifest, Reading, reading_file, writing_file
from assessment.store.backup.rows import read_rows, shapes, write_rows
from assessment.store.backup.target import (
    database_kind,
    filling,
    one_view,
    refuse_in_use,
    refuse_not_empty,
    sqlite_file,
)
from assessment.store.db import Connection
from assessment.store.health import knows_revision, newest_revision, revision_now
from assessment.store.migrating import bring_up, remove_file, take_down


class NotPrepared(RuntimeError):
    """The database does not stand at this version's migration."""


class Newer(RuntimeError):
    """The backup is of a migration that this version does not know."""


class Differs(RuntimeError):
    """What was restored is not what was in the backup; the text names the first table that differs."""


def back_up(path: Path, now: datetime, migrations: str, keys: Path | None = None) -> Manifest:
    """Write one file that holds the database as it is now; under lock, if there is a file of public keys.

    Raises NotPrepared, NoKey, FileExistsError or another OSError.
    """
    revision = revision_now()
    if revision is None or revision != newest_revision(migrations):
        raise NotPrepared
    with writing_file(path, now, keys) as writing, one_view() as connection:
        for shape in shapes():
            writing.add(shape, read_rows(connection, shape))
        return writing.end(database_kind(), revision)


def look_at(path: Path, key: Path | None = None) -> Manifest:
    """What a backup holds. Raises Locked, NoKey, Damaged or FormatTooNew."""
    with reading_file(path, key) as backup:
        return backup.manifest


def restore(path: Path, migrations: str, key: Path | None = None) -> Manifest:
    """Fill an empty database from a backup, and bring it up to this version. All of it, or nothing.

    Raises Locked, NoKey, Damaged, FormatTooNew, Newer, InUse, NotEmpty, BrokenReference or Differs.
    """
    with reading_file(path, key) as backup:
        if not knows_revision(migrations, backup.manifest.revision):
            raise Newer
        refuse_in_use()
        with _a_bare_database(migrations):
            bring_up(migrations, backup.manifest.revision)
            with filling() as connection:
                _fill(connection, backup)
            bring_up(migrations, "head")
        return backup.manifest


@contextmanager
def _a_bare_database(migrations: str) -> Iterator[None]:
    """A database without a table, which it is again if anything goes wrong."""
    file = sqlite_file()
    was_there = file is None or file.exists()
    if refuse_not_empty():
        take_down(migrations)
    try:
        yield
    except BaseException:
        take_down(migrations) if was_there else remove_file()
        raise


def _fill(connection: Connection, backup: Reading) -> None:
    for content in backup.manifest.tables:
        write_rows(connection, content.shape, backup.rows(content.shape))
    for content in backup.manifest.tables:
        if not is_as_it_was(connection, content):
            raise Differs(content.shape.name)


def is_as_it_was(connection: Connection, content: Content) -> bool:
    """Whether a table holds what was written into it."""
    counting = Counting()
    for _line in counting.lines(read_rows(connection, content.shape)):
        pass
    return (counting.rows, counting.digest) == (content.rows, content.sha256)

"""flask backup and flask restore: the whole installation in one file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click
from flask import current_app
from flask.cli import with_appcontext

from assessment.config import Settings
from assessment.store.backup.file import FormatTooNew, Manifest
from assessment.store.backup.lock import Locked, NoKey
from assessment.store.backup.rows import Damaged
from assessment.store.backup.target import BrokenReference, InUse, NotEmpty
from assessment.store.faults import DatabaseError, is_refused, is_unusable
from assessment.workflows.backup import Differs, Newer, NotPrepared, back_up, look_at, restore
from assessment.workflows.backups import Keep, backup_name, forget_old

KEY: Final = (
    "The secret key is not in it. Keep SECRET_KEY in another place: without it everybody is signed out, and what is "
    "sealed with it is lost: organisations' own sign-in, who has answered a running round, who wants no more messages."
)
NOT_THE_OWNER: Final = (
    "This login may not do that. Give a DATABASE_URL that logs in as the owner of the tables, or set ANSWERS_ROLE."
)
KEY_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
FILE: Final = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@click.command("backup")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def backup_command(file: Path | None) -> None:
    """Write everything into FILE, while people go on.

    Without FILE into BACKUP_FOLDER, under a name of its own; there old backups are then deleted, but those that
    BACKUP_DAILY, BACKUP_WEEKLY and BACKUP_MONTHLY keep.
    """
    settings, now = current_app.config["SETTINGS"], datetime.now(UTC)
    path = file or _in_folder(settings, now)
    with refusals(path):
        manifest = back_up(path, now, migrations(), settings.backup_keys)
    click.echo(f"Backed up to {path}: {_size(path)}, {_counted(manifest)}. Keep it as safe as the database itself.")
    click.echo(KEY)
    if not file:
        keep = Keep(settings.backup_daily, settings.backup_weekly, settings.backup_monthly)
        for name in forget_old(path.parent, keep):
            click.echo(f"Deleted {name}, which is old enough.")


def _in_folder(settings: Settings, now: datetime) -> Path:
    folder = settings.backup_folder
    if folder is None:
        raise click.UsageError("Name a FILE, or set BACKUP_FOLDER.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / backup_name(now, locked=settings.backup_keys is not None)


@click.command("restore", help="Fill an empty database, that nobody uses, from the backup FILE.")
@click.option("--check", is_flag=True, help="Only look whether the file is whole.")
@click.option("--key", type=KEY_FILE, help="The file of the private key, for a backup under lock.")
@FILE
@with_appcontext
def restore_command(file: Path, check: bool, key: Path | None) -> None:
    with refusals(file):
        manifest = look_at(file, key) if check else restore(file, migrations(), key)
    made = f"of {manifest.made_at:%-d %B %Y, %H:%M} UTC, from {manifest.database}, migration {manifest.revision}"
    if check:
        click.echo(f"{file} is whole: {made}, {_counted(manifest)}.")
        return
    click.echo(f"Restored {file}: {made}, {_counted(manifest)}, each table as it was.")
    click.echo("Now run: flask prepare. Erase again what was erased since. Then start the server and the jobs worker.")


def migrations() -> str:
    """Where this version's migrations are."""
    directory: str = current_app.extensions["migrate"].directory
    return directory


def _counted(manifest: Manifest) -> str:
    rows = sum(one.rows for one in manifest.tables)
    return f"{rows:,} rows in {len(manifest.tables)} tables"


def _size(file: Path) -> str:
    return f"{file.stat().st_size / 1_000_000:.1f} MB"


SENTENCES: Final[Mapping[type[Exception], str]] = {
    NotPrepared: "The database is not up to date. Run: flask prepare",
    Damaged: "{file} is not a whole backup: it was cut short or altered.",
    BrokenReference: "{file} is not a whole backup: it was cut short or altered.",
    Differs: "What was written into {fault} was not what was read, and was taken out again.",
    Locked: "{file} is under lock, and does not open: give its private key with --key, or it was cut short or altered.",
    NoKey: "{fault} has no key of age in it. Make one: age-keygen",
    FormatTooNew: "{file} was made by a newer version of Same table. Use that one.",
    Newer: "{file} was made by a newer version of Same table. Use that one.",
    InUse: "The database is in use. Stop the server and the jobs worker first.",
    NotEmpty: "The database is not empty: there is something in {fault}. Use a new one.",
    FileExistsError: "{file} is there already. Give another name.",
}


@contextmanager
def refusals(file: Path) -> Iterator[None]:
    """What the operator is told: one sentence, exit code 1."""
    try:
        yield
    except tuple(SENTENCES) as fault:
        raise click.ClickException(SENTENCES[type(fault)].format(file=file, fault=fault)) from None
    except OSError as fault:
        raise click.ClickException(f"{fault.filename or file}: {fault.strerror}.") from None
    except DatabaseError as fault:
        if is_refused(fault):
            raise click.ClickException(NOT_THE_OWNER) from None
        # What the database says of a row would repeat the row.
        said = str(fault.orig) if is_unusable(fault) else type(fault.orig).__name__
        raise click.ClickException(f"The database does not take it: {said}.") from None

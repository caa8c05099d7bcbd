"""flask doctor: everything an installation needs, each with OK or what to do."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

import click
from flask import current_app
from flask.cli import with_appcontext

from assessment.config import Settings
from assessment.jobs.post import Down
from assessment.jobs.smtp import Smtp
from assessment.questionnaire.fault import DefinitionError
from assessment.questionnaire.folder import find_definitions
from assessment.store.db import reading
from assessment.store.faults import DatabaseError, is_refused
from assessment.store.health import clock_of_the_database, is_writable, not_ready
from assessment.store.protection import is_served, reachable_answers
from assessment.store.queries.apart import due_to_close
from assessment.store.queries.audit import last_deed
from assessment.store.queries.outbox_view import waiting
from assessment.workflows.backups import newest_backup
from assessment.workflows.snapshot_audit import audit_snapshots

LEAST_FREE: Final = 1_000_000_000
LEAST_PART: Final = 0.05
CLOCKS_DIFFER: Final = timedelta(seconds=30)
BACKUP_AGE: Final = timedelta(hours=36)
LEFT_OPEN: Final = timedelta(days=2)
MISSING: Final = {
    "database": "it does not answer.",
    "migrations": "its tables are of another version. Run: flask prepare",
    "questionnaires": "it has no questionnaire. Run: flask prepare",
}


@dataclass(frozen=True, slots=True)
class Look:
    """What every check is given."""

    settings: Settings
    now: datetime
    migrations: str


Check = Callable[[Look], Iterator[str]]


@click.command("doctor", help="Look at everything this installation needs, and say what to do.")
@with_appcontext
def doctor() -> None:
    look = Look(current_app.config["SETTINGS"], datetime.now(UTC), current_app.extensions["migrate"].directory)
    ill = 0
    for name, check in CHECKS.items():
        found = _found(check, look)
        ill += bool(found)
        click.echo("\n".join(f"TO DO  {name}: {one}" for one in found) or f"OK     {name}")
    if ill:
        raise click.exceptions.Exit(1)


def _found(check: Check, look: Look) -> list[str]:
    try:
        return list(check(look))
    except DatabaseError as fault:
        if is_refused(fault):
            return ["this login may not look at it. Log in as the server does, and set ANSWERS_ROLE as it does."]
        return ["the database does not answer, so this could not be looked at."]


def settings(look: Look) -> Iterator[str]:
    """What is wrong in itself stopped the start already: here is what is allowed and unwise."""
    if look.settings.is_local:
        return
    if not look.settings.proxies:
        yield "PROXIES is 0, so every visitor seems to come from the proxy's address. Set how many stand in front."
    try:
        find_definitions(look.settings.questionnaires)
    except DefinitionError as fault:
        yield f"a questionnaire is faulty. {str(fault).splitlines()[0]}"


def disk(look: Look) -> Iterator[str]:
    for folder in {_existing(look.settings.instance), _existing(look.settings.backup_folder or look.settings.instance)}:
        usage = shutil.disk_usage(folder)
        if usage.free < max(LEAST_FREE, int(LEAST_PART * usage.total)):
            yield f"only {usage.free / 1e9:.1f} GB are free where {folder} is. Make room."


def _existing(folder: Path) -> Path:
    return next(one for one in (folder, *folder.parents) if one.exists())


def database(look: Look) -> Iterator[str]:
    missing = [MISSING[one] for one in not_ready(look.migrations)]
    yield from missing
    if not missing and not is_writable():
        yield "it cannot be written to. Look at its disk, its rights, and whether it is a copy that only follows."


def answers(look: Look) -> Iterator[str]:
    if not is_served() or look.settings.is_local:
        return
    if reached := reachable_answers():
        yield f"this login reaches {', '.join(reached)}. Run flask data protect as the owner, and log in as another."
    elif not look.settings.answers_role:
        yield "ANSWERS_ROLE is not set, so nobody can send answers. Set it as flask data protect said."


def mail(look: Look) -> Iterator[str]:
    if not look.settings.sends_mail:
        return
    try:
        Smtp(look.settings).look()
    except Down as down:
        where = f"{look.settings.mail_server}:{look.settings.mail_port}"
        yield f"{where} does not take us ({down}). Look at MAIL_SERVER, MAIL_PORT, MAIL_SECURITY, MAIL_USER."


def jobs(look: Look) -> Iterator[str]:
    with reading() as session:
        found = waiting(session, look.now)
        left = due_to_close(session, (look.now - LEFT_OPEN).date())
    late, failed = sum(one.late for one in found), sum(one.failed for one in found)
    if late or left:
        yield f"{late} late, and {len(left)} rounds past their end. Is the jobs worker running? See flask jobs status."
    if failed:
        yield f"{failed} failed. See flask jobs status, then run flask jobs retry."


def clock(look: Look) -> Iterator[str]:
    """Against the database's, the disk's, and the last thing that was done."""
    others = {"the database's": clock_of_the_database(), "the disk's": _clock_of_the_disk(look.settings.instance)}
    for whose, time in others.items():
        if time and abs(time - datetime.now(UTC)) > CLOCKS_DIFFER:
            yield f"it differs from {whose} by {abs(time - look.now).total_seconds():.0f} seconds. Set both by NTP."
    with reading() as session:
        last = last_deed(session)
    if last and last - look.now > CLOCKS_DIFFER:
        yield f"something was done at {last:%Y-%m-%d %H:%M} UTC, which is still to come. Set the clock by NTP."


def _clock_of_the_disk(folder: Path) -> datetime | None:
    try:
        with TemporaryFile(dir=_existing(folder)) as file:
            file.write(b"x")
            file.flush()
            return datetime.fromtimestamp(Path(f"/dev/fd/{file.fileno()}").stat().st_mtime, UTC)
    except OSError:
        return None


def published(_look: Look) -> Iterator[str]:
    """Everything in every snapshot, attacked and reckoned again: the longest of these looks."""
    faults = sum(len(one.faults) for one in audit_snapshots())
    if faults:
        yield f"{faults} faults in what is published. See flask snapshot audit, and tell the network's admin."


def backup(look: Look) -> Iterator[str]:
    folder = look.settings.backup_folder
    if folder is None:
        if not look.settings.is_local:
            yield "BACKUP_FOLDER is not set. Set it, and let flask backup run once a day."
        return
    newest = newest_backup(folder)
    if newest is None:
        yield f"there is none in {folder}. Run: flask backup"
    elif look.now - newest > BACKUP_AGE:
        hours = (look.now - newest).total_seconds() / 3600
        yield f"the newest in {folder} is {hours:.0f} hours old. Look at what runs flask backup."


CHECKS: Final[dict[str, Check]] = {
    "settings": settings,
    "disk": disk,
    "database": database,
    "answers under lock": answers,
    "mail": mail,
    "jobs": jobs,
    "clock": clock,
    "backup": backup,
    "published figures": published,
}

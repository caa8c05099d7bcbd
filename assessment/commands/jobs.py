"""flask jobs: send what is waiting, and do what is due, until stopped; and look at what waits."""

from __future__ import annotations

import logging
import os
import signal
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from types import FrameType
from typing import Final

import click
from flask import current_app
from flask.cli import AppGroup

from assessment.config import Settings
from assessment.jobs.clockwork import do_duties
from assessment.jobs.context import Context
from assessment.jobs.post import Down
from assessment.jobs.smtp import post_of
from assessment.jobs.work import work_outbox
from assessment.store.db import reading, transaction
from assessment.store.queries.outbox import KINDS
from assessment.store.queries.outbox_view import Waiting, try_again, waiting

REST: Final = 1.0
REST_WHEN_DOWN: Final = timedelta(seconds=15)
BETWEEN_DUTIES: Final = timedelta(minutes=1)
LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
log = logging.getLogger(__name__)

jobs = AppGroup("jobs", help="Send what is waiting, and do what is due.")


class Worker:
    """Works until it is told to stop, and never in the middle of a message."""

    def __init__(self, beside: int | None) -> None:
        settings = current_app.config["SETTINGS"]
        self.post, self.seal = post_of(settings), current_app.config["SEAL"]
        self.beside = beside
        self.duties_due = self.mail_due = LONG_AGO
        self.told = False
        self.faults = 0

    def stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.told = True

    def stopping(self) -> bool:
        return self.told or (self.beside is not None and not _is_there(self.beside))

    def turn(self) -> int:
        """One look at everything; how many jobs it took."""
        if _now() >= self.duties_due:
            self.faults += do_duties(Context(_now(), self.seal))
            self.duties_due = _now() + BETWEEN_DUTIES
        if _now() < self.mail_due:
            return 0
        taken = work_outbox(self.post, self.seal, _now, self.stopping)
        if taken:
            # What became of them is not said: of reminders it would tell how many have answered.
            log.info("Worked %s", _counted(Counter(job.kind for job in taken)))
        return len(taken)

    def try_turn(self) -> int:
        """A mail server or database that is gone for a minute must not end the worker."""
        try:
            return self.turn()
        except Down as down:
            log.error("The mail server takes nothing: %s", down)
            self.mail_due = _now() + REST_WHEN_DOWN
        except Exception as fault:
            log.error("A turn of the jobs failed: %s", type(fault).__name__)
        self.faults += 1
        return 0


@jobs.command("run")
@click.option("--once", is_flag=True, help="Stop when there is nothing left to do now; exit code 1 if anything failed.")
@click.option("--beside", type=int, metavar="PID", help="Stop when this process is gone.")
def run(once: bool, beside: int | None) -> None:
    """Work until stopped. Any number may run side by side."""
    _begin_log()
    worker = Worker(beside)
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, worker.stop)
    log.info("The jobs worker has started. %s", _where_mail_goes(current_app.config["SETTINGS"]))
    _work(worker, once)
    worker.post.rest()
    log.info("The jobs worker has stopped.")
    if once and worker.faults:
        raise click.exceptions.Exit(1)


def _work(worker: Worker, once: bool) -> None:
    while not worker.stopping():
        if worker.try_turn():
            continue
        if once:
            return
        worker.post.rest()
        time.sleep(REST)


def _begin_log() -> None:
    logging.basicConfig(format="%(asctime)s %(message)s", datefmt="%Y-%m-%d %H:%M:%S")
    logging.getLogger("assessment").setLevel(logging.INFO)


def _where_mail_goes(settings: Settings) -> str:
    if settings.sends_mail:
        return f"Mail goes to {settings.mail_server}:{settings.mail_port}."
    return "No mail is sent." if settings.mail_server else f"Mail is put into {settings.instance / 'mail'}."


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _now() -> datetime:
    return datetime.now(UTC)


@jobs.command("status")
def status() -> None:
    """How many jobs of each kind wait, are late, or have failed, and the names of their faults."""
    with reading() as session:
        found = waiting(session, _now())
    for one in found:
        click.echo(_line(one))
    if not found:
        click.echo("Nothing is waiting, and nothing has failed.")


def _line(one: Waiting) -> str:
    counts = (("waiting", one.waiting), ("late", one.late), ("failed", one.failed))
    said = ", ".join(f"{number} {word}" for word, number in counts if number)
    return f"{one.kind}: {said}" + (f" ({', '.join(one.faults)})" if one.faults else "")


@jobs.command("retry")
@click.option("--kind", type=click.Choice(KINDS), help="Only jobs of this kind.")
def retry(kind: str | None) -> None:
    """Try again now: jobs that have failed, and those that wait because of a fault."""
    with transaction() as session:
        number = try_again(session, _now(), kind)
    click.echo(f"Trying {number} again now." if number else "There is nothing to try again.")


def _counted(kinds: Counter[str]) -> str:
    return ", ".join(f"{kind} {number}" for kind, number in sorted(kinds.items()))

"""flask jobs: send what is waiting, and do what is due, until stopped; and look at what waits."""

from __future__ import annotations

import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import AppGroup

from assessment.config import Settings
from assessment.jobs.smtp import post_of
from assessment.jobs.worker import Worker
from assessment.logs import begin_logs
from assessment.store.db import reading, transaction
from assessment.store.queries.outbox import KINDS
from assessment.store.queries.outbox_view import Waiting, try_again, waiting

log = logging.getLogger(__name__)

jobs = AppGroup("jobs", help="Send what is waiting, and do what is due.")


@jobs.command("run")
@click.option("--once", is_flag=True, help="Stop when nothing is left to do now; exit code 1 if mail or duties failed.")
@click.option("--beside", type=int, metavar="PID", help="Stop when this process is gone.")
def run(once: bool, beside: int | None) -> None:
    """Work until stopped. Any number may run side by side."""
    _begin_log()
    settings = current_app.config["SETTINGS"]
    worker = Worker(post_of(settings), current_app.config["SEAL"], beside)
    with _told_by_signals(worker):
        log.info("The jobs worker has started. %s", _where_mail_goes(settings))
        worker.work(once)
        log.info("The jobs worker has stopped.")
    if once and worker.faults:
        raise click.exceptions.Exit(1)


@contextmanager
def _told_by_signals(worker: Worker) -> Iterator[None]:
    before = {each: signal.signal(each, worker.stop) for each in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _begin_log() -> None:
    # Where it is run by the flask command; under tests somebody listens already.
    begin_logs(current_app.config["SETTINGS"].logs_as)
    logging.getLogger("assessment").setLevel(logging.INFO)


def _where_mail_goes(settings: Settings) -> str:
    if settings.sends_mail:
        return f"Mail goes to {settings.mail_server}:{settings.mail_port}."
    return "No mail is sent." if settings.mail_server else f"Mail is put into {settings.instance / 'mail'}."


@jobs.command("status")
def status() -> None:
    """How many jobs of each kind wait, are late, or have failed, and the names of their faults."""
    with reading() as session:
        found = waiting(session, datetime.now(UTC))
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
        number = try_again(session, datetime.now(UTC), kind)
    click.echo(f"Trying {number} again now." if number else "There is nothing to try again.")

"""flask jobs: send what is waiting, and do what is due, until stopped."""

from __future__ import annotations

import logging
import os
import signal
import time
from datetime import UTC, datetime, timedelta
from types import FrameType
from typing import Final

import click
from flask import current_app
from flask.cli import AppGroup

from assessment.jobs.clockwork import do_duties
from assessment.jobs.context import Context
from assessment.jobs.post import post_of
from assessment.jobs.work import work_outbox

REST: Final = 1.0
BETWEEN_DUTIES: Final = timedelta(minutes=1)
log = logging.getLogger(__name__)

jobs = AppGroup("jobs", help="Send what is waiting, and do what is due.")


class Worker:
    """Works until it is told to stop, and never in the middle of a message."""

    def __init__(self) -> None:
        settings = current_app.config["SETTINGS"]
        self.post, self.seal = post_of(settings), current_app.config["SEAL"]
        self.duties_due = datetime.min.replace(tzinfo=UTC)
        self.stopping = False

    def stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def turn(self) -> int:
        """One look at everything; how many messages it took."""
        moment = datetime.now(UTC)
        if moment >= self.duties_due:
            do_duties(Context(moment, self.seal))
            self.duties_due = moment + BETWEEN_DUTIES
        return work_outbox(self.post, self.seal, lambda: datetime.now(UTC))


@jobs.command("run")
@click.option("--once", is_flag=True, help="Stop when there is nothing left to do.")
@click.option("--with-parent", is_flag=True, help="Stop when the process that started this one is gone.")
def run(once: bool, with_parent: bool) -> None:
    """Work until stopped. Any number may run side by side."""
    worker, parent = Worker(), os.getppid()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, worker.stop)
    while not worker.stopping:
        taken = _turn(worker)
        if not taken and once:
            return
        if with_parent and os.getppid() != parent:
            return
        if not taken:
            time.sleep(REST)


def _turn(worker: Worker) -> int:
    """A database that is gone for a minute must not end the worker."""
    try:
        return worker.turn()
    except Exception as fault:
        log.error("A turn of the jobs failed: %s", type(fault).__name__)
        return 0

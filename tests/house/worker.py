"""A jobs worker as `flask jobs run` is, in a process of its own, that writes test letters: to the id of each job."""

from __future__ import annotations

import sys

from assessment.app import create_app
from assessment.jobs.context import Context
from assessment.jobs.letter import Letter
from assessment.jobs.letters import WRITERS
from assessment.jobs.message import Message
from assessment.store.queries.outbox import Leased


def address_of(job: Leased) -> str:
    return f"{job.of.hex}@example.org"


def write(job: Leased, context: Context) -> Letter | None:
    return Letter(Message(address_of(job), "A letter", f"Written at the try {job.attempt}.\n"))


if __name__ == "__main__":
    WRITERS["offer"] = write  # type: ignore[index]
    app = create_app()
    with app.app_context():
        app.cli.main(["jobs", "run", *sys.argv[1:]], standalone_mode=True)

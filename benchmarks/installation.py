"""An installation in a folder of its own: a demo network, drafts half filled in, and the private links to them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from flask import Flask

from assessment.app import create_app
from assessment.config import Settings
from assessment.pages.clock import today
from assessment.questionnaire.definition import Definition, Form
from assessment.store.db import db, reading, transaction
from assessment.store.models import Link
from assessment.store.queries.definitions import definition, known_definitions
from assessment.store.queries.demo import largest_organisation, newest_result
from assessment.store.queries.rounds import round_by_link
from assessment.store.records import Answered
from assessment.store.secrets import hash_of, new_secret
from assessment.workflows.answering import save_answers
from assessment.workflows.links import renew_links
from assessment.workflows.setup import NewOrganisation, Plan, Sitting, start_round
from benchmarks.serving import LOGS, ROOT

QUESTIONNAIRE = "co-production"
FORM: Form = "full"
NOTE = "Minutes of our last four monthly meetings, and the plan we wrote together in spring"


class NoNetwork(RuntimeError):
    """The demo network could not be made; the text is what the command said."""


@dataclass(frozen=True, slots=True)
class Door:
    """What a private link opens, and its secret."""

    id: UUID
    secret: str


@dataclass(frozen=True, slots=True)
class Installation:
    folder: Path
    services: int

    @property
    def environment(self) -> dict[str, str]:
        database = f"sqlite:///{self.folder / 'network.db'}"
        return {"ENVIRONMENT": "local", "INSTANCE": str(self.folder), "DATABASE_URL": database, **LOGS}

    def fill(self) -> None:
        """Make the database, with a demo network of so many services. Raises NoNetwork if that fails."""
        self.folder.mkdir(parents=True)
        self._flask("prepare")
        self._flask("demo", "--services", str(self.services), "--rounds", "1", "--seed", "1")

    @contextmanager
    def opened(self) -> Iterator[Flask]:
        """The app inside this process, to write drafts and links and to count queries."""
        app = create_app(Settings(instance=self.folder, database_url=self.environment["DATABASE_URL"]))
        yield app
        with app.app_context():
            db.engine.dispose()

    def _flask(self, *command: str) -> None:
        ran = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", *command],
            cwd=ROOT,
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
        )
        if ran.returncode:
            raise NoNetwork(f"flask {command[0]} failed: {ran.stderr[-2000:]}")


def questionnaire() -> Definition:
    with reading() as session:
        key = next(key for key in reversed(known_definitions(session)) if key[0] == QUESTIONNAIRE)
        return definition(session, key)


def half_filled_round(asked: Definition) -> Door:
    """A round of a new team, the first half of its statements answered with a note each."""
    id, secret = uuid4(), new_secret()
    organisation = NewOrganisation(f"Benchmark {id.hex}", "council", "england", "london", "large")
    sitting = Sitting((asked.id, asked.version, asked.language), FORM, staff_present=3, people_present=3)
    start_round(Plan(id, secret, organisation, "", "Home support", "social-care", sitting), today())
    statements = asked.on_form(FORM)
    answers = [Answered(s.id, "2", "", NOTE, "") for s in statements[: len(statements) // 2]]
    save_answers(_draft_of(secret), answers)
    return Door(id, secret)


def largest_of_the_network() -> tuple[Door, Door]:
    """The organisation with most services, and its newest result."""
    with reading() as session:
        organisation = largest_organisation(session)
        result = newest_result(session, organisation[0]) if organisation else None
    if organisation is None or result is None:
        raise NoNetwork("the demo network holds no result")
    return _organisation_door(organisation[0]), _result_door(result[0])


def _draft_of(secret: str) -> UUID:
    with reading() as session:
        found = round_by_link(session, hash_of(secret))
    if found is None:
        raise RuntimeError("a link that was just made opens nothing")
    return found.draft_id


def _result_door(round_id: UUID) -> Door:
    secret = new_secret()
    renew_links(round_id, secret, today())
    return Door(round_id, secret)


def _organisation_door(organisation_id: UUID) -> Door:
    secret = new_secret()
    with transaction() as session:
        session.add(Link(hash=hash_of(secret), purpose="organisation", of=organisation_id, made_on=today()))
    return Door(organisation_id, secret)

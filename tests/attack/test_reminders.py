"""Whom a reminder passes over is whom somebody with the database would like to know: who has answered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, text

from assessment.jobs.message import Message
from assessment.jobs.post import Unavailable
from assessment.store.db import reading, transaction
from assessment.store.models import Invitation, Job, Link
from assessment.store.queries.outbox import MOST_ATTEMPTS
from assessment.workflows.apart.answered import answered_text
from assessment.workflows.apart.inviting import invite, remind, whom_to_remind
from tests.house.leading import Place, hand, in_days
from tests.house.letterbox import Letterbox, post_all

PEOPLE: Final = tuple(f"person{number:02}@example.org" for number in range(12))
ANSWERED: Final = frozenset(PEOPLE[:7])
LONG: Final = 3  # days, by which everything was tried as often as it ever is


@dataclass
class Choosy(Letterbox):
    """Takes no message for these, now or later, and never says that it never will."""

    later: frozenset[str] = frozenset()
    tries: Counter[str] = field(default_factory=Counter)

    def send(self, message: Message, key: str) -> None:
        self.tries[message.to] += 1
        if message.to in self.later:
            raise Unavailable("450")
        super().send(message, key)


@pytest.fixture
def place(app: Flask) -> Place:
    return Place.made(app)


@pytest.fixture
def round_id(app: Flask, place: Place) -> UUID:
    """Twelve people were asked, seven have answered, and a reminder was asked for."""
    round_id = place.planned()
    with app.app_context():
        invite(round_id, PEOPLE, hand(), place.seal)
    post_all(app, Letterbox())
    with app.app_context(), transaction() as session:
        for row in session.scalars(select(Invitation)):
            row.answered_sealed = place.seal.close(answered_text(row.email in ANSWERED))
    with app.app_context():
        assert remind(round_id, hand(), place.seal)
    return round_id


def people(app: Flask) -> dict[UUID, str]:
    with app.app_context(), reading() as session:
        return {row.id: row.email for row in session.scalars(select(Invitation))}


def reminders(app: Flask) -> list[dict[str, Any]]:
    """The jobs of reminding, in the order in which the database gives them."""
    with app.app_context(), reading() as session:
        return [dict(row) for row in session.execute(text("SELECT * FROM outbox WHERE kind = 'remind'")).mappings()]


def links(app: Flask) -> dict[str, int]:
    """How many links each person has."""
    with app.app_context(), reading() as session:
        counted = Counter(session.scalars(select(Link.of).where(Link.purpose == "invitation")))
    return {email: counted[id] for id, email in people(app).items()}


def test_who_was_passed_over_has_as_many_links_as_everyone(app: Flask, round_id: UUID) -> None:
    post = Letterbox()
    post_all(app, post)
    assert post.to == sorted(set(PEOPLE) - ANSWERED)
    assert set(links(app).values()) == {2}


def test_a_message_that_was_put_off_leaves_no_link_behind(app: Flask, round_id: UUID) -> None:
    post_all(app, Choosy(later=frozenset({PEOPLE[8]})))
    post_all(app, post := Choosy(), in_days(1))
    assert post.tries == {PEOPLE[8]: 1}
    assert set(links(app).values()) == {2}


def test_a_job_of_reminding_names_nobody_however_it_ends(app: Flask, round_id: UUID) -> None:
    """Some wait to be tried again, some have failed, some are done: of whom that is true, nobody can say."""
    post = Choosy(later=frozenset({PEOPLE[8], PEOPLE[9]}))
    post_all(app, post)
    states = Counter(job["state"] for job in reminders(app))
    assert states == {"waiting": 2, "done": 10}
    with app.app_context(), transaction() as session:
        for job in session.scalars(select(Job).where(Job.state == "waiting")):
            job.attempts = MOST_ATTEMPTS
    post_all(app, post, in_days(LONG))
    assert post.tries[PEOPLE[8]] >= 2
    said = [str(job) for job in reminders(app)]
    for id, email in people(app).items():
        assert not any(one in line for one in (str(id), id.hex, email) for line in said)


def test_jobs_of_reminding_do_not_stand_in_the_order_of_people(app: Flask, place: Place, round_id: UUID) -> None:
    """Whoever knows the order of invitations must not read it off the jobs."""
    with app.app_context(), reading() as session:
        order = list(session.scalars(select(Invitation.id).order_by(Invitation.id)))
    stood = [whom_to_remind(job["key"], place.seal) for job in reminders(app)]
    post = Letterbox()
    post_all(app, post)
    assert stood != order and sorted(stood) == sorted(order)
    assert post.to == sorted(set(PEOPLE) - ANSWERED)

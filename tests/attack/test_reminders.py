"""Whom a reminder passes over is whom somebody with the database would like to know: who has answered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from assessment.jobs.message import Message
from assessment.jobs.post import Unavailable
from assessment.store.db import reading, transaction
from assessment.store.models import Invitation, Link
from assessment.workflows.apart.answered import answered_text
from assessment.workflows.apart.inviting import invite, remind
from tests.house.leading import Place, Postbox, hand, work

PEOPLE: Final = tuple(f"person{number:02}@example.org" for number in range(12))
ANSWERED: Final = frozenset(PEOPLE[:7])


@dataclass
class Choosy(Postbox):
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
    work(app, Postbox())
    with app.app_context(), transaction() as session:
        for row in session.scalars(select(Invitation)):
            row.answered_sealed = place.seal.close(answered_text(row.email in ANSWERED))
    with app.app_context():
        assert remind(round_id, hand(), place.seal)
    return round_id


def people(app: Flask) -> dict[UUID, str]:
    with app.app_context(), reading() as session:
        return {row.id: row.email for row in session.scalars(select(Invitation))}


def links(app: Flask) -> dict[str, int]:
    """How many links each person has."""
    with app.app_context(), reading() as session:
        counted = Counter(session.scalars(select(Link.of).where(Link.purpose == "invitation")))
    return {email: counted[id] for id, email in people(app).items()}


def test_who_was_passed_over_has_as_many_links_as_everyone(app: Flask, round_id: UUID) -> None:
    post = Postbox()
    work(app, post)
    assert post.to == sorted(set(PEOPLE) - ANSWERED)
    assert set(links(app).values()) == {2}


def test_a_message_that_was_put_off_leaves_no_link_behind(app: Flask, round_id: UUID) -> None:
    work(app, Choosy(later=frozenset({PEOPLE[8]})))
    work(app, post := Choosy(), 1)
    assert post.tries == {PEOPLE[8]: 1}
    assert set(links(app).values()) == {2}

"""Two at once: a double click, two tabs, two teams. Each wish comes true once, and nobody is locked out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Final
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import func, select

from assessment.store.db import transaction
from assessment.store.models import Link, Organisation, Release, Round
from assessment.store.secrets import hash_of, new_secret
from assessment.workflows.links import renew_links
from assessment.workflows.release import send
from assessment.workflows.setup import NewOrganisation, Plan, Sitting, start_again, start_round
from tests.house.journey import Team

TODAY: Final = date(2026, 11, 22)
SITTING: Final = Sitting(("co-production", "1.0", "en"), "short", 2, 3)
AT_ONCE: Final = 4


def at_once(app: Flask, wishes: Sequence[Callable[[], object]]) -> list[object]:
    """What each gives when all are asked for at the same moment; an error is the test's."""

    def ask(wish: Callable[[], object]) -> object:
        with app.app_context():
            return wish()

    with ThreadPoolExecutor(len(wishes)) as threads:
        return list(threads.map(ask, wishes))


def count(app: Flask, table: type) -> int:
    with app.app_context(), transaction() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def plan(name: str, secret: str, round_id: UUID) -> Plan:
    organisation = NewOrganisation(name, "council", "england", "london", "large")
    return Plan(round_id, secret, organisation, "Housing", "Repairs", "housing", SITTING)


def test_one_plan_pressed_many_times_is_one_round(app: Flask) -> None:
    same = plan("Ferry Council", new_secret(), uuid4())
    at_once(app, [lambda: start_round(same, TODAY)] * AT_ONCE)
    assert (count(app, Round), count(app, Organisation), count(app, Link)) == (1, 1, 2)


def test_teams_of_one_new_organisation_share_it(app: Flask) -> None:
    plans = [plan("Ferry Council", new_secret(), uuid4()) for _team in range(AT_ONCE)]
    at_once(app, [lambda its=its: start_round(its, TODAY) for its in plans])  # type: ignore[misc]
    assert (count(app, Round), count(app, Organisation)) == (AT_ONCE, 1)


def test_two_tabs_that_renew_leave_one_pair_of_links(app: Flask, team: Team) -> None:
    secrets = [new_secret() for _tab in range(AT_ONCE)]
    at_once(app, [lambda its=its: renew_links(team.round_id, its, TODAY) for its in secrets])  # type: ignore[misc]
    with app.app_context(), transaction() as session:
        left = session.scalars(select(Link.hash).where(Link.of == team.round_id, Link.purpose == "owner")).all()
    assert len(left) == 1 and left[0] in {hash_of(secret) for secret in secrets}


def test_sending_many_times_at_once_releases_once(app: Flask, team: Team) -> None:
    versions = at_once(app, [lambda: send(team.round_id, TODAY)] * AT_ONCE)
    assert versions == [1] * AT_ONCE and count(app, Release) == 1


def test_the_next_round_is_started_once(app: Flask, team: Team) -> None:
    again, secret = uuid4(), new_secret()
    at_once(app, [lambda: start_again(team.round_id, again, secret, SITTING, TODAY)] * AT_ONCE)
    assert count(app, Round) == 2

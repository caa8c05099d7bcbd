"""Two at once: a double click, two tabs, two teams. Each wish comes true once, and nobody is locked out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import select

from assessment.store.db import transaction
from assessment.store.models import (
    Audit,
    Invitation,
    Job,
    Link,
    Organisation,
    Release,
    Round,
    StoredResponse,
)
from assessment.store.queries.replies import Said
from assessment.store.secrets import hash_of, new_secret
from assessment.workflows.apart.close import close_round
from assessment.workflows.apart.inviting import Invited, invite, remind
from assessment.workflows.apart.plan import Plan as ApartPlan
from assessment.workflows.apart.plan import Wanted, cancel, extend, plan_rounds
from assessment.workflows.apart.reply import agree, save_reply
from assessment.workflows.apart.ways_in import make_new, ways_in
from assessment.workflows.links import renew_links
from assessment.workflows.release import send
from assessment.workflows.setup import NewOrganisation, Plan, Sitting, start_again, start_round
from tests.house.at_once import AT_ONCE, at_once
from tests.house.journey import Team
from tests.house.leading import KEY, Place, chance, close, hand
from tests.house.leading import TODAY as TODAY_APART
from tests.house.letterbox import Letterbox, post_all
from tests.house.rows import count

TODAY: Final = date(2026, 11, 22)
SITTING: Final = Sitting(("co-production", "1.0", "en"), "short", 2, 3)


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
    with app.app_context(), transaction(answers=True) as session:
        left = session.scalars(select(Link.hash).where(Link.of == team.round_id, Link.purpose == "owner")).all()
    assert len(left) == 1 and left[0] in {hash_of(secret) for secret in secrets}


def test_sending_many_times_at_once_releases_once(app: Flask, team: Team) -> None:
    versions = at_once(app, [lambda: send(team.round_id, TODAY)] * AT_ONCE)
    assert versions == [1] * AT_ONCE and count(app, Release) == 1


def test_the_next_round_is_started_once(app: Flask, team: Team) -> None:
    again, secret = uuid4(), new_secret()
    at_once(app, [lambda: start_again(team.round_id, again, secret, SITTING, TODAY)] * AT_ONCE)
    assert count(app, Round) == 2


def test_a_round_held_apart_is_planned_once_however_often_it_is_asked_for(app: Flask) -> None:
    place = Place.made(app)
    plan = ApartPlan(
        KEY, "short", TODAY_APART, TODAY_APART + timedelta(21), TODAY_APART + timedelta(42), "Ann", "To learn"
    )
    same = [Wanted(uuid4(), place.service_id)]
    at_once(app, [lambda: plan_rounds(plan, same, hand(), place.seal)] * AT_ONCE)
    others = [[Wanted(uuid4(), place.service_id)] for _tab in range(AT_ONCE)]
    at_once(app, [lambda its=its: plan_rounds(plan, its, hand(), place.seal) for its in others])  # type: ignore[misc]
    assert (count(app, Round), count(app, Link)) == (1, 3)


def test_closing_many_times_at_once_releases_once(app: Flask) -> None:
    place = Place.made(app)
    round_id = place.planned()
    place.answer(round_id, "staff", ["1", "2", "3"] * 4)
    at_once(app, [lambda: close_round(round_id, hand(), place.seal, chance())] * AT_ONCE)
    assert (place.state(round_id), count(app, Release), count(app, StoredResponse)) == ("released", 1, 12)


def test_a_round_is_either_closed_or_called_off(app: Flask) -> None:
    place = Place.made(app)
    round_id = place.planned()
    place.answer(round_id, "staff", ["1", "2", "3"] * 4)
    at_once(
        app,
        [
            lambda: close_round(round_id, hand(), place.seal, chance()),
            lambda: cancel(round_id, "A mistake", hand()),
        ]
        * 2,
    )
    left = {"released": (1, 12), "cancelled": (0, 0)}[place.state(round_id)]
    assert (count(app, Release), count(app, StoredResponse)) == left


def test_inviting_the_same_people_at_once_asks_each_once(app: Flask) -> None:
    place = Place.made(app)
    round_id = place.planned()
    addresses = [f"p{number}@example.org" for number in range(30)]
    done = at_once(app, [lambda: invite(round_id, addresses, hand(), place.seal)] * AT_ONCE)
    assert sorted(one.added for one in done if isinstance(one, Invited)) == [0] * (AT_ONCE - 1) + [30]
    assert (count(app, Invitation), count(app, Job)) == (30, 30)


def test_a_reminder_asked_for_many_times_at_once_is_left_once(app: Flask) -> None:
    place = Place.made(app)
    round_id = place.planned()
    with app.app_context():
        invite(round_id, ["ann@example.org"], hand(), place.seal)
    post_all(app, Letterbox())
    done = at_once(app, [lambda: remind(round_id, hand(), place.seal)] * AT_ONCE)
    assert sorted(map(bool, done)) == [False] * (AT_ONCE - 1) + [True]


def test_a_shared_link_renewed_in_two_tabs_is_made_anew_once(app: Flask) -> None:
    place = Place.made(app)
    round_id = place.planned()
    at_once(app, [lambda: make_new(round_id, "people", 1, hand(), place.seal)] * AT_ONCE)
    with app.app_context(), transaction(answers=True) as session:
        assert ways_in(session, round_id, place.seal)["people"].turn == 2
    assert count(app, Link) == 3


def test_more_time_asked_for_in_two_tabs_is_given_once(app: Flask) -> None:
    place = Place.made(app)
    round_id = place.planned()
    later = (TODAY_APART + timedelta(30), TODAY_APART + timedelta(50))
    assert at_once(app, [lambda: extend(round_id, *later, hand())] * AT_ONCE) == [True] * AT_ONCE
    with app.app_context(), transaction(answers=True) as session:
        deeds = session.scalars(select(Audit.what).where(Audit.of == round_id)).all()
    assert deeds.count("gave a round more time") == 1


def test_a_reply_published_in_two_tabs_is_told_once(app: Flask) -> None:
    place = Place.made(app)
    round_id = place.planned()
    with app.app_context():
        invite(round_id, ["ann@example.org"], hand(), place.seal)
    post_all(app, Letterbox())
    close(app, round_id)
    said = Said("Well", "Work", "Will", "When")
    with app.app_context():
        agree(round_id, hand())
    at_once(app, [lambda: save_reply(round_id, said, True, hand())] * AT_ONCE)
    post = Letterbox()
    post_all(app, post)
    assert len(post.messages) == 1

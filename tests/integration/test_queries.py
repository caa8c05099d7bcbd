"""How often a page asks the database: the pages of one statement at most three times, nearly all others six."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

import pytest
from flask import Flask, url_for
from sqlalchemy import select
from werkzeug.routing import Rule

from assessment.pages.access_table import ACCESS, Entry
from assessment.pages.examples import examples
from assessment.store.db import reading, transaction
from assessment.store.models import Membership, SignInLink
from assessment.store.secrets import hash_of, new_secret
from tests.house.apart import begin, round_apart
from tests.house.journey import MAIN, SAVE, Team
from tests.house.leading import Place, close
from tests.house.open_data import make_edition
from tests.house.people import make_person, signed_in_as
from tests.house.places import make_department, make_organisation, make_service
from tests.house.queries import counted
from tests.house.visitor import ORIGIN, Page, Visitor

STATEMENT, OTHER = 3, 6
MOST: Final = {
    "answer.statement": STATEMENT,
    "alone.statement": STATEMENT,
    # Pages of many figures, and a file of everything that is kept of one person.
    "field.index": 8,
    "field.principle": 8,
    "field.years": 8,
    "field.taking_part": 8,
    "field.instrument": 8,
    "account.data": 12,
    # The result with all of its figures, and who took part.
    "rounds.results_file": 7,
    "organisation.show": 8,
    "organisation.department": 8,
    "organisation.services": 8,
    "organisation.figures": 8,
}
# Nothing of their own to show here: the first two follow on from a page before, the last need a provider, the demo, or
# a token.
ELSEWHERE: Final = frozenset(
    {
        "setup.organisation",
        "setup.sitting",
        "account.provider",
        "account.provider_back",
        "demo.sign_in",
        "demo.mail",
        # Nothing to take away before a snapshot is published: test_field_files.py.
        "field.file",
        "field.picture",
        # Nothing to draw of one round: test_results_apart.py.
        "service.picture",
        # Nothing to draw of a department without three results: test_organisation_voices.py.
        "organisation.picture",
        "organisation.departments_picture",
        "organisation.peers_file",
        "metrics.show",
    }
)


def asked(app: Flask, step: Callable[[], Page]) -> int:
    """The statements of one request, once everything that is read once a process has been read."""
    with counted(app) as statements:
        page = step()
    assert page.status < 400, page.path
    print(*statements, sep="\n")  # noqa: T201  (shown when there are too many)
    return len(statements)


OF_A_RESULT: Final = tuple(
    f"rounds.{name}" for name in ("results", "answers", "words", "results_file", "picture", "reply")
)


@pytest.fixture
def sent(team: Team) -> Team:
    team.answer_all()
    team.send()
    return team


@dataclass
class Everyone:
    """Whoever opens some page, and what stands in the addresses: of every page, and of one page by its endpoint."""

    team: Team
    runs: Visitor
    answers: Visitor
    stands: Mapping[str, object]
    of_one: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    def who(self, entry: Entry) -> Visitor:
        if entry.anyone:
            return Visitor(self.runs.app)
        if entry.alone:
            return self.answers
        return self.team.visitor if "owner" in entry.links else self.runs

    def address(self, app: Flask, rule: Rule) -> str:
        values = {**self.stands, **self.of_one.get(rule.endpoint, {})}
        with app.test_request_context("/", base_url=ORIGIN):
            return url_for(rule.endpoint, **{name: values[name] for name in rule.arguments})


@pytest.fixture
def everyone(app: Flask, sent: Team) -> Everyone:
    """A round held together that was sent, one held apart that was answered, and one that is open, with all around."""
    place, apart, answers = Place.made(app, "Elsewhere Council"), round_apart(app), Visitor(app)
    begin(answers, apart.people)
    person = make_person(
        app,
        "ann@example.org",
        ("service lead", place.service_id),
        ("organisation lead", place.organisation_id),
        ("network admin", None),
    )
    runs, held, released = signed_in_as(app, person), roles_of(app, person), place.planned()
    place.answer(released, "staff", ["2"] * 12)
    close(app, released)
    runs.get(f"/round/{released}/results").press("We will say what came of it by")
    department = make_department(app, place.organisation_id, "Adult care")
    make_service(app, place.organisation_id, "Day centre", department_id=department)
    with app.app_context():
        example = examples()[0].name
    (invitation,) = apart.invite("bea@example.org")
    stands: dict[str, object] = {
        "round_id": sent.round_id,
        "service_id": place.service_id,
        "organisation_id": place.organisation_id,
        "department_id": department,
        "other_id": make_organisation(app, "Elsewhere County Council"),
        "statement_id": sent.statements[0].id,
        "principle_id": sent.definition.principles[0].id,
        "secret": invitation,
        "way": "staff",
        "side": "staff",
        "picture": "radar",
        "kind": "csv",
        "sheet_id": f"{MAIN}:1.0:en:short",
        "name": example,
        "year": 2025,
    }
    make_edition(app)
    open_round = {"round_id": place.planned()}
    of_one: dict[str, Mapping[str, object]] = {
        rule.endpoint: open_round for rule in app.url_map.iter_rules() if rule.endpoint.startswith("rounds.")
    }
    of_one |= {name: {"round_id": apart.id} for name, entry in ACCESS.items() if entry.alone}
    of_one |= {name: {"round_id": released} for name in OF_A_RESULT}
    of_one |= {
        "open_data.file": {"name": "open-data.json"},
        "account.use_link": {"secret": sign_in_link(app, person)},
        "service.confirm": {"service_id": make_service(app, place.organisation_id, "New", confirmed_on=None)},
        "service.role": {"membership_id": held["service lead"]},
        "manage.role": {"membership_id": held["organisation lead"]},
        "network.role": {"membership_id": held["network admin"]},
    }
    return Everyone(sent, runs, answers, stands, of_one)


def roles_of(app: Flask, person: UUID) -> dict[str, UUID]:
    """The ids of a person's roles."""
    with app.app_context(), reading() as session:
        rows = session.execute(select(Membership.role, Membership.id).where(Membership.person_id == person))
        return {row.role: row.id for row in rows}


def sign_in_link(app: Flask, person: UUID) -> str:
    secret = new_secret()
    with app.app_context(), transaction() as session:
        ends_at = datetime.now(UTC) + timedelta(minutes=10)
        session.add(SignInLink(hash=hash_of(secret), person_id=person, ends_at=ends_at))
    return secret


def test_every_page_asks_little(app: Flask, everyone: Everyone) -> None:
    """Each is opened twice: the first time it is held against the rules of every page, and by the second what is read
    once a process has been read.
    """
    too_many, not_shown = {}, {}
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in ELSEWHERE:
            continue
        address, visitor = everyone.address(app, rule), everyone.who(ACCESS[rule.endpoint])
        visitor.send("GET", address)
        with counted(app) as statements:
            response = visitor.client.get(address, base_url=ORIGIN)
        # A lead who must first name another sees that said (409).
        if response.status_code not in (200, 409):
            not_shown[rule.endpoint] = response.status_code
        if len(statements) > MOST.get(rule.endpoint, OTHER):
            too_many[rule.endpoint] = statements
    assert not_shown == {}
    assert {name: len(found) for name, found in too_many.items()} == {}, too_many


def test_saving_a_statement_asks_three_times_at_most(team: Team, app: Flask) -> None:
    first, second = team.statements[:2]
    assert asked(app, lambda: team.visitor.send("GET", f"{team.address}/statement/{first.id}")) <= STATEMENT
    for statement, answer in ((first, "2"), (first, "3"), (second, "dont-know")):
        method, address, holds = team.open(statement.id).form(SAVE)
        typed = holds | {"answer": answer}
        assert asked(app, lambda: team.visitor.send(method, address, typed)) <= STATEMENT  # noqa: B023


def test_a_statement_page_with_last_time_s_level_does_too(sent: Team, app: Flask) -> None:
    address = f"{sent.again(shows_previous='1').address}/statement/{sent.statements[0].id}"
    assert asked(app, lambda: sent.visitor.send("GET", address)) <= STATEMENT


def test_saving_all_checks_at_once_asks_little(team: Team, app: Flask) -> None:
    method, address, holds = team.visitor.get(f"{team.address}/safeguards").form(SAVE)
    typed = holds | {f"{one.id}-answer": one.answers[0] for one in team.definition.safeguards}
    # Each check is one row of its own, so that two browsers are told apart check by check.
    assert asked(app, lambda: team.visitor.send(method, address, typed)) <= OTHER + len(team.definition.safeguards)

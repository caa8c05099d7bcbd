"""Every address as every kind of visitor, against the one table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any, Final
from uuid import UUID, uuid4

import flask
import pytest
from flask import Flask, url_for
from sqlalchemy import select

from assessment.pages import access
from assessment.pages.access import ACCESS, hold_secret
from assessment.pages.access_table import Entry
from assessment.store.db import transaction
from assessment.store.models import Link, Organisation, Round, Service
from assessment.store.secrets import hash_of, new_secret
from tests.house.apart import open_link, round_apart
from tests.house.journey import CONTINUE, Team
from tests.house.people import Held, signed_in
from tests.house.visitor import ORIGIN, Visitor

ROLES: Final = ("nobody", "owner", "reader", "owner of another", "owner of old links", "officer", "officer elsewhere")
BY_LINK: Final[Mapping[str, str]] = {"owner": "owner", "reader": "reader", "organisation": "officer"}
METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


def lets_in(entry: Entry, role: str) -> bool:
    return entry.anyone or role in {BY_LINK[link] for link in entry.links}


def organisation_link(app: Flask, of: UUID) -> str:
    secret = new_secret()
    with app.app_context(), transaction() as session:
        session.add(Link(hash=hash_of(secret), purpose="organisation", of=of, made_on=date(2026, 1, 1)))
    return secret


def holding(app: Flask, of: UUID, secret: str) -> Visitor:
    """A browser that came with this secret."""
    visitor = Visitor(app)
    with app.test_request_context("/"), visitor.client.session_transaction(base_url=ORIGIN) as session:
        hold_secret(of, secret)
        session.update(flask.session)
    return visitor


@pytest.fixture
def values(app: Flask, team: Team) -> dict[str, object]:
    """What stands in the addresses: one round of one organisation, and things that are."""
    with app.app_context(), transaction() as session:
        organisation = session.scalars(select(Organisation.id)).one()
    return {
        "round_id": team.round_id,
        "organisation_id": organisation,
        "department_id": uuid4(),
        "service_id": uuid4(),
        "secret": team.secret,
    }


@pytest.fixture
def visitors(app: Flask, team: Team, values: dict[str, object]) -> dict[str, Visitor]:
    organisation = UUID(str(values["organisation_id"]))
    old = team.secret
    team.visitor.get(f"{team.address}/links").press("Make new links")
    values["secret"] = team.secret
    reader = Visitor(app)
    reader.get(team.links()[1]).press(CONTINUE)
    elsewhere = uuid4()
    return {
        "nobody": Visitor(app),
        "owner": team.visitor,
        "reader": reader,
        "owner of another": Team.at_the_table(Visitor(app), organisation="Elsewhere Trust").visitor,
        "owner of old links": holding(app, team.round_id, old),
        "officer": holding(app, organisation, organisation_link(app, organisation)),
        "officer elsewhere": holding(app, elsewhere, organisation_link(app, elsewhere)),
    }


def test_every_address_lets_in_whom_the_table_names(
    app: Flask, visitors: dict[str, Visitor], values: dict[str, Any]
) -> None:
    """The views themselves are taken out: only who reaches them is looked at."""
    reached: list[str] = []

    def note(endpoint: str, **_values: object) -> tuple[str, int]:
        reached.append(endpoint)
        return "", 204

    for endpoint in ACCESS:
        app.view_functions[endpoint] = partial(note, endpoint)
    app.config["WTF_CSRF_METHODS"] = []
    wrong = []
    for rule in app.url_map.iter_rules():
        with app.test_request_context("/", base_url=ORIGIN):
            address = url_for(rule.endpoint, **{name: values.get(name, "x") for name in rule.arguments})
        for method in METHODS:
            for role, visitor in visitors.items():
                reached.clear()
                status = visitor.client.open(address, method=method, base_url=ORIGIN).status_code
                allowed = method in (rule.methods or ()) and lets_in(ACCESS[rule.endpoint], role)
                kept_out = not reached and status in (403, 404, 405)
                if not (reached == [rule.endpoint] if allowed else kept_out):
                    wrong.append(f"{role}: {method} {address} gave {status}")
    assert wrong == []


def test_the_table_names_every_address_and_no_other(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(ACCESS)


def test_an_address_that_the_table_does_not_name_stops_the_start() -> None:
    app = Flask("nobody")
    with pytest.raises(RuntimeError, match="No entry in the access table for"):
        access.register(app)


def test_two_rounds_in_one_browser_stay_apart(app: Flask, team: Team) -> None:
    """The secret of one round opens no address of another, even when both are at hand."""
    other = Team.at_the_table(Visitor(app), organisation="Elsewhere Trust")
    thief = holding(app, team.round_id, other.secret)
    assert thief.get(f"{team.address}/").status == 404


def test_an_organisation_s_link_opens_no_round(app: Flask, team: Team, values: dict[str, object]) -> None:
    secret = organisation_link(app, UUID(str(values["organisation_id"])))
    assert holding(app, team.round_id, secret).get(f"{team.address}/").status == 404


def test_a_role_opens_the_rounds_of_its_own_service_and_no_other(app: Flask, team: Team) -> None:
    with app.app_context(), transaction() as session:
        service = session.scalars(select(Service.id)).one()
    for role, place, tasks, result in (
        ("service lead", service, 200, 200),
        ("service member", service, 404, 200),
        ("service lead", other_service(app), 404, 404),
        ("network admin", None, 404, 404),
    ):
        visitor = signed_in(app, (role, place))
        assert visitor.get(f"{team.address}/").status == tasks, role
        assert visitor.get(f"/result/{team.round_id}/").status == result, role


def other_service(app: Flask) -> UUID:
    """A service of another organisation."""
    other = Team.at_the_table(Visitor(app), organisation="Elsewhere Trust")
    with app.app_context(), transaction() as session:
        return session.get_one(Round, other.round_id).service_id


def test_only_whoever_was_asked_opens_the_pages_of_answering_alone(app: Flask, team: Team) -> None:
    """Not the lead of the service, nor anyone with another link to it, nor who was asked in another round."""
    apart, elsewhere = round_apart(app), round_apart(app)
    asked, other = Visitor(app), Visitor(app)
    open_link(asked, apart.people)
    open_link(other, elsewhere.people)
    visitors = [other, team.visitor, Visitor(app), *(signed_in(app, held) for held in every_role(apart.service_id))]
    addresses = [
        rule.rule.replace("<uuid:round_id>", str(apart.id)).replace("<statement_id>", "x")
        for rule in app.url_map.iter_rules()
        if ACCESS[rule.endpoint].alone
    ]
    assert len(addresses) > 8
    for address in addresses:
        assert {visitor.get(address).status for visitor in visitors} == {404}, address
    assert asked.get(f"{apart.address}/").status == 200


def every_role(service: UUID) -> tuple[Held, ...]:
    return (("service lead", service), ("service member", service), ("network admin", None), ("network analyst", None))

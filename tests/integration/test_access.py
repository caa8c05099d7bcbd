"""Every address as every kind of visitor, against the one table."""

from __future__ import annotations

from functools import partial
from typing import Any, Final
from uuid import UUID

import pytest
from flask import Flask, url_for
from sqlalchemy import select
from werkzeug.routing import Rule

from assessment.pages import access
from assessment.pages.access import ACCESS
from assessment.pages.access_table import Entry
from assessment.store.db import transaction
from assessment.store.models import Round, Service
from tests.house.apart import Apart, open_link, round_apart
from tests.house.everybody import PLACES, Who, everybody, holding, let_in, organisation_link, standing_for, values_of
from tests.house.journey import Team
from tests.house.people import Held, signed_in
from tests.house.visitor import ORIGIN, Visitor

METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


def kept_out(entry: Entry, who: Who, method: str) -> set[int]:
    """How somebody is told who may not come in. A form that holds words is shown again, with 403."""
    if entry.alone:
        return {404, 403} if method == "POST" else {404}
    if who.signed_in:
        return {404}
    if entry.links or not (entry.roles or entry.signed_in):
        return {404, 403} if method == "POST" else {404}
    return {401}


@pytest.fixture
def values(app: Flask, team: Team) -> dict[str, object]:
    return values_of(app, team)


@pytest.fixture
def apart(app: Flask) -> Apart:
    """A round held apart, for the pages of those who answer it."""
    return round_apart(app)


@pytest.fixture
def people(app: Flask, team: Team, apart: Apart, values: dict[str, object]) -> list[Who]:
    return everybody(app, team, apart, values)


def test_every_address_lets_in_whom_the_table_names(
    app: Flask, people: list[Who], apart: Apart, values: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    """The views themselves are taken out: only who reaches them is looked at."""
    reached: list[str] = []

    def note(endpoint: str, **_values: object) -> tuple[str, int]:
        reached.append(endpoint)
        return "", 204

    for endpoint in ACCESS:
        app.view_functions[endpoint] = partial(note, endpoint)
    app.config["WTF_CSRF_METHODS"] = []
    wrong, calls = [], 0
    for rule in app.url_map.iter_rules():
        entry, places = ACCESS[rule.endpoint], PLACES & rule.arguments
        there = values | ({"round_id": apart.id} if entry.alone else {})
        with app.test_request_context("/", base_url=ORIGIN):
            address = url_for(rule.endpoint, **{name: standing_for(rule, name, there) for name in rule.arguments})
        for method in sorted((rule.methods or set()) & set(METHODS)):
            for who in people:
                reached.clear()
                status = who.browser.client.open(address, method=method, base_url=ORIGIN).status_code
                calls += 1
                allowed = let_in(entry, places, who)
                right = (
                    reached == [rule.endpoint] if allowed else not reached and status in kept_out(entry, who, method)
                )
                if not right:
                    wrong.append(f"{who.name}: {method} {address} gave {status}")
    assert wrong == []
    with capsys.disabled():
        print(f"\nAccess: {len(ACCESS)} routes x {len(people)} visitors, own and other's: {calls} calls")  # noqa: T201


def test_a_method_that_an_address_does_not_know_reaches_nothing(app: Flask, values: dict[str, Any]) -> None:
    for rule in app.url_map.iter_rules():
        with app.test_request_context("/", base_url=ORIGIN):
            address = url_for(rule.endpoint, **{name: standing_for(rule, name, values) for name in rule.arguments})
        for method in set(METHODS) - _methods_of(app, rule):
            assert Visitor(app).client.open(address, method=method, base_url=ORIGIN).status_code == 405, address


def _methods_of(app: Flask, rule: Rule) -> set[str]:
    """Those of every rule with this address."""
    return {method for one in app.url_map.iter_rules() if one.rule == rule.rule for method in one.methods or ()}


def test_an_address_names_one_place_at_most(app: Flask) -> None:
    """Else a role in the one would open the other."""
    for rule in app.url_map.iter_rules():
        assert len(PLACES & rule.arguments) <= 1, rule.rule


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

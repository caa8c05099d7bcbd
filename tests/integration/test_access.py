"""Every address as every kind of visitor, against the one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final
from uuid import UUID, uuid4

import flask
import pytest
from flask import Flask, url_for
from sqlalchemy import select
from werkzeug.routing import IntegerConverter, Rule, UUIDConverter

from assessment.pages import access
from assessment.pages.access import ACCESS, hold_secret
from assessment.pages.access import PLACES as PLACES_IN_ADDRESSES
from assessment.pages.access_table import Entry
from assessment.store.db import transaction
from assessment.store.models import Link, Round, Service
from assessment.store.records import Purpose, Role
from assessment.store.secrets import hash_of, new_secret
from tests.house.apart import Apart, open_link, round_apart
from tests.house.journey import CONTINUE, Team
from tests.house.people import Held, signed_in
from tests.house.visitor import ORIGIN, Visitor

METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
PLACES: Final = frozenset(PLACES_IN_ADDRESSES)
ALONE: Final = frozenset({"people", "staff", "entry", "invitation"})
NETWORK: Final[tuple[Role, ...]] = ("network analyst", "network admin")


@dataclass(frozen=True)
class Who:
    """Someone at a browser: with a link or a role, to what stands in the addresses (``own``) or to something else."""

    name: str
    browser: Visitor
    link: Purpose | None = None
    role: Role | None = None
    own: bool = True
    signed_in: bool = False


def let_in(entry: Entry, places: frozenset[str], who: Who) -> bool:
    """What the table says, said once more in other words."""
    if entry.anyone or (who.own and who.link in entry.links and _fits(who.link, places)):
        return True
    if entry.alone:
        return who.own and who.link in ALONE
    if not who.signed_in:
        return False
    if entry.signed_in:
        return True
    if who.role not in entry.roles:
        return False
    return not places or who.role in NETWORK or (who.own and _fits(who.role, places))


def _fits(held: str | None, places: frozenset[str]) -> bool:
    """Whether a link or role of this kind is for what this address names."""
    if held in ("service member", "service lead"):
        return "organisation_id" not in places
    if held == "organisation":
        return "organisation_id" in places
    return held == "organisation lead" or "round_id" in places


def kept_out(entry: Entry, who: Who, method: str) -> set[int]:
    """How somebody is told who may not come in. A form that holds words is shown again, with 403."""
    if entry.alone:
        return {404, 403} if method == "POST" else {404}
    if who.signed_in:
        return {404}
    if entry.links or not (entry.roles or entry.signed_in):
        return {404, 403} if method == "POST" else {404}
    return {401}


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
    """What stands in the addresses: one round of one service of one organisation. Other names get a default."""
    with app.app_context(), transaction() as session:
        service = session.get_one(Service, session.get_one(Round, team.round_id).service_id)
        return {
            "round_id": team.round_id,
            "organisation_id": service.organisation_id,
            "service_id": service.id,
            "secret": team.secret,
        }


def standing_for(rule: Rule, name: str, values: Mapping[str, object]) -> object:
    """What stands for a name in an address: what there is, or something of its kind that there is not."""
    if name in values:
        return values[name]
    kinds = {UUIDConverter: uuid4(), IntegerConverter: 1}
    return kinds.get(type(rule._converters[name]), "x")


@pytest.fixture
def apart(app: Flask) -> Apart:
    """A round held apart, for the pages of those who answer it."""
    return round_apart(app)


@pytest.fixture
def people(app: Flask, team: Team, apart: Apart, values: dict[str, object]) -> list[Who]:
    """Everybody who may come to an address: with nothing, a link or an account; to their own and to another's."""
    other = Team.at_the_table(Visitor(app), organisation="Elsewhere Trust")
    with app.app_context(), transaction() as session:
        elsewhere = session.get_one(Service, session.get_one(Round, other.round_id).service_id)
        service, organisation = UUID(str(values["service_id"])), UUID(str(values["organisation_id"]))
        beside = Service(id=uuid4(), organisation_id=organisation, name="Beside", sector="housing")
        session.add(beside)
        elsewhere_ids = elsewhere.id, elsewhere.organisation_id
        beside_id = beside.id
    found = [Who("nobody", Visitor(app)), *_with_links(app, team, other, organisation), *_asked_alone(app, apart)]
    for role in ("service member", "service lead"):
        found += [
            _with_role(app, role, service),
            _with_role(app, role, elsewhere_ids[0], own=False),
            _with_role(app, role, beside_id, own=False),
        ]
    found += [
        _with_role(app, "organisation lead", organisation),
        _with_role(app, "organisation lead", elsewhere_ids[1], own=False),
        *(_with_role(app, role, None) for role in NETWORK),
        Who("signed in without a role", signed_in(app), signed_in=True),
    ]
    return found


def _with_links(app: Flask, team: Team, other: Team, organisation: UUID) -> list[Who]:
    old = team.secret
    team.visitor.get(f"{team.address}/links").press("Make new links")
    reader = Visitor(app)
    reader.get(team.links()[1]).press(CONTINUE)
    elsewhere = uuid4()
    officer, stranger = organisation_link(app, organisation), organisation_link(app, elsewhere)
    return [
        Who("owner", team.visitor, "owner"),
        Who("reader", reader, "reader"),
        Who("owner of another", other.visitor, "owner", own=False),
        Who("owner of old links", holding(app, team.round_id, old), "owner", own=False),
        Who("officer", holding(app, organisation, officer), "organisation"),
        Who("officer elsewhere", holding(app, elsewhere, stranger), "organisation", own=False),
    ]


def _asked_alone(app: Flask, apart: Apart) -> list[Who]:
    """Those who came by each kind of link to a round held apart, and one who was asked in another."""
    (invitation,) = apart.invite("ann@example.org")
    secrets = {"people": apart.people, "staff": apart.staff, "entry": apart.entry, "invitation": invitation}
    found = [Who(f"asked by {link}", Visitor(app), link) for link in secrets]
    elsewhere = Who("asked in another round", Visitor(app), "people", own=False)
    for who in found:
        open_link(who.browser, secrets[str(who.link)])
    open_link(elsewhere.browser, round_apart(app).people)
    return [*found, elsewhere]


def _with_role(app: Flask, role: Role, place: UUID | None, own: bool = True) -> Who:
    name = role if own else f"{role} elsewhere"
    return Who(name, signed_in(app, (role, place)), role=role, own=own, signed_in=True)


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

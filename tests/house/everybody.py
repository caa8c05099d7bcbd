"""Everybody who may come to an address: with nothing, a link or an account; to their own and to another's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID, uuid4

import flask
from flask import Flask
from werkzeug.routing import AnyConverter, IntegerConverter, Rule, UUIDConverter

from assessment.pages.access import PLACES as PLACES_IN_ADDRESSES
from assessment.pages.access import hold_secret
from assessment.pages.access_table import Entry
from assessment.store.db import transaction
from assessment.store.models import Link, Round, Service
from assessment.store.records import Purpose, Role
from assessment.store.secrets import hash_of, new_secret
from tests.house.apart import Apart, open_link, round_apart
from tests.house.journey import CONTINUE, Team
from tests.house.people import signed_in
from tests.house.visitor import ORIGIN, Visitor

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


def values_of(app: Flask, team: Team) -> dict[str, object]:
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
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        return sorted(converter.items)[0]
    kinds = {UUIDConverter: uuid4(), IntegerConverter: 1}
    return kinds.get(type(converter), "x")


def everybody(app: Flask, team: Team, apart: Apart, values: Mapping[str, object]) -> list[Who]:
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

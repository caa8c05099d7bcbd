"""Your places: every role a person holds, what it sees, and the way to it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from assessment.pages.access import this_member
from assessment.pages.account.blueprint import blueprint
from assessment.pages.roles import ROLE_WORDS, Words
from assessment.store.db import reading
from assessment.store.queries.accounts import HeldPlace, places_of
from assessment.store.records import Member


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One role as the page lists it; ``name`` and ``within`` are empty for the network."""

    name: str
    within: str
    role: Words
    href: str


def signed_in_member() -> Member:
    """Who is signed in, on a page that the access table opens to nobody else."""
    member = this_member()
    assert member is not None
    return member


@blueprint.get("/account/")
def home() -> ResponseReturnValue:
    member = signed_in_member()
    with reading() as store:
        held = places_of(store, member.id)
    order = list(ROLE_WORDS)
    lines = [_line(one) for one in sorted(held, key=lambda one: -order.index(one.role))]
    return render_template("account/home.html", member=member, lines=lines)


def _line(held: HeldPlace) -> PlaceLine:
    name = held.service_name or held.organisation_name
    within = held.organisation_name if held.service_id else ""
    return PlaceLine(name, within, ROLE_WORDS[held.role], _address(held))


def _address(held: HeldPlace) -> str:
    if held.service_id:
        return _there("service.show", service_id=held.service_id)
    if held.organisation_id:
        return _there("organisation.show", organisation_id=held.organisation_id)
    return _there("network.show") if held.role == "network admin" else _there("field.index")


def _there(endpoint: str, **values: object) -> str:
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""  # type: ignore[arg-type]

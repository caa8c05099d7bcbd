"""Your places: every role a person holds, what it sees, and the way to it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessment.pages.access import this_member
from assessment.pages.account.blueprint import blueprint
from assessment.pages.roles import ROLE_WORDS, Words
from assessment.store.db import reading
from assessment.store.queries.accounts import HeldPlace, places_of
from assessment.store.records import Member


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One role as the page lists it; ``leave``: where to leave a role whose own place has no page for that."""

    name: str
    within: str
    role: Words
    href: str
    leave: str = ""


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
    words = ROLE_WORDS[held.role]
    if held.role == "network analyst":
        leave = url_for("network.role", membership_id=held.membership_id)
        return PlaceLine(_("The field: figures of groups of services"), "", words, url_for("field.index"), leave)
    name = held.service_name or held.organisation_name or _("The network and its organisations")
    within = held.organisation_name if held.service_id else ""
    return PlaceLine(name, within, words, _address(held))


def _address(held: HeldPlace) -> str:
    if held.service_id:
        return _there("service.show", service_id=held.service_id)
    if held.organisation_id:
        return _there("organisation.show", organisation_id=held.organisation_id)
    return _there("network.show")


def _there(endpoint: str, **values: object) -> str:
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""  # type: ignore[arg-type]

"""Who may open what: every request is held against one table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final, cast
from uuid import UUID

from flask import Flask, abort, current_app, g, request, session

from assessment.pages.access_table import ACCESS, Entry
from assessment.pages.clock import now, today
from assessment.pages.ways import load_alone, settle_how_long
from assessment.store.db import asking, reading
from assessment.store.queries.people import member_by_sign_in
from assessment.store.queries.place import place_of
from assessment.store.queries.rounds import purpose_of, round_by_id, round_by_link
from assessment.store.records import Member, Place, Purpose, Role, Round
from assessment.store.secrets import SECRET, hash_of
from assessment.workflows.sign_in import stay_signed_in

__all__ = [
    "ACCESS",
    "held_round",
    "held_secret",
    "hold_secret",
    "register",
    "roles_here",
    "this_member",
    "this_place",
]

LINKS_KEPT = 12
PLACES: Final = ("round_id", "service_id", "organisation_id")


def register(app: Flask) -> None:
    """Hold every request against the table, and refuse to start with a route it does not name."""
    app.before_request(check)
    missing = {rule.endpoint for rule in app.url_map.iter_rules()} - set(ACCESS)
    if missing:
        raise RuntimeError(f"No entry in the access table for {', '.join(sorted(missing))}")


def check() -> None:
    """Load what the visitor may open here into ``g``; 404 where the table does not let them in.

    A link that this browser holds is tried first, then what the signed-in person may do in this place. A stranger
    to a page that only accounts open is asked to sign in (401) before it is said whether there is such a place.
    """
    if request.endpoint is None:
        return
    entry, given = ACCESS[request.endpoint], request.view_args or {}
    if entry.anyone:
        return
    if _by_link(entry, given):
        g.may_know = not entry.alone
        return
    if not (entry.roles or entry.signed_in):
        _no_link()
    member = this_member()
    if member is None:
        _no_link() if entry.links else abort(401)
        return
    if not entry.signed_in:
        _check_role(entry, member, given)


def _no_link() -> None:
    g.no_link = True
    abort(404)


def _by_link(entry: Entry, given: Mapping[str, Any]) -> bool:
    """Whether a link that this browser holds opens the page."""
    if entry.alone:
        return load_alone(given["round_id"])
    if "organisation" in entry.links:
        return _held_organisation(given["organisation_id"])
    if not entry.links & {"owner", "reader"}:
        return False
    found = held_round(given["round_id"])
    if found is None or found.purpose not in entry.links:
        return False
    g.round = found
    _refresh_cookie()
    return True


def _check_role(entry: Entry, member: Member, given: Mapping[str, Any]) -> None:
    """404 unless one of the roles the table names is held in the place of this address."""
    where = next((name for name in PLACES if name in given), None)
    if where is None:
        if not member.roles & entry.roles:
            abort(404)
        g.by_role = True
        return
    with reading() as store:
        place = place_of(store, where, given[where])
    held = _roles_in(place, member) if place else frozenset()
    roles = held & entry.roles
    if place is None or not roles:
        g.needs_passkey = place is not None and _lacks_passkey(place, member) and "organisation lead" in entry.roles
        abort(404)
    g.place, g.roles_here, g.by_role = place, held, True
    if where == "round_id" and entry.links:
        g.round = _round_for(given["round_id"], roles)


def _roles_in(place: Place, member: Member) -> frozenset[Role]:
    """The roles that count here. Where an organisation requires passkeys, its leads are none without one."""
    roles = member.roles_in(place.organisation_id, place.service_id)
    return roles - {"organisation lead"} if _lacks_passkey(place, member) else roles


def _lacks_passkey(place: Place, member: Member) -> bool:
    """Whether this lead of the organisation would be one here with a passkey."""
    leads = "organisation lead" in member.roles_in(place.organisation_id, place.service_id)
    return leads and place.passkeys and member.way == "link"


def _round_for(round_id: UUID, roles: frozenset[Role]) -> Round:
    """A round held together as this role opens it: its lead as its owner, others as readers."""
    purpose: Purpose = "owner" if "service lead" in roles else "reader"
    with reading() as store:
        found = round_by_id(store, round_id, purpose)
    if found is None:
        abort(404)
    return found


def this_member() -> Member | None:
    """Who is signed in at this browser; looked up once a request."""
    if "member" not in g:
        g.member = _member()
    return cast("Member | None", g.member)


def _member() -> Member | None:
    secret = session.get("sign_in")
    if not isinstance(secret, str) or not SECRET.match(secret):
        return None
    settings, moment = current_app.config["SETTINGS"], now()
    with reading() as store:
        found = member_by_sign_in(
            store,
            hash_of(secret),
            moment - timedelta(hours=settings.sign_in_hours),
            moment - timedelta(minutes=settings.sign_in_idle_minutes),
        )
    if found:
        stay_signed_in(found, moment)
    return found


def this_place() -> Place:
    """The place of this address, where a role has opened it."""
    return cast("Place", g.place)


def roles_here() -> frozenset[Role]:
    """Every role that counts in the place of this address, where a role has opened it."""
    return cast("frozenset[Role]", g.roles_here)


def _refresh_cookie() -> None:
    """Let the cookie last from its last use on, once a day; a public page never does, for a proxy may keep that page.

    Not at every request: an answer that comes late would bring back the links of before a renewal.
    """
    day = today().toordinal()
    if session.get("day") != day:
        session["day"] = day


def held_round(round_id: UUID) -> Round | None:
    """The round of this address, if this browser holds a link to it that still works."""
    secret = held_secret(round_id)
    if secret is None:
        return None
    with asking() as store:
        found = round_by_link(store, hash_of(secret))
    return found if found and found.id == round_id else None


def _held_organisation(organisation_id: UUID) -> bool:
    secret = held_secret(organisation_id)
    if secret is None:
        return False
    with reading() as store:
        return purpose_of(store, hash_of(secret)) == ("organisation", organisation_id)


def held_secret(of: UUID) -> str | None:
    """The secret with which this browser came to a round or organisation."""
    secret = dict(session.get("links", [])).get(of.hex)
    return secret if secret and SECRET.match(secret) else None


def hold_secret(of: UUID, secret: str) -> None:
    """Remember a link in this browser's cookie; the oldest gives way when there are many."""
    others = [pair for pair in session.get("links", []) if pair[0] != of.hex]
    session["links"] = [*others[-(LINKS_KEPT - 1) :], [of.hex, secret]]
    settle_how_long()

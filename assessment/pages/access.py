"""Who may open what: one table, which every request is held against."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal
from uuid import UUID

from flask import Flask, abort, g, request, session

from assessment.pages.clock import today
from assessment.store.db import reading
from assessment.store.queries.rounds import purpose_of, round_by_link
from assessment.store.records import Round
from assessment.store.secrets import SECRET, hash_of

Who = Literal["anyone", "owner", "owner or reader", "organisation"]

# Every endpoint, and whose private link opens it. An endpoint that is missing here stops the start.
ACCESS: Final[Mapping[str, Who]] = {
    "health.healthz": "anyone",
    "health.readyz": "anyone",
    "start.index": "anyone",
    "start.example": "anyone",
    "start.blank": "anyone",
    "start.help": "anyone",
    "start.privacy": "anyone",
    "start.accessibility": "anyone",
    "setup.service": "anyone",
    "setup.organisations": "anyone",
    "setup.organisation": "anyone",
    "setup.sitting": "anyone",
    "links.open": "anyone",
    "links.back": "anyone",
    "links.come_back": "anyone",
    "field.index": "anyone",
    "answer.tasks": "owner",
    "answer.links": "owner",
    "answer.statement": "owner",
    "answer.safeguards": "owner",
    "answer.reflection": "owner",
    "answer.check": "owner",
    "answer.copy": "owner",
    "answer.copy_json": "owner",
    "answer.again": "owner",
    "result.show": "owner or reader",
    "result.targets": "owner",
    "organisation.show": "organisation",
    "organisation.department": "organisation",
    "organisation.services": "organisation",
}

LINKS_KEPT = 12


def register(app: Flask) -> None:
    """Hold every request against the table, and refuse to start with a route it does not name."""
    app.before_request(check)
    missing = {rule.endpoint for rule in app.url_map.iter_rules()} - set(ACCESS)
    if missing:
        raise RuntimeError(f"No entry in the access table for {', '.join(sorted(missing))}")


def check() -> None:
    """Load what the visitor's link opens into ``g``; 404 where the table does not let them in."""
    if request.endpoint is None:
        return
    who = ACCESS[request.endpoint]
    if who in ("owner", "owner or reader"):
        _check_round(request.view_args or {}, who)
    elif who == "organisation":
        _check_organisation(request.view_args or {})


def _check_round(view_args: Mapping[str, UUID], who: Who) -> None:
    found = held_round(view_args["round_id"])
    if found is None or (who == "owner" and found.purpose != "owner"):
        g.no_link = True
        abort(404)
    g.round = found
    _refresh_cookie()


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
    with reading() as store:
        found = round_by_link(store, hash_of(secret))
    return found if found and found.id == round_id else None


def _check_organisation(view_args: Mapping[str, UUID]) -> None:
    secret = held_secret(view_args["organisation_id"])
    if secret is None:
        abort(404)
    with reading() as store:
        if purpose_of(store, hash_of(secret)) != ("organisation", view_args["organisation_id"]):
            abort(404)


def held_secret(of: UUID) -> str | None:
    """The secret with which this browser came to a round or organisation."""
    secret = dict(session.get("links", [])).get(of.hex)
    return secret if secret and SECRET.match(secret) else None


def hold_secret(of: UUID, secret: str) -> None:
    """Remember a link in this browser's cookie; the oldest gives way when there are many."""
    others = [pair for pair in session.get("links", []) if pair[0] != of.hex]
    session["links"] = [*others[-(LINKS_KEPT - 1) :], [of.hex, secret]]
    session.permanent = True

"""Private links into the demo network, made anew each time they are printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from assessment.store.db import Session, transaction
from assessment.store.queries.demo import (
    Named,
    fullest_open_round,
    largest_organisation,
    newest_result,
    newest_round_apart,
)
from assessment.store.queries.links import forget_links
from assessment.store.queries.places import network_kind
from assessment.store.seal import Seal
from assessment.store.secrets import new_secret, reader_secret
from assessment.workflows.apart.ways_in import ways_in
from assessment.workflows.demo_people import make_demo_people
from assessment.workflows.organisations import organisation_link
from assessment.workflows.setup import make_links


class NoDemo(LookupError):
    """There is no demo network here."""


@dataclass(frozen=True, slots=True)
class Sight:
    """Something to see: the name of an organisation or service, and the secret that opens it."""

    name: str
    secret: str


@dataclass(frozen=True, slots=True)
class Sights:
    """One organisation's page, a result to read, an unfinished round to go on with, and one to answer alone, if any."""

    organisation: Sight
    result: Sight
    unfinished: Sight
    alone: Sight | None


def renew_demo_links(today: date, seal: Seal) -> Sights:
    """Make a new link to each sight; those made before stop working, so that they do not pile up. Raises NoDemo."""
    with transaction() as session:
        organisation = largest_organisation(session) if network_kind(session) == "demo" else None
        if organisation is None:
            raise NoDemo
        result = _there(newest_result(session, organisation.id))
        unfinished = _there(fullest_open_round(session, organisation.id))
        make_demo_people(session, today)
        forget_links(session, organisation.id)
        shown = Sight(organisation.name, organisation_link(session, organisation.id, today))
        owner_of_result = _owner(session, result.id, today)
        return Sights(
            shown,
            Sight(result.name, reader_secret(owner_of_result)),
            Sight(unfinished.name, _owner(session, unfinished.id, today)),
            _alone(session, organisation.id, seal),
        )


def _alone(session: Session, organisation_id: UUID, seal: Seal) -> Sight | None:
    """The link that people who use a service share, of a round that is open; nobody's stops working."""
    found = newest_round_apart(session, organisation_id, "open")
    return Sight(found.name, ways_in(session, found.id, seal)["people"].secret) if found else None


def _there(found: Named | None) -> Named:
    if found is None:
        raise NoDemo
    return found


def _owner(session: Session, round_id: UUID, today: date) -> str:
    """A round's new owner's secret, from which its reader's follows."""
    forget_links(session, round_id)
    secret = new_secret()
    make_links(session, round_id, secret, today)
    return secret

"""What an operator does for an organisation: confirm it, let it share or not, and open its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Final
from uuid import UUID

from assessment.store.db import Session, transaction
from assessment.store.models import Link, Organisation
from assessment.store.names import name_key
from assessment.store.queries.organisations import names, services_of
from assessment.store.queries.places import organisation_row
from assessment.store.secrets import hash_of, new_secret
from assessment.workflows.network import claim

MOST_NEAR: Final = 3


class UnknownOrganisation(LookupError):
    """There is no organisation of this name; ``near`` are names that come close."""

    def __init__(self, name: str, near: Sequence[str]) -> None:
        super().__init__(name)
        self.name = name
        self.near = near


class UnnamedServices(Exception):
    """Services came after the organisation was confirmed; ``names`` says which."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What was confirmed: the names of the services now confirmed for the first time, and of all."""

    organisation: str
    new: Sequence[str]
    services: int
    shares: bool


def confirm(name: str, shares: bool, today: date, only: Sequence[str] = ()) -> Confirmed:
    """Confirm an organisation and the services it has now, or ``only`` those of these names.

    ``shares``: it agreed to be counted in snapshots. Once it is confirmed, services that came later have
    to be named: anybody may have added them. Raises UnknownOrganisation, UnnamedServices, and NetworkTaken
    on a demo installation.
    """
    with transaction() as session:
        claim(session, "real")
        found = _row(session, name)
        services = services_of(session, found.id)
        new = [service for service in services if service.confirmed_on is None]
        if found.confirmed_on and new and not only:
            raise UnnamedServices([service.name for service in new])
        found.confirmed_on = found.confirmed_on or today
        found.shares_on = found.shares_on or (today if shares else None)
        keys = {name_key(one) for one in only}
        new = [service for service in new if not keys or name_key(service.name) in keys]
        for service in new:
            service.confirmed_on = today
        return Confirmed(found.name, [service.name for service in new], len(services), found.shares_on is not None)


def share(name: str, shares: bool, today: date) -> str:
    """Note that an organisation agreed to share, or no longer does; return its name as it is kept.

    Snapshots already published stay as they are. Raises UnknownOrganisation, and NetworkTaken on a
    demo installation.
    """
    with transaction() as session:
        claim(session, "real")
        found = _row(session, name)
        found.shares_on = (found.shares_on or today) if shares else None
        return found.name


def make_organisation_link(name: str, today: date) -> str:
    """Make one more read-only link to the organisation's page; return its secret. Raises UnknownOrganisation."""
    with transaction() as session:
        return organisation_link(session, _row(session, name).id, today)


def organisation_link(session: Session, organisation_id: UUID, today: date) -> str:
    """The same inside a workflow's own transaction."""
    secret = new_secret()
    session.add(Link(hash=hash_of(secret), purpose="organisation", of=organisation_id, made_on=today))
    return secret


def _row(session: Session, name: str) -> Organisation:
    found = organisation_row(session, name)
    if found is None:
        raise UnknownOrganisation(name, _near(name, names(session)))
    return found


def _near(name: str, known: Sequence[str]) -> Sequence[str]:
    """Names that hold what was typed, or are spelt much like it."""
    by_key = {name_key(one): one for one in known}
    typed = name_key(name)
    holding = [key for key in by_key if typed and typed in key]
    alike = get_close_matches(typed, by_key, MOST_NEAR, 0.6)
    return [by_key[key] for key in dict.fromkeys([*holding, *alike])][:MOST_NEAR]

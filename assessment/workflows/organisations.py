"""What an operator does for an organisation: confirm it, let it share or not, and open its page."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Final
from uuid import UUID

from assessment.store.db import Session, transaction
from assessment.store.models import Link, Organisation, Service
from assessment.store.names import name_key
from assessment.store.queries.audit import Deed, note_deed
from assessment.store.queries.organisations import names, services_of
from assessment.store.queries.places import organisation_rows
from assessment.store.secrets import hash_of, new_secret
from assessment.workflows.network import claim

MOST_NEAR: Final = 3


class UnknownOrganisation(LookupError):
    """There is no organisation of this name; ``near`` are names that come close."""

    def __init__(self, name: str, near: Sequence[str]) -> None:
        super().__init__(name)
        self.name = name
        self.near = near


class NotConfirmed(Exception):
    """What is asked for needs an organisation that is confirmed."""


class UnnamedServices(Exception):
    """Services came after the organisation was confirmed; ``names`` says which."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


class SeveralOrganisations(Exception):
    """More than one organisation has this name; ``found`` says the id, kind and region of each."""

    def __init__(self, name: str, found: Sequence[tuple[UUID, str, str]]) -> None:
        super().__init__(name)
        self.name = name
        self.found = found


@dataclass(frozen=True, slots=True)
class Meant:
    """An organisation as an operator names it: by name or id, and by kind and region where names repeat."""

    name: str
    kind: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What was confirmed: the names of the services now confirmed for the first time, and of all."""

    organisation: str
    new: Sequence[str]
    services: int
    shares: bool


def confirm(meant: Meant, shares: bool, now: datetime, only: Sequence[str] = ()) -> Confirmed:
    """Confirm an organisation and the services it has now, or ``only`` those of these names.

    ``shares``: it agreed to be counted in snapshots. Once it is confirmed, services that came later have
    to be named: anybody may have added them. Raises UnknownOrganisation, SeveralOrganisations, UnnamedServices,
    and NetworkTaken on a demo installation.
    """
    with transaction() as session:
        claim(session, "real")
        found = meant_row(session, meant)
        services = services_of(session, found.id)
        new = [service for service in services if service.confirmed_on is None]
        if found.confirmed_on and new and not only:
            raise UnnamedServices([service.name for service in new])
        confirm_row(session, found, None, now)
        if shares:
            set_sharing(session, found, True, None, now)
        keys = {name_key(one) for one in only}
        new = [service for service in new if not keys or name_key(service.name) in keys]
        for service in new:
            confirm_service_row(session, service, None, now)
        return Confirmed(found.name, [service.name for service in new], len(services), found.shares_on is not None)


def confirm_row(session: Session, found: Organisation, by: UUID | None, now: datetime) -> None:
    """Confirm an organisation inside a workflow's own transaction; once it is, nothing happens."""
    if found.confirmed_on is None:
        found.confirmed_on = now.date()
        note_deed(session, now, by, Deed("organisation confirmed", found.id))


def confirm_service_row(session: Session, service: Service, by: UUID | None, now: datetime) -> None:
    if service.confirmed_on is None:
        service.confirmed_on = now.date()
        note_deed(session, now, by, Deed("service confirmed", service.organisation_id, service.id))


def share(meant: Meant, shares: bool, now: datetime) -> str:
    """Note that an organisation agreed to share, or no longer does; return its name as it is kept.

    Snapshots already published stay as they are. Raises UnknownOrganisation, SeveralOrganisations, and
    NetworkTaken on a demo installation.
    """
    with transaction() as session:
        claim(session, "real")
        found = meant_row(session, meant)
        set_sharing(session, found, shares, None, now)
        return found.name


def set_sharing(session: Session, found: Organisation, shares: bool, by: UUID | None, now: datetime) -> None:
    """The same inside a workflow's own transaction; saying again what stands changes no day."""
    if shares and found.shares_on is None:
        found.shares_on = now.date()
        note_deed(session, now, by, Deed("sharing agreed", found.id))
    if not shares and found.shares_on is not None:
        found.shares_on = None
        note_deed(session, now, by, Deed("sharing withdrawn", found.id))


def make_organisation_link(meant: Meant, now: datetime) -> str:
    """Make one more read-only link to the organisation's page; return its secret.

    Raises UnknownOrganisation and SeveralOrganisations.
    """
    with transaction() as session:
        found = meant_row(session, meant)
        note_deed(session, now, None, Deed("link made", found.id))
        return organisation_link(session, found.id, now.date())


def organisation_link(session: Session, organisation_id: UUID, today: date) -> str:
    """The same inside a workflow's own transaction."""
    secret = new_secret()
    session.add(Link(hash=hash_of(secret), purpose="organisation", of=organisation_id, made_on=today))
    return secret


def confirmed_row(session: Session, meant: Meant) -> Organisation:
    """The row of an organisation that is confirmed. Raises UnknownOrganisation, SeveralOrganisations, NotConfirmed."""
    found = meant_row(session, meant)
    if found.confirmed_on is None:
        raise NotConfirmed(found.name)
    return found


def meant_row(session: Session, meant: Meant) -> Organisation:
    """The row that an operator means. Raises UnknownOrganisation and SeveralOrganisations."""
    alike = _of_this_name(session, meant.name)
    if not alike:
        raise UnknownOrganisation(meant.name, _near(meant.name, names(session)))
    found = [one for one in alike if meant.kind in ("", one.kind) and meant.region in ("", one.region)]
    if len(found) == 1:
        return found[0]
    raise SeveralOrganisations(alike[0].name, [(one.id, one.kind, one.region) for one in found or alike])


def _of_this_name(session: Session, name: str) -> Sequence[Organisation]:
    with suppress(ValueError):
        row = session.get(Organisation, UUID(name))
        return [row] if row and row.left_on is None else []
    return organisation_rows(session, name)


def _near(name: str, known: Sequence[str]) -> Sequence[str]:
    """Names that hold what was typed, or are spelt much like it."""
    by_key = {name_key(one): one for one in known}
    typed = name_key(name)
    holding = [key for key in by_key if typed and typed in key]
    alike = get_close_matches(typed, by_key, MOST_NEAR, 0.6)
    return [by_key[key] for key in dict.fromkeys([*holding, *alike])][:MOST_NEAR]

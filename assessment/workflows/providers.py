"""An organisation's own sign-in: set by the operator, and whom it may sign in as whom.

What a provider says never gives a role. It also signs nobody in who has a role outside its organisation, for then it
would hold the key to what is not its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from assessment.store.addresses import email_key, is_address
from assessment.store.db import Session, one_at_a_time, transaction
from assessment.store.models import Identity, Person, Provider
from assessment.store.names import LONGEST, tidy
from assessment.store.queries.audit import Deed, note_deed
from assessment.store.queries.people import person_by_email
from assessment.store.queries.providers import (
    ProviderOf,
    belongs_to,
    has_a_role_elsewhere,
    person_known_as,
    provider_row,
    stands_for_another,
)
from assessment.store.seal import Seal
from assessment.workflows.accounts import new_person
from assessment.workflows.oidc import Claims
from assessment.workflows.organisations import Meant, confirmed_row, meant_row


class RoleElsewhere(Exception):
    """This person has a role outside the organisation, so that its provider cannot sign them in."""


class IssuerTaken(Exception):
    """Another organisation has this issuer."""


def person_by_provider(provider: ProviderOf, claims: Claims, now: datetime) -> UUID:
    """The person whom a provider speaks of, who is made at their first sign-in. Raises RoleElsewhere."""
    with transaction() as session:
        # The same wish as where an offer makes a person: nobody is to be made twice.
        one_at_a_time(session, "making persons")
        person = person_known_as(session, provider.issuer, claims.subject) or _first_time(
            session, provider, claims, now
        )
        if has_a_role_elsewhere(session, person.id, provider.organisation_id):
            raise RoleElsewhere
        return person.id


def _first_time(session: Session, provider: ProviderOf, claims: Claims, now: datetime) -> Person:
    address = claims.email.strip()
    trusted = is_address(address) and email_key(address).rpartition("@")[2] in provider.domains
    known = person_by_email(session, email_key(address)) if trusted else None
    if known and belongs_to(session, known, provider.organisation_id, now.date()):
        person = known
    else:
        person = new_person(session, address if trusted and not known else None, now, tidy(claims.name)[:LONGEST])
        note_deed(session, now, person.id, Deed("made an account", provider.organisation_id, of=person.id))
    session.add(Identity(issuer=provider.issuer, subject=claims.subject, person_id=person.id, made_on=now.date()))
    return person


def set_provider(
    meant: Meant, issuer: str, client: tuple[str, str], domains: Sequence[str], seal: Seal, now: datetime
) -> str:
    """Set the provider of this organisation (``client``: id and secret); return its name.

    Raises UnknownOrganisation, SeveralOrganisations, NotConfirmed, IssuerTaken.
    """
    with transaction() as session:
        found = confirmed_row(session, meant)
        if stands_for_another(session, found.id, issuer):
            raise IssuerTaken(issuer)
        row = provider_row(session, found.id) or Provider(organisation_id=found.id)
        row.issuer, row.client_id, row.client_secret_sealed = issuer, client[0], seal.close(client[1])
        row.domains = " ".join(sorted({domain.strip().lower().removeprefix("@") for domain in domains}))
        session.add(row)
        note_deed(session, now, None, Deed("set the organisation’s own sign-in", found.id, of=found.id, detail=issuer))
        return found.name


def unset_provider(meant: Meant, now: datetime) -> str:
    """Take it away; whoever was known to it signs in by e-mail. Raises UnknownOrganisation, SeveralOrganisations."""
    with transaction() as session:
        found = meant_row(session, meant)
        if row := provider_row(session, found.id):
            session.delete(row)
            note_deed(session, now, None, Deed("took away the organisation’s own sign-in", found.id, of=found.id))
        return found.name

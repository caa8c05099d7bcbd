"""Passkeys: adding one, signing in with one, naming and removing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from webauthn import verify_authentication_response, verify_registration_response
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException

from assessment.store.db import transaction
from assessment.store.models import Passkey, Person
from assessment.store.queries.accounts import own_passkey, passkey_row, passkeys_of
from assessment.store.queries.audit import Deed, note_deed

MOST: Final = 20


class NotGenuine(Exception):
    """What the browser sent is no proof."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a browser was asked to prove, and for which site. The challenge is used once."""

    challenge: str
    site: str
    origin: str


def add_passkey(person_id: UUID, said: dict[str, Any], asked: Asked, name: str, now: datetime) -> None:
    """Keep the public half of a new passkey. Raises NotGenuine, also for one that is known or one too many."""
    try:
        proved = verify_registration_response(
            credential=said,
            expected_challenge=base64url_to_bytes(asked.challenge),
            expected_rp_id=asked.site,
            expected_origin=asked.origin,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise NotGenuine from None
    id = bytes_to_base64url(proved.credential_id)
    with transaction() as session:
        # Two browsers at once: the second counts the first one's.
        session.get_one(Person, person_id, with_for_update=True)
        if passkey_row(session, id) or len(passkeys_of(session, person_id)) >= MOST:
            raise NotGenuine
        session.add(
            Passkey(
                id=id,
                person_id=person_id,
                public_key=bytes_to_base64url(proved.credential_public_key),
                sign_count=proved.sign_count,
                name=name,
                made_on=now.date(),
            )
        )
        note_deed(session, now, person_id, Deed("added a passkey", of=person_id))


def person_with_passkey(said: dict[str, Any], asked: Asked, now: datetime) -> UUID:
    """Whose passkey proved this. Raises NotGenuine."""
    with transaction() as session:
        key = passkey_row(session, str(said.get("id", "")))
        if key is None:
            raise NotGenuine
        try:
            proved = verify_authentication_response(
                credential=said,
                expected_challenge=base64url_to_bytes(asked.challenge),
                expected_rp_id=asked.site,
                expected_origin=asked.origin,
                credential_public_key=base64url_to_bytes(key.public_key),
                credential_current_sign_count=key.sign_count,
            )
        except (WebAuthnException, ValueError, KeyError, TypeError):
            raise NotGenuine from None
        key.sign_count, key.used_on = proved.new_sign_count, now.date()
        person = session.get_one(Person, key.person_id)
        if person.erased_on:
            raise NotGenuine
        return person.id


def name_passkey(person_id: UUID, id: str, name: str) -> None:
    """Only a person's own; another's is left as it is."""
    with transaction() as session:
        if key := own_passkey(session, person_id, id):
            key.name = name


def remove_passkey(person_id: UUID, id: str, now: datetime) -> None:
    with transaction() as session:
        if key := own_passkey(session, person_id, id):
            session.delete(key)
            note_deed(session, now, person_id, Deed("removed a passkey", of=person_id))

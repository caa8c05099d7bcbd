"""Signing in and out: a link by e-mail that works once, and being signed in for as long as one is at work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from assessment.store.addresses import email_key
from assessment.store.db import Session, transaction
from assessment.store.models import SignIn, SignInLink, SignInRequest
from assessment.store.queries.outbox import leave_job
from assessment.store.queries.people import person_by_email, touch_sign_in
from assessment.store.queries.sign_ins import (
    end_all_sign_ins,
    end_sign_in,
    end_sign_in_of,
    has_sign_in,
    person_asking,
    take_link,
)
from assessment.store.records import Member, SignInWay
from assessment.store.secrets import hash_of, new_secret

NOTED_EVERY: Final = timedelta(minutes=5)
LINK_LASTS: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Browser:
    """The browser that signs in: its family in words, and the hash of the sign-in it has now, if any."""

    family: str
    had: str = ""


def ask_for_link(address: str, now: datetime) -> None:
    """Leave word that somebody wants to sign in. The same is done whether or not anybody has this address."""
    with transaction() as session:
        found = person_by_email(session, email_key(address))
        asked = SignInRequest(id=uuid4(), person_id=found.id if found else None, asked_at=now)
        session.add(asked)
        session.flush()
        leave_job(session, "sign-in", f"sign-in:{asked.id.hex}", asked.id, now)


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link to send: to whom, and its secret, which is kept nowhere."""

    email: str
    secret: str


def make_link(request_id: UUID, now: datetime) -> NewLink | None:
    """Make the link that somebody asked for; None where there is nobody to send it to, or they asked too long ago."""
    with transaction() as session:
        found = person_asking(session, request_id)
        if found is None or found.email is None:
            return None
        secret = new_secret()
        session.add(SignInLink(hash=hash_of(secret), person_id=found.id, ends_at=now + LINK_LASTS))
        return NewLink(found.email, secret)


def sign_in_by_link(secret: str, becoming: str, browser: Browser, now: datetime) -> bool:
    """Use a link up and sign its person in under the secret ``becoming``; False if the link works no more.

    ``becoming`` is the same for the same link and browser, so that pressing twice is as good as once.
    """
    with transaction() as session:
        person_id = take_link(session, hash_of(secret), now)
        if person_id is None:
            return has_sign_in(session, hash_of(becoming))
        begin_sign_in(session, person_id, "link", becoming, browser, now)
        return True


def sign_in(person_id: UUID, way: SignInWay, browser: Browser, now: datetime) -> str:
    """Sign somebody in who has shown who they are; return the secret of the sign-in."""
    secret = new_secret()
    with transaction() as session:
        begin_sign_in(session, person_id, way, secret, browser, now)
    return secret


def begin_sign_in(
    session: Session, person_id: UUID, way: SignInWay, secret: str, browser: Browser, now: datetime
) -> None:
    """The same inside a workflow's own transaction. The sign-in that the browser had before ends with it."""
    if browser.had:
        end_sign_in_of(session, browser.had)
    row = SignIn(hash=hash_of(secret), person_id=person_id, way=way, began_at=now, used_at=now)
    row.browser = browser.family
    session.add(row)


def stay_signed_in(member: Member, now: datetime) -> None:
    """Note that somebody is still at work; not at every page, which would make each a writing one."""
    if now - member.used_at >= NOTED_EVERY:
        with transaction() as session:
            touch_sign_in(session, member.sign_in_id, now)


def sign_out(member: Member, sign_in_id: UUID) -> None:
    """End one sign-in of this person."""
    with transaction() as session:
        end_sign_in(session, member.id, sign_in_id)


def sign_out_everywhere(member: Member) -> None:
    """End every sign-in of this person, and every link still on its way to them."""
    with transaction() as session:
        end_all_sign_ins(session, member.id)
